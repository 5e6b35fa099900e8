"""Live: the second socket of a tab, on which it is told what is new, as `live.js` is."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from loadtest.connection import Counted, connection

PROTOCOL, AGAIN = "live", "again"
RETRY_SECONDS = 0.5

Ask = Callable[[str], Awaitable[None]]  # runs a fragment
Heard = Callable[[str, Mapping[str, Any]], None]  # takes a key and its parts


@dataclass(kw_only=True, slots=True)
class Mount:
    """A component that hears of a key."""

    fragment: str
    seen: str | None
    asked: bool = False  # a run that has not been drawn yet


class Live:
    """Hears what is new, and asks for the runs that it wants.

    Args:
        url: of the server, with its base path.
        ask: runs a fragment.
        hear: called with all parts of a key of which some are new.
        fail: called with what went wrong, in words.
    """

    def __init__(self, url: str, ask: Ask, hear: Heard, fail: Callable[[str], None]) -> None:
        """Connect when a component is mounted."""
        self._url, self._ask, self._heard = url.rstrip("/"), ask, hear
        self._fail = fail
        self._token: str | None = None
        self._task: asyncio.Task[None] | None = None
        self._mounts: dict[str, Mount] = {}
        self._parts: dict[str, dict[str, Any]] = {}  # of each key, whether or not it is mounted
        self._updates: set[asyncio.Task[None]] = set()
        self._sockets: list[Counted] = []

    @property
    def received(self) -> int:
        """Return the bytes that arrived so far."""
        return sum(one.received for one in self._sockets)

    def mount(self, data: bytes, fragment: str) -> None:
        """Take the data of a component that was drawn, if it is one that hears."""
        with suppress(ValueError, AttributeError):
            told = json.loads(data)
            if token := told.get("channel"):
                self._mounts[told["key"]] = Mount(fragment=fragment, seen=told.get("seen"))
                self._connect(token)
                update = asyncio.create_task(self._update(told["key"]))
                self._updates.add(update)
                update.add_done_callback(self._updates.discard)

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
        while True:
            try:
                await self._listen(token)
                self._fail("live connection closed by the server (1000)")
            except ConnectionClosed as end:
                self._fail(f"live connection closed ({end.rcvd.code if end.rcvd else 1006})")
            except (InvalidHandshake, OSError, TimeoutError) as error:
                self._fail(f"no live connection ({type(error).__name__})")
            await asyncio.sleep(RETRY_SECONDS)

    async def _listen(self, token: str) -> None:
        """Read what one connection tells: of each key everything first, then what changed."""
        known = set[str]()
        async with connection(self._url, "/live", PROTOCOL, token) as socket:
            self._sockets.append(cast("Counted", socket))
            async for message in socket:
                for key, changed in json.loads(message).items():
                    if changed is not None:
                        parts = (self._parts.get(key, {}) if key in known else {}) | changed
                        self._parts[key] = {
                            n: part for n, part in parts.items() if part is not None
                        }
                        known.add(key)
                    await self._update(key, gone=changed is None)

    async def _update(self, key: str, *, gone: bool = False) -> None:
        """Hand on what is there of a key once it is mounted, and ask for the run that it wants."""
        mount, parts = self._mounts.get(key), self._parts.get(key, {})
        if mount is None:
            return
        self._heard(key, parts)
        if not mount.asked and (gone or parts.get(AGAIN) not in (None, mount.seen)):
            mount.asked = True
            await self._ask(mount.fragment)
