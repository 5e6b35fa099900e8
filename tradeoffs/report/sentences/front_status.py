"""Standing in words: on the front, on one half alone, not told apart, beaten, or not compared."""

from collections.abc import Mapping, Sequence

import numpy as np

from tradeoffs.fields import CURVES
from tradeoffs.fronts import Front
from tradeoffs.fronts.dominance import APART, BEATEN, FRONT, ONE_HALF, TIED
from tradeoffs.language.translation import say, translate
from tradeoffs.report.text import setting
from tradeoffs.values.fairness.catalogue import NOTIONS

WORDS = {
    FRONT: "on the front",
    TIED: "not told apart from the front",
    APART: "at another privacy budget: not compared with the front",
}
WITHOUT = "on the front without privacy"


def standing_words(rows: Sequence[Mapping], unprotected: Front | None = None) -> list[str]:
    """Return the standing of each row of a front's table.

    Args:
        rows: of the front.
        unprotected: the front without privacy among the same settings, drawn beside it.
    """
    words = [_words(row, rows) for row in rows]
    if unprotected is not None:
        for place in np.flatnonzero(unprotected.standing == FRONT).tolist():
            words[place] = translate(WITHOUT)
    return words


def elsewhere() -> str:
    """Return the standing of a setting that is used on other people than the front's."""
    return translate("used on other people: on no front")


def _words(row: Mapping, rows: Sequence[Mapping]) -> str:
    if row["standing"] == BEATEN:
        other = what_differs(rows[int(row["beaten_by"])], row)
        return say("beaten by {setting}", setting=other)
    if row["standing"] == ONE_HALF:
        chosen = bool(row["chosen"])
        return (
            say("on the front on select alone") if chosen else say("on the front on report alone")
        )
    return translate(WORDS[row["standing"]])


def what_differs(one: Mapping, other: Mapping) -> str:
    """Return a setting by what tells it from another one."""
    called = NOTIONS[other["notion"]].gap_title
    fields = [name for name in CURVES if not _same(one[name], other[name])]
    told = ", ".join(setting(name, one[name], called) for name in fields)
    return told or translate("another mechanism")


def _same(one: object, other: object) -> bool:
    return one == other or (one != one and other != other)  # NaN is no setting
