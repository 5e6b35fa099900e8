"""Budgets: the training that visitors may have before others, by tab and by address."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tradeoffs.jobs.bucket import Bucket, Buckets
from tradeoffs.limits import Limits

WORK_A_SECOND = 4e8  # row-columns that one core trains, see `chunks.LARGEST_WORK`

Rank = int  # 0: within budget; 1: the address is over; 2: the tab is


class Visitor(NamedTuple):
    """Who pays for training; an address that is not known is empty, and has no budget."""

    session: str  # of a tab
    address: str  # that it comes from; a whole class may share one


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
        self._lock = threading.Lock()
        self._sessions = Buckets(limits.training, clock=clock)
        self._addresses = Buckets(limits.training_address, clock=clock)

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
            for payer in filter(None, every):
                for bucket in (self._sessions.of(payer.session), self._addresses.of(payer.address)):
                    if bucket:
                        bucket.take(seconds / len(every))

    def _rank(self, payer: Visitor | None, price: float) -> Rank:
        if payer is None:
            return 0
        if _short(self._sessions.of(payer.session), price):
            return 2
        return 1 if _short(self._addresses.of(payer.address), price) else 0


def _short(bucket: Bucket | None, price: float) -> bool:
    return bucket is not None and (bucket.left <= 0 or price > bucket.left)
