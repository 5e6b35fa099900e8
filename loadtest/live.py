"""Live: the second socket of a tab, on which it is told what is new, as `live.js` is."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin, Subprotocol

PROTOCOL, AGAIN = "live", "again"
RETRY_SECONDS, CLOSE_SECONDS = 0.5, 2

Ask = Callable[[str], Awaitable[None]]  # runs a fragment
Heard = Callable[[str, Mapping[str, Any]], None]  # takes a key and its parts


@dataclass(kw_only=True, slots=True)
class Mount:
    """A component that hears of a key, and what it has heard."""

    fragment: str
    seen: str | None
    parts: dict[str, Any] = field(default_factory=dict)
    asked: bool = False  # a run that has not been drawn yet


class Live:
    """Hears what is new, and asks for the runs that it wants.

    Args:
        url: of the server, with its base path.
        ask: runs a fragment.
        hear: called with all parts of a key of which some are new.
    """

    def __init__(self, url: str, ask: Ask, hear: Heard) -> None:
        """Connect when a component is mounted."""
        self._url, self._ask, self._heard = url.rstrip("/"), ask, hear
        self._token: str | None = None
        self._task: asyncio.Task[None] | None = None
        self._mounts: dict[str, Mount] = {}
        self.received = 0  # bytes

    def mount(self, data: bytes, fragment: str) -> None:
        """Take the data of a component that was drawn, if it is one that hears."""
        with suppress(ValueError, AttributeError):
            told = json.loads(data)
            if token := told.get("channel"):
                before = self._mounts.get(told["key"])
                parts = before.parts if before else {}
                mount = Mount(fragment=fragment, seen=told.get("seen"), parts=parts)
                self._mounts[told["key"]] = mount
                self._connect(token)

    async def close(self) -> None:
        """End the connection."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _connect(self, token: str) -> None:
        if token != self._token:
            if self._task is not None:
                self._task.cancel()
            self._token, self._task = token, asyncio.create_task(self._hear(token))

    async def _hear(self, token: str) -> None:
        where = urlsplit(self._url)
        while True:
            with suppress(ConnectionClosed, InvalidHandshake, OSError, TimeoutError):
                async with connect(
                    f"ws://{where.netloc}{where.path}/live",
                    origin=Origin(f"http://{where.netloc}"),
                    subprotocols=[Subprotocol(PROTOCOL), Subprotocol(token)],
                    max_size=None,
                    close_timeout=CLOSE_SECONDS,
                    proxy=None,
                ) as socket:
                    async for message in socket:
                        self.received += len(message)
                        await self._take(json.loads(message))
            await asyncio.sleep(RETRY_SECONDS)

    async def _take(self, message: dict[str, dict[str, Any] | None]) -> None:
        for key, changed in message.items():
            mount = self._mounts.get(key)
            if mount is None:
                continue
            mount.parts |= changed or {}
            self._heard(key, {name: part for name, part in mount.parts.items() if part is not None})
            again = mount.parts.get(AGAIN)
            if not mount.asked and (changed is None or again not in (None, mount.seen)):
                mount.asked = True
                await self._ask(mount.fragment)
