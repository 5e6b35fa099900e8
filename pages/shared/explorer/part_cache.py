"""Part cache: what was drawn of settings whose models are all there, for whoever comes next."""

import threading
from collections.abc import Hashable, Mapping

from tradeoffs.jobs.cache import Cache

MOST_BYTES = 10_000_000  # some two hundred settings


class _Drawn(dict[str, bytes]):
    """Parts by name; a dict alone cannot be remembered as long as somebody holds it."""


class PartCache:
    """Parts of what is looked at often, drawn once.

    Args:
        most_bytes: of all parts together; beyond that, those go first that nobody asked for lately.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """Begin empty."""
        self._lock = threading.Lock()
        self._cache: Cache[Hashable, _Drawn] = Cache(most_bytes, _size)

    def find(self, key: Hashable) -> Mapping[str, bytes] | None:
        """Return the parts that are kept under a key: all that they follow from."""
        with self._lock:
            return self._cache.find([key]).get(key)

    def keep(self, key: Hashable, drawn: Mapping[str, bytes]) -> None:
        """Keep parts by name under a key."""
        with self._lock:
            self._cache.add({key: _Drawn(drawn)})


def _size(key: Hashable, drawn: Mapping[str, bytes]) -> int:
    del key
    return sum(map(len, drawn.values()))


PART_CACHE = PartCache()
