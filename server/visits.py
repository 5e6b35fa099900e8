"""Visits: who is connected from where, and how much one address may have at once."""

import math
import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from html import escape
from ipaddress import ip_address, ip_network
from weakref import WeakValueDictionary

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from server.client import client_address
from server.language import browser_language
from server.pace import Pace
from tradeoffs.errors import Busy
from tradeoffs.jobs.bucket import MINUTE, Buckets
from tradeoffs.language.current import in_language, language
from tradeoffs.language.translation import say
from tradeoffs.limits import Limits

HEADER = "x-visit"  # by which a page finds its visit; what a browser sends under it is dropped
A_TAB = 2  # connections
AT_ONCE = 20  # moves of a tab that has rested; each takes the page process some 0.1 s
HOUR = 3600.0
PREFIX = 64  # bits of an IPv6 address that one household or host has
_FULL = """<!DOCTYPE html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="20">
<title>{title} · Trade-offs</title>
<h1>{head}</h1>
<p>{told}</p>
<p>{again}</p>
</html>
"""


class Visit:
    """One connection of a tab.

    Attributes:
        address: that it comes from, see `neighbourhood`.
    """

    def __init__(self, address: str) -> None:
        """Begin at full speed."""
        self.address = address
        self.slow: Callable[[], bool] = lambda: False  # whether its moves had to wait lately
        self.no_file: Callable[[], Busy | None] = lambda: None  # why it may bring no table now


class Visits:
    """Gives each connection its visit, and tells who asks for more than the limits allow.

    Args:
        app: what answers.
        base: path below which it is served, without slashes at its ends.
        limits: of one tab and one address.
    """

    def __init__(self, app: ASGIApp, base: str, limits: Limits) -> None:
        """Begin with nobody."""
        self._app, self._limits = app, limits
        below = f"/{base}" if base else ""
        self._stream, self._rooms = f"{below}/_stcore/stream", f"{below}/r/"
        self._file = re.compile(rf"{re.escape(below)}/_stcore/upload_file/.*")
        self._open: Counter[str] = Counter()  # address -> connections
        self._moves = Buckets(limits.moves_address)
        self._files = Buckets(limits.files, HOUR)
        self._lock = threading.Lock()  # guards the files, of which pages ask too

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        address = neighbourhood(client_address(scope))
        if scope["type"] == "websocket":
            await self._connected(address, scope, receive, send)
        else:
            with in_language(browser_language(scope)):
                refusal = self._refusal(address, scope)
            await (refusal or self._app)(scope, receive, send)

    async def _connected(self, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        if address and 0 < self._limits.sockets <= self._open[address]:
            await send({"type": "websocket.close", "code": 1013, "reason": str(self._full(0))})
            return
        visit, token = Visit(address), secrets.token_urlsafe(16)
        visit.no_file = lambda: self._no_more_files(address)
        VISITS[token] = visit
        headers = [(k, v) for k, v in scope["headers"] if k.lower() != HEADER.encode()]
        scope = {**scope, "headers": [*headers, (HEADER.encode(), token.encode())]}
        self._open[address] += 1
        pace = self._pace(address, receive) if scope["path"] == self._stream else None
        if pace is not None:
            visit.slow = pace.slow
        try:
            await self._app(scope, pace or receive, send)
        finally:
            if pace is not None:
                pace.close()
            self._open[address] -= 1
            self._open += Counter()  # forgets who has none

    def _pace(self, address: str, receive: Receive) -> Pace | None:
        most = self._limits.moves
        size = min(AT_ONCE, most)
        tab = Buckets(size, MINUTE * size / most).of("tab") if most else None
        limited = [one for one in (tab, self._moves.of(address)) if one is not None]
        return Pace(receive, limited) if limited else None

    def _refusal(self, address: str, scope: Scope) -> Response | None:
        """Return what is said in the place of an answer, if anything."""
        headers = Headers(scope=scope)
        if scope["method"] == "PUT" and self._file.fullmatch(scope["path"]):
            return self._no_file(address)
        phone = scope["path"].startswith(self._rooms)  # it opens no socket
        page = scope["method"] == "GET" and "text/html" in headers.get("accept", "") and not phone
        room = self._limits.sockets - A_TAB
        if page and address and self._limits.sockets and self._open[address] > room:
            told = str(self._full(self._open[address]))
            return HTMLResponse(_full_page(told), 503, {"Retry-After": "20"})
        return None

    def _no_file(self, address: str) -> Response | None:
        if told := self._no_more_files(address):
            return PlainTextResponse(f"{told}\n", 429, {"Retry-After": str(told.values["seconds"])})
        with self._lock:
            if bucket := self._files.of(address):
                bucket.take(1)
        return None

    def _no_more_files(self, address: str) -> Busy | None:
        """Return why an address may bring no table now, if so; from any thread."""
        with self._lock:
            bucket = self._files.of(address)
            if bucket is None or bucket.left >= 1:
                return None
            seconds = math.ceil(bucket.wait(1))
        return Busy("files_of_address", most=self._limits.files, seconds=seconds)

    def _full(self, there: int) -> Busy:
        return Busy("sockets_of_address", there=there, most=self._limits.sockets)


def _full_page(told: str) -> str:
    """Return the page of a server that is full for an address, in the language of the run."""
    return _FULL.format(
        language=language(),
        title=escape(say("Full")),
        head=escape(say("This server is full for your address")),
        told=escape(told),
        again=escape(say("This page tries again every 20 seconds.")),
    )


def neighbourhood(address: str) -> str:
    """Return whose limits an address shares: its own, or those of its /64 in IPv6.

    >>> neighbourhood("2001:db8::7"), neighbourhood("192.0.2.7"), neighbourhood("")
    ('2001:db8::', '192.0.2.7', '')
    """
    if not address or ip_address(address).version == 4:
        return address
    return str(ip_network(f"{address}/{PREFIX}", strict=False).network_address)


VISITS: WeakValueDictionary[str, Visit] = WeakValueDictionary()
