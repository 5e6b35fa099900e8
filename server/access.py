"""Access: requests are counted and logged by route, not by address, query or visitor."""

import logging
import time
from collections.abc import Collection

from prometheus_client import Counter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.logs import FIELDS

FRAMEWORK = "_stcore"  # below it, the second part of a path tells what is asked for
PARTS = (  # of paths beside the names of pages
    *("component", "health", "host-config", "live", "media", "metrics", "r", "ready", "static"),
    *("stream", "upload_file"),
)
OTHER = "other"  # what anybody may ask for would be a series of its own, without end
SOCKET = 101  # status of a connection that was let in
CLOSED, FAILED = 403, 500  # of one that was not, and of a request that raised an error

REQUESTS = Counter(
    "tradeoffs_requests",
    "Requests and sockets that ended, by route and status.",
    ["route", "status"],
)

log = logging.getLogger(__name__)


class Access:
    """Counts and logs what was asked for, when it has ended.

    Args:
        app: what answers.
        base: path below which it is served, without slashes at its ends.
        pages: names of the pages in addresses; the first screen's is empty.
    """

    def __init__(self, app: ASGIApp, base: str, pages: Collection[str]) -> None:
        """Know the routes that are told by name."""
        self._app, self._below = app, f"/{base}/" if base else "/"
        self._routes = {*pages, *PARTS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it be answered, and note how."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), FAILED

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "websocket.accept":
                status = SOCKET
            elif message["type"] == "websocket.close" and status != SOCKET:
                status = CLOSED
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._note(scope, status, time.monotonic() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = self.route(scope["path"])
        REQUESTS.labels(route, status).inc()
        told = {
            "method": scope.get("method", "SOCKET"),
            "route": route,
            "status": status,
            "seconds": round(seconds, 3),
        }
        log.info("request", extra={FIELDS: told})

    def route(self, path: str) -> str:
        """Return the name of a path's route: a few words, whatever was asked for.

        >>> Access(lambda *_: None, "tools", ["", "data"]).route("/tools/_stcore/upload_file/a/b")
        '_stcore/upload_file'
        """
        if not path.startswith(self._below):
            return OTHER
        first, *more = path.removeprefix(self._below).split("/")
        if first == FRAMEWORK and more and more[0] in self._routes:
            return f"{FRAMEWORK}/{more[0]}"
        return f"/{first}" if first in self._routes else OTHER
