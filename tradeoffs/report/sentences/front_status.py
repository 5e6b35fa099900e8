"""Standing in words: on the front, on one half alone, not told apart, beaten, or not compared."""

from collections.abc import Mapping, Sequence

import numpy as np

from tradeoffs.fields import CURVES
from tradeoffs.fronts import Front
from tradeoffs.fronts.dominance import APART, BEATEN, FRONT, ONE_HALF, TIED
from tradeoffs.report.text import setting
from tradeoffs.values.fairness.catalogue import NOTIONS

WORDS = {
    FRONT: "on the front",
    TIED: "not told apart from the front",
    APART: "at another privacy budget: not compared with the front",
}
WITHOUT = "on the front without privacy"
ELSEWHERE = "used on other people: on no front"


def standing_words(rows: Sequence[Mapping], unprotected: Front | None = None) -> list[str]:
    """Return the standing of each row of a front's table.

    Args:
        rows: of the front.
        unprotected: the front without privacy among the same settings, drawn beside it.
    """
    words = [_words(row, rows) for row in rows]
    if unprotected is not None:
        for place in np.flatnonzero(unprotected.standing == FRONT).tolist():
            words[place] = WITHOUT
    return words


def _words(row: Mapping, rows: Sequence[Mapping]) -> str:
    if row["standing"] == BEATEN:
        return f"beaten by {what_differs(rows[int(row['beaten_by'])], row)}"
    if row["standing"] == ONE_HALF:
        return f"on the front on {'select' if row['chosen'] else 'report'} alone"
    return WORDS[row["standing"]]


def what_differs(one: Mapping, other: Mapping) -> str:
    """Return a setting by what tells it from another one."""
    called = NOTIONS[other["notion"]].gap_title
    fields = [name for name in CURVES if not _same(one[name], other[name])]
    return ", ".join(setting(name, one[name], called) for name in fields) or "another mechanism"


def _same(one: object, other: object) -> bool:
    return one == other or (one != one and other != other)  # NaN is no setting
