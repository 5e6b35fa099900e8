"""Compression: Streamlit's scripts and styles, compressed once for all visitors.

Streamlit sends them as they are, three megabytes on a first visit.  Their names hold a digest of
their content, so that neither a browser nor this cache ever has an old one.
"""

import gzip
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

KINDS = {".js": "text/javascript", ".css": "text/css"}
KEEP = "public, immutable, max-age=31536000"  # as Streamlit sends them


class Compression:
    """Answers requests for hashed scripts and styles; passes all others on.

    Args:
        app: what answers everything else.
        static: folder of Streamlit's own files.
        base: path below which the app is served, without slashes at its ends.
    """

    def __init__(self, app: ASGIApp, static: Path, base: str) -> None:
        """Compress nothing yet."""
        self._app, self._static = app, static.resolve()
        self._below = f"/{base}/static/" if base else "/static/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        path = self._file(scope)
        if path is None:
            await self._app(scope, receive, send)
            return
        headers = {"Content-Encoding": "gzip", "Cache-Control": KEEP, "Vary": "Accept-Encoding"}
        content = await run_in_threadpool(compressed, path)
        await Response(content, headers=headers, media_type=KINDS[path.suffix])(
            scope, receive, send
        )

    def _file(self, scope: Scope) -> Path | None:
        """Return the file that is asked for, if it is one of these and may be sent compressed."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return None
        name = scope["path"].removeprefix(self._below)
        if name == scope["path"] or "\0" in name:
            return None
        path = (self._static / "static" / name).resolve()
        inside = path.is_relative_to(self._static / "static")
        return path if inside and path.suffix in KINDS and path.is_file() else None


@lru_cache(maxsize=1_000)  # files of one Streamlit: 3 MB
def compressed(path: Path) -> bytes:
    """Return the content of a file as gzip; a tenth of a second for the largest, once."""
    return gzip.compress(path.read_bytes(), mtime=0)
