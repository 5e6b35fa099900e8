"""Feature words: what a study states of several features in one text, in the run's language."""

import re

from tradeoffs.data.codebook_words import word
from tradeoffs.language.current import is_english
from tradeoffs.language.notation import labelled, list_text, quote, semicolon_text

VALUE = re.compile(r"(.+) \((.+?)\)")  # a feature with its value
CHANGE = re.compile(r"(.+?): “(.+?)”")  # a feature with what it is changed to
BETWEEN_VALUES, BETWEEN_CHANGES = "; ", " and "  # as studies join them


def feature_words(text: str) -> str:
    r"""Return a text of features with values, or with changes; another text as it is.

    >>> from tradeoffs.language.current import in_language
    >>> with in_language("fr"):
    ...     feature_words("joint pain in the past year (2 to 3); another thing (2 to 3)")
    'douleurs articulaires dans l’année écoulée (2 à 3)\u202f; another thing (2 à 3)'
    """
    if is_english():
        return text
    if changes := _matches(CHANGE, text.split(BETWEEN_CHANGES)):
        return list_text([labelled(word(one[1]), quote(word(one[2]))) for one in changes])
    if values := _matches(VALUE, text.split(BETWEEN_VALUES)):
        return semicolon_text(f"{word(one[1])} ({word(one[2])})" for one in values)
    return text


def _matches(pattern: re.Pattern[str], parts: list[str]) -> list[re.Match[str]]:
    """Return what matches, if all parts do."""
    found = [one for part in parts if (one := pattern.fullmatch(part))]
    return found if len(found) == len(parts) else []
