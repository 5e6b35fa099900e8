"""Sentences on where the setting stands to the front, and on what beats it in what."""

import math
from collections.abc import Callable
from dataclasses import replace

from tradeoffs.fronts import Difference, Objective
from tradeoffs.fronts.dominance import BEATEN, FRONT, ONE_HALF, TIED
from tradeoffs.language.translation import say
from tradeoffs.report.cards import Decisions, compare_on_same_rows, difference_text
from tradeoffs.report.front_summary import budget, competitors
from tradeoffs.report.sentences.front_status import what_differs
from tradeoffs.report.sentences.sentence import Sentence, first
from tradeoffs.report.view import Row, View, scenario_of

FEW_SETTINGS = 2  # below, nothing is compared
VERDICTS = {1: "better in {axis}", -1: "worse in {axis}", 0: "within chance of it in {axis}"}
OF = (" with {budget}", "")  # the former is said where the settings of one budget compete
TOLD: tuple[tuple[str, Callable[..., bool], str], ...] = (  # what, when, and its text with {of}
    (
        "on the front",
        lambda standing: standing == FRONT,
        "By {{x}} and {{y}}, your setting is on the front: none of the {{settings}} settings on "
        "screen{of} beats it, neither on the rows used for choosing nor on those shown.",
    ),
    (
        "on the front on select",
        lambda standing, chosen: standing == ONE_HALF and chosen,
        "By {{x}} and {{y}}, none of the {{settings}} settings on screen{of} beats yours on the "
        "rows used for choosing, but one does on the rows shown: whether it is on the front is "
        "open.",
    ),
    (
        "on the front on report",
        lambda standing: standing == ONE_HALF,
        "By {{x}} and {{y}}, none of the {{settings}} settings on screen{of} beats yours on the "
        "rows shown, but one does on the rows used for choosing: whether it is on the front is "
        "open.",
    ),
    (
        "not told apart from the front",
        lambda standing: standing == TIED,
        "By {{x}} and {{y}}, your setting cannot be told apart from the front among the "
        "{{settings}} settings on screen{of}: no setting on it is, on both halves of the test "
        "rows, as good in both and better in one beyond chance.",
    ),
    (
        "beaten by the untouched model",
        lambda twin: twin,
        "By {{x}} and {{y}}, your setting is beaten by the model without constraint and privacy: "
        "it is {{compared_x}}; {{compared_y}}.",
    ),
    (
        "beaten",
        lambda: True,
        "By {{x}} and {{y}}, your setting is beaten by another on screen{of} ({{other}}): it is "
        "{{compared_x}}; {{compared_y}}.",
    ),
)
STANDINGS = tuple(
    Sentence(name=name, when=when, text=text.format(of=of))
    for name, when, text in TOLD
    for of in OF
)


def dominance(shown: View, beside: bool, decisions: Decisions) -> str:
    """Say where the setting stands to the front that is drawn, and what beats it in what.

    Args:
        shown: the view.
        beside: whether the untouched model is spoken of already, by accuracy and gap.
        decisions: for the share of chance that lies in the test rows.
    """
    total = competitors(shown)
    if total < FEW_SETTINGS:
        return ""
    here = shown.points[shown.here_row or 0]
    values: dict[str, object] = {
        "x": shown.x.title.lower(),
        "y": shown.y.title.lower(),
        "settings": total,
        "budget": budget(shown) if shown.of_budget else None,
        "standing": here["standing"],
        "chosen": bool(here["chosen"]),
    }
    if here["standing"] == BEATEN:
        twin = here["beaten_by"] == shown.baseline_row
        if twin and {shown.x.column, shown.y.column} == {"accuracy", "gap"} and beside:
            return ""
        values |= {"twin": twin, **_beaten(shown, here, decisions)}
    return first(STANDINGS, values)[0].text


def _beaten(shown: View, here: Row, decisions: Decisions) -> dict[str, object]:
    """Return what beats the setting, and by how much in each of the two."""
    other = shown.points[int(here["beaten_by"])]
    return {
        "other": what_differs(other, here),
        "compared_x": _compared(shown, shown.x, here, other, decisions),
        "compared_y": _compared(shown, shown.y, here, other, decisions),
    }


def _compared(shown: View, axis: Objective, here: Row, other: Row, decisions: Decisions) -> str:
    """Return how the setting compares with another on report, with the difference of shares."""
    found = compare_on_same_rows(
        shown, shown.here, scenario_of(other, shown.here), axis.column, decisions
    )
    named = axis.title.lower()
    if here[axis.column] == other[axis.column]:
        return say("alike in {axis}", axis=named)
    told = say(VERDICTS[_better(axis, here, other, found)], axis=named)
    if found is None or not axis.is_share:
        return told
    # the verdict says already whether it is chance
    return f"{told}, {difference_text(replace(found, distinguishable=True))}"


def _better(axis: Objective, here: Row, other: Row, found: Difference | None) -> int:
    """Return 1 if the setting is better than another on report, -1 if worse, 0 if not told."""
    if found is not None:
        apart, change = found.distinguishable, found.mean
    else:  # one of them infinite: told apart if only one is
        mine, theirs = here[axis.column], other[axis.column]
        apart, change = math.isinf(mine) != math.isinf(theirs), -1 if math.isinf(theirs) else 1
    if not apart:
        return 0
    return 1 if (change > 0) == (axis.better == "high") else -1
