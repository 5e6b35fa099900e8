"""Finished: what was drawn of settings all of whose models are there, for whoever comes next."""

import threading
from collections.abc import Callable, Hashable, Mapping

from tradeoffs.jobs.cache import Cache

MOST_BYTES = 10_000_000  # a hundred settings


class _Drawn(dict[str, bytes]):
    """Parts by name; a dict alone cannot be remembered as long as somebody holds it."""


class Finished:
    """Draws once what is looked at often.

    Args:
        most_bytes: of all parts together; beyond that, those go first that nobody asked for lately.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """Begin empty."""
        self._lock = threading.Lock()
        self._cache: Cache[Hashable, _Drawn] = Cache(most_bytes, _size)

    def __call__(
        self, key: Hashable, draw: Callable[[], Mapping[str, bytes]]
    ) -> Mapping[str, bytes]:
        """Return what is kept under a key, or draw it and keep it.

        Args:
            key: all that the parts follow from.
            draw: returns parts by name.
        """
        with self._lock:
            known = self._cache.find([key])
        if known:
            return known[key]
        drawn = _Drawn(draw())
        with self._lock:
            self._cache.add({key: drawn})
        return drawn


def _size(key: Hashable, drawn: Mapping[str, bytes]) -> int:
    del key
    return sum(map(len, drawn.values()))


finished = Finished()
