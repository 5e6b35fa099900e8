"""Language of a request: what its browser prefers of the languages that are offered here."""

from starlette.datastructures import Headers
from starlette.types import Scope

from tradeoffs.language.negotiation import of_browser
from tradeoffs.settings import LANGUAGES


def browser_language(scope: Scope) -> str:
    """Return the language of who asks, by its code."""
    return of_browser(Headers(scope=scope).get("accept-language", ""), LANGUAGES.read())
