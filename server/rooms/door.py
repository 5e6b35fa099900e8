"""Door: other machines reach the rooms of this server alone; what else it has is this machine's."""

from ipaddress import ip_address

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from server.client import client_address
from server.rooms.texts import DEFAULT, write

_CLOSED = """<!DOCTYPE html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>:root {{ color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif }}</style>
<h1>{title}</h1>
<p><a href="{rooms}">{way}</a></p>
</html>
"""


class Door:
    """Lets other machines to what lies below `/r/`, and to nothing else.

    Args:
        app: what answers.
        base: path below which it is served, without slashes at its ends.
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        """Write once what is said in the place of an answer."""
        self._app, self._rooms = app, f"/{base}/r/" if base else "/r/"
        self._closed = HTMLResponse(
            _CLOSED.format(
                language=DEFAULT,
                title=write("door_title", DEFAULT),
                way=write("door_way", DEFAULT),
                rooms=self._rooms,
            ),
            403,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say where the rooms are."""
        if scope["type"] == "lifespan" or self._open(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            await self._closed(scope, receive, send)

    def _open(self, scope: Scope) -> bool:
        path, address = scope["path"], client_address(scope)
        if path.startswith(self._rooms) or path == self._rooms.removesuffix("/"):
            return True
        return bool(address) and ip_address(address).is_loopback
