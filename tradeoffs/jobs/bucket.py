"""Buckets of tokens: how much somebody may take, and how long to wait for more."""

import time
from collections.abc import Callable
from dataclasses import dataclass

MINUTE = 60.0  # seconds
MOST_BUCKETS = 10_000  # that are remembered: full ones are forgotten from then on


@dataclass(kw_only=True, slots=True)
class Bucket:
    """Tokens that fill up with time; what was spent beyond them is owed.

    Attributes:
        size: tokens when it is full, and those that a period brings.
        left: tokens at a time; below zero if they are owed.
        at: that time, seconds.
        period: seconds until an empty one is full.
    """

    size: float
    left: float
    at: float
    period: float = MINUTE

    def fill(self, now: float) -> None:
        """Add what has come since the last time."""
        self.left = min(self.size, self.left + (now - self.at) * self.size / self.period)
        self.at = now

    def take(self, tokens: float) -> None:
        """Spend tokens; no more than a full one is owed, so that a period makes up for it."""
        self.left = max(self.left - tokens, -self.size)

    def wait(self, tokens: float = 0) -> float:
        """Return the seconds until so many tokens are left."""
        return max(0.0, (tokens - self.left) * self.period / self.size)


class Buckets:
    """Buckets by name, all alike; not locked.

    Args:
        size: tokens of a full one, and those that a period brings; 0 is no limit.
        period: seconds until an empty one is full.
        clock: seconds.
    """

    def __init__(
        self, size: int, period: float = MINUTE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with full buckets."""
        self._size, self._period, self._clock = size, period, clock
        self._known: dict[str, Bucket] = {}

    def of(self, name: str) -> Bucket | None:
        """Return a bucket as it is now; None where there is no limit, or no name to count by."""
        if not self._size or not name:
            return None
        now = self._clock()
        if name not in self._known:
            self._forget(now)
            self._known[name] = Bucket(
                size=self._size, left=self._size, at=now, period=self._period
            )
        self._known[name].fill(now)
        return self._known[name]

    def _forget(self, now: float) -> None:
        """Forget buckets that are full again, when there are many."""
        if len(self._known) < MOST_BUCKETS:
            return
        for one in self._known.values():
            one.fill(now)
        self._known = {name: one for name, one in self._known.items() if one.left < one.size}
