"""Uploads: a file is received in memory, under a budget, and forgotten with its session."""

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from server.language import browser_language
from tradeoffs.data.upload import uploaded_files
from tradeoffs.errors import Busy, InvalidInput
from tradeoffs.language.current import in_language

FRAME = 64 * 1024  # bytes of a request beside its file, at most
SECONDS = 120.0  # for a file to arrive


class Files(Protocol):
    """The part of Streamlit's manager of uploaded files that is used here."""

    file_storage: dict[str, Any]

    def get_files(self, session_id: str, file_ids: Sequence[str]) -> list[Any]:
        """Return records of files."""
        ...

    def add_file(self, session_id: str, file: Any) -> None:
        """Keep the record of a file."""
        ...

    def remove_session_files(self, session_id: str) -> None:
        """Forget all files of a session."""
        ...


class Uploads:
    """Stands before Streamlit's route for uploads, and takes every file out of its hands.

    Streamlit keeps what was sent for minutes after a tab was closed, and takes as many files as
    come.  Here they are kept in memory, under budgets; what Streamlit keeps of each is its name.

    Args:
        app: what answers.
        base: path below which it is served, without slashes at its ends.
        files: finds Streamlit's manager of files.
        active: whether a session has its tab open.
        most: bytes of a file; 0 closes the route.
    """

    def __init__(
        self,
        app: ASGIApp,
        base: str,
        files: Callable[[], Files],
        active: Callable[[str], bool],
        most: int,
    ) -> None:
        """Let files be parsed in memory: the parser writes those above a bound to disk."""
        self._app, self._files, self._active, self._most = app, files, active, most
        below = re.escape(f"/{base}" if base else "")
        self._route = re.compile(rf"{below}/_stcore/upload_file/([^/]+)/([^/]+)")
        self._stream = f"/{base}/_stcore/stream".replace("//", "/")
        MultiPartParser.spool_max_size = max(most, 1) + FRAME

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Receive a file, forget one, or look after a session that ends."""
        if scope["type"] == "websocket" and scope["path"] == self._stream:
            try:
                await self._app(scope, receive, send)
            finally:
                self._forget_absent()
            return
        found = self._route.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self._app(scope, receive, send)
        elif scope["method"] == "PUT":
            await self._received(found[1], found[2], scope, receive, send)
        else:
            if scope["method"] == "DELETE":
                uploaded_files.drop(found[1], found[2])
            await self._app(scope, receive, send)

    async def _received(
        self, session: str, name: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        try:
            with uploaded_files.reserve(session, self._size(Headers(scope=scope))):
                async with asyncio.timeout(SECONDS):
                    await self._app(scope, receive, send)
                self._take(session, name)
        except (InvalidInput, Busy) as refusal:
            status = 503 if isinstance(refusal, Busy) else 413
            with in_language(browser_language(scope)):
                told = PlainTextResponse(f"{refusal}\n", status)
            await told(scope, receive, send)
        finally:
            self._forget_absent()

    def _size(self, headers: Headers) -> int:
        """Return the bytes that a request announces.

        Raises:
            InvalidInput: there is no such number, or it is out of bounds.
        """
        text = headers.get("content-length", "")
        if not self._most:
            raise InvalidInput("no_files_taken")
        if not (text.isascii() and text.isdigit() and int(text) <= self._most + FRAME):
            raise InvalidInput(
                "content_too_long", field="Content-Length", value=text, most=self._most + FRAME
            )
        return int(text)

    def _take(self, session: str, name: str) -> None:
        """Keep a file that arrived, and leave its name to Streamlit."""
        for record in self._files().get_files(session, [name]):
            uploaded_files.keep(session, name, record.data)
            self._files().add_file(session, record._replace(data=b""))

    def _forget_absent(self) -> None:
        """Forget the files of all sessions whose tab is closed."""
        files = self._files()
        for session in {*files.file_storage, *uploaded_files.sessions()}:
            if not self._active(session):
                files.remove_session_files(session)
                uploaded_files.drop(session)
