"""Sentences on what is remarkable about the setting: nearly constant, dominated, within noise."""

from tradeoffs.fronts.remarks import CONSTANT, DOMINATED, NEARLY, NEARLY_CONSTANT
from tradeoffs.language.notation import list_text
from tradeoffs.language.translation import translate
from tradeoffs.report.cards import Card
from tradeoffs.report.sentences.sentence import Sentence, Statement, first
from tradeoffs.report.view import Row, View
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS

BASELINE = "the model without constraint and privacy"

NOBODY = {False: "nobody", True: "almost nobody"}  # gets yes; True where that is nearly so
EVERYBODY = {False: "everybody", True: "almost everybody"}
IN_SEEDS = "In {alike:count} of {seeds:count} seeds the model predicts yes for {whom}"
ALIKE = (
    Sentence(
        name="constant, no gap",
        when=lambda constant, even: constant and even,
        text=IN_SEEDS + ": a constant answer, which has no gap between groups whatever the data.",
    ),
    Sentence(
        name="constant",
        when=lambda constant: constant,
        text=IN_SEEDS + ": a constant answer.",
    ),
    Sentence(
        name="nearly constant, small gap",
        when=lambda nearly, even, gap, twin_gap: nearly and even and gap < twin_gap,
        text=IN_SEEDS + " (over all seeds for {rate:percent} of people): nearly a constant answer, "
        "which makes its gap of {gap:percent} look small.",
    ),
    Sentence(
        name="nearly constant",
        when=lambda nearly: nearly,
        text=IN_SEEDS + " (over all seeds for {rate:percent} of people): nearly a constant answer.",
    ),
    Sentence(
        name="nearly constant, not in all seeds measured",
        when=lambda nearly: nearly,
        text=IN_SEEDS + ": nearly a constant answer.",
    ),
)

WORSE = "less accurate ({accuracy:points}) and with a larger {called} ({gap:points})"
OTHERWISE = (
    f"On these test rows your setting is dominated by {BASELINE}: {WORSE}, by more than "
    "differences between seeds explain. The test rows are a sample too: on others, the "
    "difference in "
)
BESIDE = (
    Sentence(
        name="dominated by the untouched model",
        when=lambda accuracy, gap, accuracy_apart, gap_apart: (
            accuracy_apart and gap_apart and accuracy < 0 < gap
        ),
        text=f"Your setting is dominated by {BASELINE}: {WORSE}, each by more than the 95 % "
        "interval "
        "on its card.",
    ),
    Sentence(
        name="dominated on these rows, both by chance",
        when=lambda accuracy, gap, accuracy_apart, gap_apart, dominated: (
            dominated and accuracy < 0 < gap and not accuracy_apart and not gap_apart
        ),
        text=OTHERWISE + "accuracy and that in {called} could turn out differently.",
    ),
    Sentence(
        name="dominated on these rows, accuracy by chance",
        when=lambda accuracy, gap, accuracy_apart, dominated: (
            dominated and accuracy < 0 < gap and not accuracy_apart
        ),
        text=OTHERWISE + "accuracy could turn out differently.",
    ),
    Sentence(
        name="dominated on these rows, gap by chance",
        when=lambda accuracy, gap, gap_apart, dominated: (
            dominated and accuracy < 0 < gap and not gap_apart
        ),
        text=OTHERWISE + "{called} could turn out differently.",
    ),
    Sentence(
        name="within chance of the untouched model",
        when=lambda accuracy_apart, gap_apart: not accuracy_apart and not gap_apart,
        text=f"In accuracy and {{called}}, your setting cannot be told apart from {BASELINE}: both "
        "differences are within chance.",
    ),
)


def constant_model(shown: View, row: Row) -> list[Statement]:
    """Say that a model gives (nearly) everybody the same answer, and what that does to its gap."""
    constant, nearly = (remark in row["remarks"] for remark in (CONSTANT, NEARLY_CONSTANT))
    rate = shown.seeds("selection_rate")
    nobody, everybody = int((rate < NEARLY).sum()), int((1 - rate < NEARLY).sum())
    named = [translate(NOBODY[not constant], "get yes")] * (nobody > 0)
    named += [translate(EVERYBODY[not constant], "get yes")] * (everybody > 0)
    twin = shown.baseline_row
    values = {
        "constant": constant,
        "nearly": nearly,
        "alike": nobody + everybody,
        "seeds": len(rate),
        "whom": list_text(named, "or"),
        "rate": row["selection_rate"],
        "even": bool(NOTIONS[shown.here.notion].rates),  # which are 0 or 1 if all are alike
        "gap": row["gap"],
        "twin_gap": None if twin is None else shown.points[twin]["gap"],
    }
    return first(ALIKE, values)


def beside_baseline(here: Scenario, row: Row, told: list[Card]) -> list[Statement]:
    """Say that the untouched model dominates the setting, or cannot be told apart from it.

    What is told apart is so by the intervals on the cards; the remark knows of seeds alone.
    """
    values: dict[str, object] = {
        "called": NOTIONS[here.notion].gap_title,
        "dominated": DOMINATED in row["remarks"],
    }
    for card in told:
        if card.name in ("accuracy", "gap") and card.difference and card.difference.interval:
            values[card.name] = card.difference.mean
            values[f"{card.name}_apart"] = card.difference.distinguishable
    return first(BESIDE, values) if {"accuracy", "gap"} <= set(values) else []
