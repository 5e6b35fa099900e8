"""Caches of what is derived from tables: an own table that is forgotten empties them."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar


class _Cache(Protocol):
    @property
    def cache_clear(self) -> Callable[[], None]: ...

    def __call__(self, *arguments: Any, **named: Any) -> Any: ...


C = TypeVar("C", bound=_Cache)
_CACHES: list[_Cache] = []


def table_cache(cache: C) -> C:
    """Mark a function under `lru_cache` whose results hold parts of a table."""
    _CACHES.append(cache)
    return cache


def clear_table_caches() -> None:
    """Empty every cache that is marked; what is asked for again is computed again."""
    for cache in _CACHES:
        cache.cache_clear()
