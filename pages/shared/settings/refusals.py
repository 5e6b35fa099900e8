"""Refusals: why something cannot be, in the words of the page instead of the command line's."""

import re

from pages.shared.settings.fields import FIELDS, TITLES, Values, options, words

FIELD = re.compile(rf"\b({'|'.join(FIELDS)})=('?)([\w.*+:-]*\w)\2")
LISTS = re.compile(r"(?<=; use: )[\w*]+(?:, [\w*]+)*|(?<=one of the stages )[\w]+(?:, \w+)*")


def in_words(refusal: str, values: Values) -> str:
    """Return a refusal with the names of fields and options as they stand on the page.

    Args:
        refusal: an InvalidInput's, with `field=value` and lists of names.
        values: what was chosen.

    >>> in_words("notion='minimax' cannot be bounded by stage=reweighing", {"dataset": "adult"})
    "“Meaning of fair: worst group's errors” cannot be bounded by “Where fairness is ..."
    """
    told = FIELD.sub(lambda found: _field(found[1], found[3], values), refusal)
    told = LISTS.sub(lambda found: _list(found[0], values), told)
    return told.replace("must be 0 or none with", "must be 0 % or “no limit” with").replace(
        "must be none with", "must be “no limit” with"
    )


def _field(field: str, option: str, values: Values) -> str:
    shown = "epsilon" if (field, option) == ("mechanism", "none") else field
    return f"“{TITLES[shown]}: {_option(field, option, values)}”"


def _list(names: str, values: Values) -> str:
    fields = ("notion", "stage", "protected")
    offered = {option: field for field in fields for option in options(field, values)}
    each = names.split(", ")
    return ", ".join(_option(offered[n], n, values) if n in offered else n for n in each)


def _option(field: str, option: str, values: Values) -> str:
    """Return an option in words, or as it is where it is none, as in a number that was refused."""
    try:
        return words(field, option, values)
    except (KeyError, ValueError):
        return option
