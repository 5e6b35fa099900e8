"""Guesses: an address that tries codes or keys at random is slowed."""

from tradeoffs.jobs.bucket import Buckets

A_MINUTE = 20  # wrong codes or keys of an address that are answered at once
PATIENCE = 10.0  # seconds that an answer is held back; whoever owes more is told to come back


class Guesses:
    """Wrong codes, or wrong keys, by address."""

    def __init__(self, most: int = A_MINUTE) -> None:
        """Begin with nobody; 0 is no limit."""
        self._buckets = Buckets(most)

    def note(self, address: str) -> None:
        """Count a wrong one, or one of which that is not known yet."""
        if bucket := self._buckets.of(address or "unknown"):
            bucket.take(1)

    def forgive(self, address: str) -> None:
        """Uncount one that was right after all."""
        if bucket := self._buckets.of(address or "unknown"):
            bucket.take(-1)

    def wait(self, address: str) -> float:
        """Return for how many seconds an address has to wait; 0 as long as it guessed little."""
        bucket = self._buckets.of(address or "unknown")
        return bucket.wait() if bucket else 0.0
