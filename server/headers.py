"""Headers: what a browser may do with an answer, and with the cookies that came with it."""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.client import is_https

YEAR = 365 * 24 * 3600  # s
READ_BY_THE_PAGE = ("_streamlit_xsrf",)  # cookies: sent back in a header, as a proof of reading
REFUSED = (  # abilities of a browser that no page uses
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # a setting, in an address, is nobody else's business
    "Permissions-Policy": ", ".join(f"{name}=()" for name in REFUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy(html: str, embed: Iterable[str]) -> str:
    """Return the Content-Security-Policy of every answer, without the sockets' address.

    What it allows beyond files of this server, and what for:

    - scripts `blob:`: Streamlit runs each component of a page from memory, and plotly.js runs from
      the copy that all tabs share.
    - scripts `wasm-unsafe-eval`: the library that reads Streamlit's messages computes whole numbers
      of 64 bits in a few lines of WebAssembly. No page needs `unsafe-eval`.
    - scripts by digest: the few words of script within the HTML.
    - styles `unsafe-inline`: Streamlit writes its styles, plotly those of a figure, into the page.
    - fonts `data:`: Streamlit's styles hold the smallest font of formulas.
    - images `data:` and `blob:`: symbols within styles, and a figure that is saved as a picture.

    Args:
        html: of the pages; its scripts without an address are allowed.
        embed: hosts that may show a page in a frame, from any port.
    """
    digests = (sha256(script.encode()).digest() for script in _INLINE.findall(html))
    allowed = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *map(_source, digests)],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'", *(f"{host}:*" for host in embed)],
        "connect-src": ["'self'"],
    }
    return "; ".join(" ".join((name, *values)) for name, values in allowed.items())


def _source(digest: bytes) -> str:
    return f"'sha256-{b64encode(digest).decode()}'"


class SecurityHeaders:
    """Sets the headers of every answer; behind https, those that keep a browser there.

    Args:
        app: what answers.
        html: of the pages.
        embed: hosts that may show a page in a frame.
    """

    def __init__(self, app: ASGIApp, html: str, embed: Sequence[str]) -> None:
        """Write the policy once."""
        self._app, self._embedded = app, bool(embed)
        self._policy = policy(html, embed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it be answered, with these headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                self._set(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, with_headers)

    def _set(self, headers: MutableHeaders, scope: Scope) -> None:
        host, secure = Headers(scope=scope).get("host", ""), is_https(scope)
        headers.update(FIXED)
        # Not every browser counts a socket of the same host to 'self'.
        sockets = f"{'wss' if secure else 'ws'}://{host}"
        # The page of a phone has a stricter one, and a form.
        headers.setdefault("Content-Security-Policy", f"{self._policy} {sockets}")
        if secure:
            headers["Strict-Transport-Security"] = f"max-age={YEAR}"
        cookies = headers.getlist("set-cookie")
        del headers["set-cookie"]
        for cookie in cookies:
            headers.append("set-cookie", self._flagged(cookie, secure))

    def _flagged(self, cookie: str, secure: bool) -> str:
        """Return a cookie with its flags: a browser keeps one for a frame of another site apart."""
        given, *others = (part.strip() for part in cookie.split(";"))
        flags = [one for one in others if not re.match(r"(?i)(httponly|secure|samesite)", one)]
        if given.partition("=")[0] not in READ_BY_THE_PAGE:
            flags.append("HttpOnly")
        if secure:
            flags.append("Secure")
        framed = secure and self._embedded
        flags += ["SameSite=None", "Partitioned"] if framed else ["SameSite=Lax"]
        return "; ".join((given, *flags))
