"""Standing in words: on the front, on it on one half alone, not told apart from it, or beaten."""

from collections.abc import Mapping, Sequence

from tradeoffs.fields import CURVES
from tradeoffs.fronts.dominance import BEATEN, FRONT, ONE_HALF, TIED
from tradeoffs.report.text import setting
from tradeoffs.values.fairness.catalogue import NOTIONS

WORDS = {FRONT: "on the front", TIED: "not told apart from the front"}
ELSEWHERE = "used on other people: on no front"


def standing_words(rows: Sequence[Mapping]) -> list[str]:
    """Return the standing of each row of a front's table."""
    return [_words(row, rows) for row in rows]


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
