"""Sentences on where the setting stands to the front, and on what beats it in what."""

import math

from tradeoffs.fronts import Difference, Objective
from tradeoffs.fronts.dominance import FRONT, ONE_HALF, TIED
from tradeoffs.report.cards import Decisions, compare_on_same_rows, difference_text
from tradeoffs.report.front_summary import budget, competitors
from tradeoffs.report.sentences.diagnostics import BASELINE
from tradeoffs.report.sentences.front_status import what_differs
from tradeoffs.report.view import Row, View, scenario_of

FEW_SETTINGS = 2  # below, nothing is compared
VERDICTS = {1: "better", -1: "worse", 0: "within chance of it"}
CHANCE = ", within chance"  # at the end of a difference, where the verdict says it already


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
    axes = f"By {shown.x.title.lower()} and {shown.y.title.lower()}"
    settings = f"settings on screen{f' with {budget(shown)}' if shown.of_budget else ''}"
    if here["standing"] == FRONT:
        return (
            f"{axes}, your setting is on the front: none of the {total} {settings} beats it, "
            "neither on the rows used for choosing nor on those shown."
        )
    if here["standing"] == ONE_HALF:
        halves = ("used for choosing", "shown")[:: 1 if here["chosen"] else -1]
        return (
            f"{axes}, none of the {total} {settings} beats yours on the rows {halves[0]}, "
            f"but one does on the rows {halves[1]}: whether it is on the front is open."
        )
    if here["standing"] == TIED:
        return (
            f"{axes}, your setting cannot be told apart from the front among the {total} "
            f"{settings}: no setting on it is, on both halves of the test rows, as good in both "
            "and better in one beyond chance."
        )
    return _beaten(shown, here, axes, settings, beside, decisions)


def _beaten(
    shown: View, here: Row, axes: str, settings: str, beside: bool, decisions: Decisions
) -> str:
    """Say what beats the setting, and by how much in each of the two."""
    other = shown.points[int(here["beaten_by"])]
    twin = here["beaten_by"] == shown.baseline_row
    if twin and {shown.x.column, shown.y.column} == {"accuracy", "gap"} and beside:
        return ""
    another = settings.replace("settings", "another", 1)
    name = BASELINE if twin else f"{another} ({what_differs(other, here)})"
    compared = [_compared(shown, one, here, other, decisions) for one in (shown.x, shown.y)]
    return f"{axes}, your setting is beaten by {name}: it is {'; '.join(compared)}."


def _compared(shown: View, axis: Objective, here: Row, other: Row, decisions: Decisions) -> str:
    """Return how the setting compares with another on report, with the difference of shares."""
    found = compare_on_same_rows(
        shown, shown.here, scenario_of(other, shown.here), axis.column, decisions
    )
    alike = here[axis.column] == other[axis.column]
    verdict = "alike" if alike else VERDICTS[_better(axis, here, other, found)]
    told = f"{verdict} in {axis.title.lower()}"
    if alike or found is None or not axis.is_share:
        return told
    return f"{told}, {difference_text(found).removesuffix(CHANCE)}"


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
