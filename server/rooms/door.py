"""Door: other machines reach the rooms of this server alone; what else it has is this machine's."""

from html import escape
from ipaddress import ip_address

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from server.client import client_address
from server.language import browser_language
from server.rooms.texts import write
from tradeoffs.language.current import in_language, language

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
        """Remember what answers, and where the rooms are."""
        self._app, self._rooms = app, f"/{base}/r/" if base else "/r/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say where the rooms are."""
        if scope["type"] == "lifespan" or self._open(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            with in_language(browser_language(scope)):
                closed = HTMLResponse(self._closed(), 403)
            await closed(scope, receive, send)

    def _closed(self) -> str:
        """Return what is said in the place of an answer."""
        title, way = escape(write("door_title")), escape(write("door_way"))
        return _CLOSED.format(language=language(), title=title, way=way, rooms=self._rooms)

    def _open(self, scope: Scope) -> bool:
        path, address = scope["path"], client_address(scope)
        if path.startswith(self._rooms) or path == self._rooms.removesuffix("/"):
            return True
        return bool(address) and ip_address(address).is_loopback
