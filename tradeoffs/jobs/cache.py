"""A memory of what was asked for last, bounded in bytes."""

import io
import pickle
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from tradeoffs.data.table_handle import TableHandle

K = TypeVar("K")
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Keeps the entries that were added or found last; used by one thread at a time.

    An entry that is forgotten is found as long as somebody else holds it: nothing is there twice.

    Args:
        most_bytes: of all entries together.
        size: returns the bytes of an entry; asked when it is added.
    """

    def __init__(self, most_bytes: int, size: Callable[[K, V], int]) -> None:
        """Begin empty."""
        self._most_bytes, self._size = most_bytes, size
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._held: WeakValueDictionary[K, V] = WeakValueDictionary()
        self.used = 0  # bytes

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._entries)

    def find(self, keys: Iterable[K]) -> dict[K, V]:
        """Return the entries of those keys that are there."""
        found = {key: value for key in keys if (value := self._held.get(key)) is not None}
        for key in found.keys() & self._entries.keys():
            self._entries.move_to_end(key)
        return found

    def drop(self, keys: Iterable[K]) -> None:
        """Forget the entries of those keys, whoever holds them."""
        for key in keys:
            self._held.pop(key, None)
            self.used -= self._entries.pop(key, (None, 0))[1]

    def __iter__(self) -> Iterator[K]:
        """Go through the keys as they are now, the oldest first."""
        return iter(list(self._entries))

    def add(self, entries: Mapping[K, V]) -> None:
        """Add entries and forget the oldest ones while there are too many bytes."""
        for key, value in entries.items():
            self.drop([key])
            size = self._size(key, value)
            self._entries[key], self._held[key] = (value, size), value
            self.used += size
        while self.used > self._most_bytes and self._entries:
            _, (_, size) = self._entries.popitem(last=False)
            self.used -= size


class _Pickler(pickle.Pickler):
    """Writes of an own table its name alone: it is there anyway."""

    def reducer_override(self, obj: object) -> Any:
        return (str, (str(obj),)) if isinstance(obj, TableHandle) else NotImplemented


def pickle_size(value: object) -> int:
    """Return the bytes that a value takes on its way from a worker, about as many as here."""
    written = io.BytesIO()
    _Pickler(written).dump(value)
    return written.getbuffer().nbytes
