"""Sentences on what is remarkable about the setting: nearly constant, dominated, within noise."""

import math

from tradeoffs.figures.cards import Card, compare_two
from tradeoffs.figures.view import Row, View
from tradeoffs.figures.words import percent, points
from tradeoffs.fronts.remarks import CONSTANT, DOMINATED, NEARLY, NEARLY_CONSTANT, WITHIN_NOISE
from tradeoffs.pipeline.sections import untouched
from tradeoffs.values.fairness.catalogue import notion

DECIDED = {"selection_rate", "true_positive_rate", "false_positive_rate"}  # 0 or 1 if all are alike
TWIN = "the model without constraint and privacy"


def alike(shown: View, row: Row) -> str:
    """Say that a model gives (nearly) everybody the same answer, and what that does to its gap."""
    constant = CONSTANT in row["remarks"]
    if not constant and NEARLY_CONSTANT not in row["remarks"]:
        return ""
    rate = shown.own["selection_rate"].to_numpy(dtype=float)
    no, yes = int((rate < NEARLY).sum()), int((1 - rate < NEARLY).sum())
    almost = "" if constant else "almost "
    who = [f"{almost}{name}" for name, seeds in (("nobody", no), ("everybody", yes)) if seeds]
    text = f"In {no + yes} of {len(rate)} seeds the model says yes to {' or '.join(who)}"
    if constant:
        end = (
            ", which has no gap between groups whatever the data" if even(shown.here.notion) else ""
        )
        return f"{text}: a constant answer{end}."
    if not math.isnan(row["selection_rate"]):
        text += f" (over all seeds to {percent(row['selection_rate'])} of people)"
    text += ": nearly a constant answer"
    if not (even(shown.here.notion) and _smaller(shown, row)):
        return f"{text}."
    return f"{text}, which makes its gap of {percent(row['gap'])} look small."


def even(name: str) -> bool:
    """Say whether a constant answer has no gap by a notion: not so for errors or probabilities."""
    entry = notion(name)
    return entry.at_decision or (bool(entry.held) and set(entry.held) <= DECIDED)


def _smaller(shown: View, row: Row) -> bool:
    """Say whether the gap is smaller than the untouched model's; False while that is not known."""
    twin = shown.untouched_row
    return twin is not None and bool(row["gap"] < shown.row(twin)["gap"])


def beside_untouched(shown: View, row: Row, told: list[Card]) -> str:
    """Say that the untouched model dominates the setting, or cannot be told apart from it."""
    if WITHIN_NOISE in row["remarks"]:
        return f"In accuracy and gap, the seeds cannot tell your setting from {TWIN}."
    if DOMINATED not in row["remarks"]:
        return ""
    found = [compare_two(shown, shown.here, untouched(shown.here), c) for c in ("accuracy", "gap")]
    accuracy, gap = (points(change.mean) for change in found if change is not None)
    text = f"Your setting is dominated by {TWIN}: less accurate ({accuracy}) and with a larger gap "
    text += f"({gap}), each by more than the seeds' 95 % interval."
    drawn = [c.difference for c in told if c.name in ("accuracy", "gap") and c.difference]
    if all(change.distinguishable for change in drawn):
        return text
    return f"{text} The test rows are a sample too: on other rows it could come out otherwise."
