"""Sentences on what is remarkable about the setting: nearly constant, dominated, within noise."""

import math

from tradeoffs.figures.cards import Card
from tradeoffs.figures.view import Row, View
from tradeoffs.figures.words import percent, points
from tradeoffs.fronts.remarks import CONSTANT, DOMINATED, NEARLY, NEARLY_CONSTANT
from tradeoffs.scenario import Scenario
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


def beside_untouched(here: Scenario, row: Row, told: list[Card]) -> str:
    """Say that the untouched model dominates the setting, or cannot be told apart from it.

    What is told apart is so by the intervals on the cards; the remark knows of seeds alone.
    """
    drawn = {c.name: c.difference for c in told if c.difference and c.difference.interval}
    if not {"accuracy", "gap"} <= set(drawn):
        return ""
    accuracy, gap = drawn["accuracy"], drawn["gap"]
    chance = [name for name in ("accuracy", "gap") if not drawn[name].distinguishable]
    called = notion(here.notion).called
    named = {"accuracy": "accuracy", "gap": called}
    how = f"less accurate ({points(accuracy.mean)}) and with a larger {called} "
    how += f"({points(gap.mean)})"
    if not chance and accuracy.mean < 0 < gap.mean:
        return (
            f"Your setting is dominated by {TWIN}: {how}, each by more than the 95 % interval on "
            "its card."
        )
    if chance and DOMINATED in row["remarks"]:
        return (
            f"On these test rows your setting is dominated by {TWIN}: {how}, in more than the "
            "seeds explain. The test rows are a sample too: on others the difference in "
            f"{' and that in '.join(named[name] for name in chance)} could come out otherwise."
        )
    if len(chance) == 2:
        return (
            f"In accuracy and {called}, your setting cannot be told apart from {TWIN}: both "
            "differences are within chance."
        )
    return ""
