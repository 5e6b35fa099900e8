"""Watchers: who is told when a room changes, in this process or by another one."""

import threading
from collections.abc import Callable
from contextlib import suppress

from tradeoffs.errors import StoreError

SECONDS = 0.3  # between two looks at the file

Tell = Callable[[], None]


class Watchers:
    """Those who are told, by room.

    While there are any, one thread asks whether another process changed the file, and then tells
    all of them, as it cannot know of which room.

    Args:
        change: returns a number that differs once another process changed something; None where no
            other one can.
    """

    def __init__(self, change: Callable[[], int] | None) -> None:
        """Begin with nobody."""
        self._change = change
        self._lock = threading.Lock()
        self._tells: dict[object, tuple[str, bool, Tell]] = {}
        self._stop: threading.Event | None = None  # of the thread
        self.thread: threading.Thread | None = None  # that looks, while anybody is told

    def __len__(self) -> int:
        """Return how many are told."""
        with self._lock:
            return len(self._tells)

    def add(self, code: str, tell: Tell, *, answers: bool = True) -> Callable[[], None]:
        """Tell somebody of the changes of a room, of answers too or not; return what ends it."""
        key = object()
        with self._lock:
            self._tells[key] = code, answers, tell
            if self._change is not None and self._stop is None:
                self._stop = threading.Event()
                args = self._change, self._stop
                self.thread = threading.Thread(
                    target=self._look, args=args, name="rooms", daemon=True
                )
                self.thread.start()
        return lambda: self._remove(key)

    def tell(self, code: str | None = None, *, answer: bool = False) -> None:
        """Tell those who watch a room, of an answer or of anything else; None: all."""
        with self._lock:
            tells = [
                tell
                for at, answers, tell in self._tells.values()
                if code in (None, at) and (answers or not answer)
            ]
        for tell in tells:
            tell()

    def _remove(self, key: object) -> None:
        with self._lock:
            self._tells.pop(key, None)
            if not self._tells and self._stop is not None:
                self._stop.set()
                self._stop = self.thread = None

    def _look(self, change: Callable[[], int], stop: threading.Event) -> None:
        last = -1
        while not stop.wait(SECONDS):
            with suppress(StoreError):  # whoever reads the file is told of it
                now = change()
                if now != last:
                    last = now
                    self.tell()
