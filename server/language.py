"""Language of a request: what its browser prefers of the languages that are offered here."""

from functools import lru_cache

from starlette.datastructures import Headers
from starlette.types import Scope

from tradeoffs.language.negotiation import of_browser
from tradeoffs.settings import LANGUAGES

LONGEST = 200  # characters of a header that are read

_preferred = lru_cache(maxsize=256)(of_browser)


def browser_language(scope: Scope) -> str:
    """Return the language of who asks, by its code."""
    accepted = Headers(scope=scope).get("accept-language", "")
    return _preferred(accepted[:LONGEST], LANGUAGES.read())
