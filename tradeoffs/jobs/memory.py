"""A memory of what was asked for last, bounded by the number of entries."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memory(Generic[K, V]):
    """Keeps the entries that were added or found last; used by one thread at a time."""

    def __init__(self, most: int) -> None:
        """Begin empty, to hold at most that many entries."""
        self._most = most
        self._entries: OrderedDict[K, V] = OrderedDict()

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._entries)

    def find(self, keys: Iterable[K]) -> dict[K, V]:
        """Return the entries of those keys that are there."""
        found = {key: self._entries[key] for key in keys if key in self._entries}
        for key in found:
            self._entries.move_to_end(key)
        return found

    def drop(self, keys: Iterable[K]) -> None:
        """Forget the entries of those keys."""
        for key in keys:
            self._entries.pop(key, None)

    def __iter__(self) -> Iterator[K]:
        """Go through the keys as they are now, the oldest first."""
        return iter(list(self._entries))

    def add(self, entries: Mapping[K, V]) -> None:
        """Add entries and forget the oldest of those that are too many."""
        for key, value in entries.items():
            self._entries[key] = value
            self._entries.move_to_end(key)
        while len(self._entries) > self._most:
            self._entries.popitem(last=False)
