"""What plotly itself says and how it writes numbers, in the language of the run."""

import json
from functools import lru_cache
from typing import Any

from tradeoffs.language.current import ENGLISH, language
from tradeoffs.language.notation import signs
from tradeoffs.language.translation import texts_of_file

ITS_OWN = (  # of what stands in the file of the browser's texts
    "Download plot as a PNG",
    "Taking snapshot - this may take a few seconds",
    "Snapshot succeeded",
    "Sorry, there was a problem downloading your snapshot!",
    "Zoom",
    "Pan",
    "Zoom in",
    "Zoom out",
    "Reset axes",
    "Box Select",
    "Lasso Select",
    "Double-click to zoom back out",
)

ALONE: dict[str, Any] = {
    "responsive": True,
    "displaylogo": False,
    "showSendToCloud": False,  # nothing leaves this machine
    "modeBarButtonsToRemove": ["autoScale2d"],
}


def separators() -> dict[str, str]:
    r"""Return the part of a layout with decimal sign and sign of thousands; none in English.

    >>> from tradeoffs.language.current import in_language
    >>> with in_language("fr"):
    ...     separators()
    {'separators': ',\u202f'}
    """
    if language() == ENGLISH:
        return {}
    decimal, group = signs()
    return {"separators": decimal + group}


def configuration() -> str:
    """Return how a chart of a page that stands alone is set up, as a script writes it."""
    code, found = language(), dict(ALONE)
    if code != ENGLISH:
        found |= {"locale": code, "locales": {code: {"dictionary": _dictionary(code)}}}
    return json.dumps(found, separators=(",", ":")).replace("</", "<\\/")


@lru_cache
def _dictionary(code: str) -> dict[str, str]:
    known = texts_of_file(code, "pages.kit.frontend")
    return {one: known[one] for one in ITS_OWN if one in known}
