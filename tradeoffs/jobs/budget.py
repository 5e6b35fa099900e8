"""Budgets: the training that visitors may have before others, by tab and by address."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tradeoffs.limits import Limits

MINUTE = 60.0  # seconds until an empty bucket is full
WORK_A_SECOND = 4e8  # row-columns that one core trains, see `chunks.LARGEST_WORK`
MOST_BUCKETS = 10_000  # that are remembered: full ones are forgotten from then on

Rank = int  # 0: within budget; 1: the address is over; 2: the tab is


class Visitor(NamedTuple):
    """Who pays for training; an address that is not known is empty, and has no budget."""

    session: str  # of a tab
    address: str  # that it comes from; a whole class may share one


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

    def fill(self, now: float) -> float:
        """Add what has come since the last time; return what is left."""
        self.left = min(self.size, self.left + (now - self.at) * self.size / self.period)
        self.at = now
        return self.left

    def take(self, tokens: float) -> None:
        """Spend tokens; no more than a full one is owed, so that a period makes up for it."""
        self.left = max(self.left - tokens, -self.size)


class Budgets:
    """What each tab and each address has left; used by any thread.

    Nobody over budget is refused: who is within theirs goes first. So a class behind one address
    has the whole machine as long as nobody else asks, and its own tabs stay fair to each other.

    Args:
        limits: how many CPU seconds a minute bring; 0 is no limit.
        clock: seconds.
    """

    def __init__(
        self, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with full buckets."""
        limits = limits or Limits()
        self._sizes = {"session": limits.training, "address": limits.training_address}
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, str], Bucket] = {}

    def rank(self, payers: Iterable[Visitor | None], price: float = 0.0) -> Rank:
        """Return how far behind something comes: as its best payer does.

        Args:
            payers: who asks for it; None is this machine itself, who always may.
            price: CPU seconds that it takes before anything else can.
        """
        with self._lock:
            return min((self._rank(payer, price) for payer in payers), default=0)

    def charge(self, payers: Iterable[Visitor | None], seconds: float) -> None:
        """Let those who asked for something share what it took, in CPU seconds."""
        every = list(payers)
        with self._lock:
            for payer in every:
                for kind in self._sizes:
                    if bucket := self._bucket(payer, kind):
                        bucket.take(seconds / len(every))

    def _rank(self, payer: Visitor | None, price: float) -> Rank:
        if self._short(payer, "session", price):
            return 2
        return 1 if self._short(payer, "address", price) else 0

    def _short(self, payer: Visitor | None, kind: str, price: float) -> bool:
        bucket = self._bucket(payer, kind)
        return bucket is not None and (bucket.left <= 0 or price > bucket.left)

    def _bucket(self, payer: Visitor | None, kind: str) -> Bucket | None:
        """Return a bucket as it is now; None where there is no limit."""
        size, now = self._sizes[kind], self._clock()
        if payer is None or not size or not getattr(payer, kind):
            return None
        name = kind, getattr(payer, kind)
        if name not in self._buckets:
            self._forget(now)
            self._buckets[name] = Bucket(size=size, left=size, at=now)
        self._buckets[name].fill(now)
        return self._buckets[name]

    def _forget(self, now: float) -> None:
        """Forget buckets that are full again, when there are many."""
        if len(self._buckets) < MOST_BUCKETS:
            return
        known = self._buckets.items()
        self._buckets = {name: one for name, one in known if one.fill(now) < one.size}
