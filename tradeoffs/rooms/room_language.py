"""Language of a room: its phones, its host and its record speak it, whoever looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from tradeoffs.language.current import ENGLISH, in_language
from tradeoffs.language.translation import languages

_known = lru_cache(languages)


@contextmanager
def in_room_language(code: str) -> Iterator[None]:
    """Speak the language of a room for a while; English where a record names one that is none.

    Args:
        code: of the language.
    """
    with in_language(code if code in _known() else ENGLISH):
        yield
