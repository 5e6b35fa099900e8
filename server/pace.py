"""Pace: a tab that moves controls too fast is answered by its last moves together.

Nothing that a browser says is lost: Streamlit makes one run of all that arrives before it begins.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from starlette.types import Message, Receive

from tradeoffs.jobs.bucket import Bucket

MOST_HELD = 200  # messages that wait together; more are left to the connection
MOST_BYTES = 4_000_000  # of them
TOLD_SECONDS = 10.0  # so long after it was slowed a tab is told


class Pace:
    """Hands on what a browser says, at most so many times a minute.

    Args:
        receive: waits for the next message.
        buckets: moves that are left, of the tab and of its address.
    """

    def __init__(self, receive: Receive, buckets: Sequence[Bucket]) -> None:
        """Hold nothing; made in the event loop."""
        self._receive, self._buckets = receive, buckets
        self._held: deque[Message] = deque()
        self._next: asyncio.Task[Message] | None = None
        self._slowed = float("-inf")

    def slow(self) -> bool:
        """Return whether the tab had to wait lately; from any thread."""
        return time.monotonic() - self._slowed < TOLD_SECONDS

    async def __call__(self) -> Message:
        """Return the next message, when it is its turn."""
        if not self._held:
            self._held.append(await self._heard())
            if self._held[0]["type"] == "websocket.receive":
                await self._gather(self._wait())
                if len(self._held) > 1:  # the first begins a run, and the others make a second one
                    self._take()
        return self._held.popleft()

    def close(self) -> None:
        """Hear no more."""
        if self._next is not None:
            self._next.cancel()

    def _wait(self) -> float:
        """Take a move from each bucket; return the seconds until the last of them has it."""
        self._take()
        return max((bucket.wait() for bucket in self._buckets), default=0.0)

    def _take(self) -> None:
        for bucket in self._buckets:
            bucket.fill(time.monotonic())
            bucket.take(1)

    async def _gather(self, seconds: float) -> None:
        """Hold what comes for some seconds; a browser that leaves is not waited for."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._slowed = time.monotonic()
            if self._full:
                await asyncio.sleep(left)
                return
            with suppress(TimeoutError):
                self._held.append(await asyncio.wait_for(self._heard(), left))
            if self._held[-1]["type"] != "websocket.receive":
                return

    @property
    def _full(self) -> bool:
        size = sum(len(one.get("bytes") or one.get("text") or "") for one in self._held)
        return len(self._held) >= MOST_HELD or size >= MOST_BYTES

    async def _heard(self) -> Message:
        """Return the next message; who stops waiting for it does not lose it."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._receive())
        message = await asyncio.shield(self._next)
        self._next = None
        return message
