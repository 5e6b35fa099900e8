"""Messages: what a browser says on the socket of a page is one of a few kinds, or is not heard."""

from collections.abc import Callable, Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Left out are those of developers; one of them empties the caches of all visitors. The last two
# are operations of one kind: a document that is made when it is asked for, and rows of a table.
KINDS = (
    *("rerun_script", "stop_script", "app_heartbeat", "file_urls_request"),
    *("deferred_file", "dataframe_chunk"),
)
PROTOCOL_ERROR = 1002


class Messages:
    """Closes the socket of a page at what is no message, and passes over kinds it does not know.

    Args:
        app: what answers.
        base: path below which it is served, without slashes at its ends.
        kind: of a message, empty if it has none; ValueError if it is no message.
        kinds: that are heard.
    """

    def __init__(
        self,
        app: ASGIApp,
        base: str,
        kind: Callable[[bytes], str],
        kinds: Collection[str] = KINDS,
    ) -> None:
        """Remember the socket's path."""
        self._app, self._kind, self._kinds = app, kind, kinds
        self._stream = f"/{base}/_stcore/stream".replace("//", "/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; after the end that is made here, nothing more is sent."""
        if scope["type"] != "websocket" or scope["path"] != self._stream:
            await self._app(scope, receive, send)
            return
        ended = False

        async def heard() -> Message:
            nonlocal ended
            while (message := await receive())["type"] == "websocket.receive":
                try:
                    if self._kind(message.get("bytes") or b"") in self._kinds:
                        return message
                except ValueError:
                    ended = True
                    await send({"type": "websocket.close", "code": PROTOCOL_ERROR})
                    return {"type": "websocket.disconnect", "code": PROTOCOL_ERROR}
            return message

        async def sent(message: Message) -> None:
            if not ended:
                await send(message)

        await self._app(scope, heard, sent)
