"""Negotiation: which of the languages on offer somebody reads, by their browser or their locale."""

import re
from collections.abc import Collection

from babel import negotiate_locale
from babel.core import default_locale

from tradeoffs.language.current import ENGLISH

RANGE = re.compile(r"\s*([A-Za-z-]{2,20}|\*)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*")


def of_browser(accepted: str, offered: Collection[str]) -> str:
    """Return the language that a browser prefers; English where none on offer is among its own.

    Args:
        accepted: the header Accept-Language.
        offered: codes of languages.

    >>> of_browser("fr-CA,fr;q=0.9,en;q=0.8", ("en", "fr")), of_browser("de", ("en", "fr"))
    ('fr', 'en')
    """
    ranges = [RANGE.fullmatch(part) for part in accepted.split(",")[:20]]
    wanted = [(float(one[2] or 1), one[1]) for one in ranges if one and one[1] != "*"]
    asked = [name for weight, name in sorted(wanted, key=lambda pair: -pair[0]) if weight]
    return negotiate_locale(asked, sorted(offered), sep="-") or ENGLISH


def of_locale(offered: Collection[str]) -> str:
    """Return the language of the terminal, by LC_ALL, LC_MESSAGES, LANG and LANGUAGE."""
    found = default_locale("LC_MESSAGES") or ENGLISH
    return negotiate_locale([found], sorted(offered)) or ENGLISH
