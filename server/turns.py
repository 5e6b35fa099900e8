"""Turns: tabs that move controls faster than they may are served while no other one is."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SHARE = 0.1  # of a core that all slowed tabs together take beside others
BESIDE_SECONDS = 10.0  # so long after the last work for others, others are there
MOST_SECONDS = 3.0  # that one run or frame waits: it comes to its end beside any crowd


class Turns:
    """The runs and frames of tabs: those of slowed ones give way to all others and to each other.

    Whoever waits may hold no lock that others need.
    """

    def __init__(self) -> None:
        """Begin with nothing under way."""
        self._changed = threading.Condition()  # guards the next three
        self._first = 0  # runs and frames under way that nothing holds up
        self._served = float("-inf")  # when the last of them ended
        self._rested = float("-inf")  # when slowed tabs have had no more than their share
        self._one = threading.Lock()  # is held by the work of a slowed tab
        self._of_thread = threading.local()  # .until: when its work gives way no more

    @contextmanager
    def first(self) -> Iterator[None]:
        """Work for a tab that keeps to its pace."""
        with self._changed:
            self._first += 1
        try:
            yield
        finally:
            with self._changed:
                self._first -= 1
                self._served = time.monotonic()
                self._changed.notify_all()

    @contextmanager
    def last(self) -> Iterator[None]:
        """Work for a tab that does not: it waits here, and wherever it calls `give_way`."""
        until = time.monotonic() + MOST_SECONDS
        alone = self._one.acquire(timeout=MOST_SECONDS)
        self._rest(until)
        self._of_thread.until = until
        began = time.thread_time()
        try:
            self.give_way()
            yield
        finally:
            self._of_thread.until = None
            self._note(time.thread_time() - began)
            if alone:
                self._one.release()

    def give_way(self) -> None:
        """Wait while others are served, if this thread works for a slowed tab."""
        until = getattr(self._of_thread, "until", None)
        if until is not None and self._first:
            with self._changed:
                self._changed.wait_for(lambda: not self._first, until - time.monotonic())

    def _rest(self, until: float) -> None:
        """Wait until slowed tabs have had no more than their share, if others are there."""
        if self._first or time.monotonic() - self._served < BESIDE_SECONDS:
            time.sleep(max(0.0, min(self._rested, until) - time.monotonic()))

    def _note(self, seconds: float) -> None:
        """Note what a slowed tab took; beyond what one waits for, nothing is owed."""
        with self._changed:
            now = time.monotonic()
            owed = max(self._rested, now) + seconds * (1 / SHARE - 1)
            self._rested = min(owed, now + MOST_SECONDS)


TURNS = Turns()
