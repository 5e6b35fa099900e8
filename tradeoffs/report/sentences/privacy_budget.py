"""Sentences on what the privacy budget pays for beside the gradients, and on what it bounds."""

from tradeoffs.experiments.plan import resolve
from tradeoffs.report.sentences.sentence import Said, Sentence, first
from tradeoffs.report.view import View
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.privacy.interpretation import in_words

NO_BUDGET = Sentence(
    name="no budget",
    when=lambda mechanism: mechanism == "clip_only",
    text="Clipping without noise bounds no guess: there is no privacy budget to declare.",
)
GUESSED = Sentence(name="guess", text="{guessed}")

# What a budget pays for has one price, told once for all of it together.
PAID = (
    Sentence(
        name="paid: rates and clipping",
        when=lambda rates, adaptive: rates and adaptive,
        text="Watching the {called} and how many gradients are long is paid for from the same "
        "budget: {price:percent} more noise on the gradients, and group counts known only to "
        "±{counts:number} people.",
    ),
    Sentence(
        name="paid: rates",
        when=lambda rates: rates,
        text="Watching the {called} is paid for from the same budget: {price:percent} more noise "
        "on the gradients, and group counts known only to ±{counts:number} people.",
    ),
    Sentence(
        name="paid: weights and clipping",
        when=lambda weights, adaptive: weights and adaptive,
        text="The group counts behind the weights, and watching how many gradients are long, are "
        "paid for from the same budget: {price:percent} more noise on the gradients; the counts "
        "are known only to ±{counts:number} people.",
    ),
    Sentence(
        name="paid: weights",
        when=lambda weights: weights,
        text="The group counts behind the weights are paid for from the same budget: "
        "{price:percent} more noise on the gradients; they are known only to ±{counts:number} "
        "people.",
    ),
    Sentence(
        name="paid: thresholds and clipping",
        when=lambda thresholds, adaptive: thresholds and adaptive,
        text="The counts behind the thresholds, and watching how many gradients are long, are "
        "paid for from the same budget as the training, which for them had {price:percent} more "
        "noise; the counts are known only to ±{counts:number} people.",
    ),
    Sentence(
        name="paid: thresholds",
        when=lambda thresholds: thresholds,
        text="The counts behind the thresholds are paid for from the same budget as the training, "
        "which for them had {price:percent} more noise; they are known only to "
        "±{counts:number} people.",
    ),
    Sentence(
        name="paid: clipping",
        when=lambda adaptive: adaptive,
        text="Watching how many gradients are long is paid for from the same budget: "
        "{price:percent} more noise on the gradients.",
    ),
)


def promised(spent: float, mechanism: str) -> list[Said]:
    """Say what an attacker can guess at an epsilon, infinite without a mechanism."""
    known = spent == spent  # NaN: none is declared
    values = {"mechanism": mechanism, "guessed": in_words(spent) if known else None}
    return first([GUESSED, NO_BUDGET], values)


def paid(shown: View) -> list[Said]:
    """Say what else the budget pays for: what the bound, a stage and the clipping ask of it."""
    plan, told = resolve(shown.here), shown.training
    counts = plan.stage is not None and plan.stage.counts
    values = {
        "called": NOTIONS[shown.here.notion].gap_title,
        "price": told.get("watching_price"),
        "counts": told.get("sigma_counts"),
        "rates": plan.training_scenario.max_gap is not None,
        "weights": counts and plan.stage is not None and plan.stage.when == "before",
        "thresholds": counts and plan.stage is not None and plan.stage.when == "after",
        "adaptive": shown.here.clipping != "flat",
    }
    return first(PAID, values)
