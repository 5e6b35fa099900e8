"""Names: a request is answered if it calls this server by one of its names, from its own page."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from server.language import browser_language
from tradeoffs.commands.app import LOOPBACK
from tradeoffs.language.current import ENGLISH, in_language
from tradeoffs.language.translation import say

LONGEST = 100  # characters of a foreign name that are repeated


class Names:
    """Refuses a foreign Host, as DNS rebinding sends it, and a foreign Origin.

    An Origin is that of the Host, or one of the names that are not this machine's alone: a proxy
    may write another Host.  A socket has one: what no page opens is no visitor's.

    Args:
        app: what answers.
        names: host names and addresses; `*.example.org` stands for all below it.
    """

    def __init__(self, app: ASGIApp, names: Sequence[str]) -> None:
        """Remember the names in small letters."""
        self._app = app
        self._names = [name.strip().lower().rstrip(".") for name in names]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with the header, its value and the names."""
        told = ""
        if scope["type"] != "lifespan":
            with in_language(_language(scope)):
                told = self._refusal(scope)
        if not told:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":  # closed before it is accepted: the browser sees 403
            await send({"type": "websocket.close", "code": 1008, "reason": told})
        else:
            await PlainTextResponse(told, 403)(scope, receive, send)

    def _refusal(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not _among(_name(f"//{host}"), self._names):
            told = say("Host={value} must be one of: {names}", **_told(host, self._names))
            return f"{told}\n"
        if origin is None and scope["type"] == "http":
            return ""
        origin = origin or ""
        if origin.lower().partition("://")[2] == host.lower():
            return ""
        elsewhere = [name for name in self._names if name not in LOOPBACK]
        if _among(_name(origin), elsewhere):
            return ""
        told = say("Origin={value} must be this server's own: {names}", **_told(origin, [host]))
        return f"{told}\n"


def _told(value: str, names: Sequence[str]) -> dict[str, str]:
    """Return what stands in a refusal: the value, shortened, and what it may be."""
    return {"value": repr(value[:LONGEST]), "names": ", ".join(names)}


def _language(scope: Scope) -> str:
    """Return the language of a refusal: a socket that is closed has room for few letters."""
    return browser_language(scope) if scope["type"] == "http" else ENGLISH


def _among(name: str | None, names: Sequence[str]) -> bool:
    return name is not None and any(fnmatchcase(name, pattern) for pattern in names)


def _name(url: str) -> str | None:
    """Return the host name in a URL that has nothing but it and a port; None otherwise."""
    try:
        parts = urlsplit(url)
        bare = SplitResult(parts.scheme, parts.netloc, "", "", "")
        if parts != bare or "@" in parts.netloc or not (parts.port is None or parts.port):
            return None
    except ValueError:
        return None
    return parts.hostname.rstrip(".") if parts.hostname else None
