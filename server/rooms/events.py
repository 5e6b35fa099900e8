"""Events: each phone that looks at a room is told its version, and nothing else."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress

HEARTBEAT_SECONDS = 15.0  # after which a comment says that the connection lives
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # no proxy gathers events
KIND = "text/event-stream"
MOST_CLIENTS = 2_000  # of one process; further phones ask every few seconds

Unwatch = Callable[[], None]


class Client:
    """What one phone has not been told yet: the newest version, in a queue of one."""

    def __init__(self) -> None:
        """Hold nothing; made in the event loop."""
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()

    def tell(self) -> None:
        """Note, from any thread, that there may be a newer version."""
        with suppress(RuntimeError):  # the loop is closed: the server stops
            self._loop.call_soon_threadsafe(self._news.set)

    async def wait(self, seconds: float) -> bool:
        """Wait until there may be one; False if a heartbeat is due first."""
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return False
        self._news.clear()
        return True


class Events:
    """Tells all phones of this process."""

    def __init__(self, most: int = MOST_CLIENTS, seconds: float = HEARTBEAT_SECONDS) -> None:
        """Begin with none."""
        self.most, self._seconds, self.open = most, seconds, 0

    @property
    def full(self) -> bool:
        """Whether no further phone can be told."""
        return self.open >= self.most

    async def stream(
        self, version: Callable[[], int | None], watch: Callable[[Callable[[], None]], Unwatch]
    ) -> AsyncGenerator[bytes, None]:
        """Yield the version now, and then each time that it has changed.

        Args:
            version: returns it; None when the room is gone, which ends the events.
            watch: hands each change of the room to a function; returns how to stop that.
        """
        client, told = Client(), None
        self.open += 1
        unwatch = watch(client.tell)
        try:
            while (now := version()) is not None:
                yield _event(now) if now != told else b":\n\n"
                told = now
                while await client.wait(self._seconds):
                    if version() != told:
                        break
            yield b'event: gone\ndata: {"version":-1}\n\n'
        finally:
            unwatch()
            self.open -= 1


def _event(version: int) -> bytes:
    return b'data: {"version":%d}\n\n' % version
