"""Sentences on what the privacy budget pays for beside the gradients, and on what it bounds."""

from tradeoffs.experiments.plan import resolve
from tradeoffs.language.notation import semicolon_text
from tradeoffs.report.sentences.sentence import Sentence, Statement, first
from tradeoffs.report.view import View
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.privacy.interpretation import describe_epsilon

NO_BUDGET = Sentence(
    name="no budget",
    when=lambda mechanism: mechanism == "clip_only",
    text="Clipping without noise bounds no guess, so there is no privacy budget to declare.",
)
GUESSED = Sentence(name="guess", text="{guessed}")

# What a budget pays for has one price, told once for all of it together.
PAID = (
    Sentence(
        name="paid: rates and clipping",
        when=lambda rates, adaptive: rates and adaptive,
        text=(
            "Measuring the {called} and counting the clipped gradients is paid for from the "
            "same budget: {price:percent} more noise on the gradients, and group counts "
            "known only to ±{counts:number} people."
        ),
    ),
    Sentence(
        name="paid: rates",
        when=lambda rates: rates,
        text=(
            "Measuring the {called} is paid for from the same budget: {price:percent} more "
            "noise on the gradients, and group counts known only to ±{counts:number} people."
        ),
    ),
    Sentence(
        name="paid: counts and clipping",
        when=lambda counted, adaptive: counted and adaptive,
        text=(
            "{counted}, and counting the clipped gradients, are paid for from the same "
            "budget as the training, which therefore had {price:percent} more noise; the "
            "counts are known only to ±{counts:number} people."
        ),
    ),
    Sentence(
        name="paid: counts",
        when=lambda counted: counted,
        text=(
            "{counted} are paid for from the same budget as the training, which therefore "
            "had {price:percent} more noise; they are known only to ±{counts:number} people."
        ),
    ),
    Sentence(
        name="paid: clipping",
        when=lambda adaptive: adaptive,
        text=(
            "Counting the clipped gradients is paid for from the same budget: "
            "{price:percent} more noise on the gradients."
        ),
    ),
)


def attacker_bound(spent: float, mechanism: str) -> list[Statement]:
    """Say what an attacker can guess at an epsilon, infinite without a mechanism."""
    known = spent == spent  # NaN: none is declared
    values = {"mechanism": mechanism, "guessed": describe_epsilon(spent) if known else None}
    return first([GUESSED, NO_BUDGET], values)


def budget_shares(shown: View) -> list[Statement]:
    """Say what else the budget pays for: what the bound, a stage and the clipping ask of it."""
    plan, told = resolve(shown.here), shown.training
    values = {
        "called": NOTIONS[shown.here.notion].gap_title,
        "price": told.get("watching_price"),
        "counts": told.get("sigma_counts"),
        "rates": plan.training_scenario.max_gap is not None,
        "counted": semicolon_text(one.releases for one in plan.stages if one.releases),
        "adaptive": plan.clipping.adaptation is not None,
    }
    return first(PAID, values)
