"""The tables of costs: what a setting takes, how that is known, and the ranges it rests on."""

from collections.abc import Mapping

from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.report.affordability import rows_within_budget, within_budget
from tradeoffs.report.resource_quantities import (
    carbon_in_words,
    energy_in_words,
    money,
    range_in_words,
    size,
)
from tradeoffs.report.text import number
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.cost import Cost
from tradeoffs.resources.money import affordable, total
from tradeoffs.resources.published_range import PUBLISHED_RANGES
from tradeoffs.resources.published_training import PUBLISHED_TRAININGS
from tradeoffs.resources.purse import Purse
from tradeoffs.scenario import Scenario

COUNTED, PUBLISHED = "counted", "from published ranges, not measured"


def cost_table(here: Scenario) -> list[tuple[str, str, str]]:
    """Return what a setting takes: what, how much, and how that is known."""
    of = setting_cost(here)
    return [
        ("Answers to the label's question", f"{of.votes:,}", f"{COUNTED}: rows times votes"),
        ("Recorded values", f"{of.entries:,}", f"{COUNTED}: rows times columns that models see"),
        ("Parameters", f"{of.parameters:,}; {size(of.kept)} kept", COUNTED),
        ("Arithmetic of the training", f"{number(of.training / 1e6)} million operations", COUNTED),
        ("Arithmetic per decision", f"{number(of.decision)} operations", COUNTED),
        ("Bytes sent and received", f"{size(of.sent)}; {size(of.received)}", COUNTED),
        ("Bytes per decision", size(of.decision_bytes), COUNTED),
        ("Seconds on one core", range_in_words(of.seconds), PUBLISHED),
        ("Energy", energy_in_words(of.energy), PUBLISHED),
        ("Carbon dioxide", carbon_in_words(of.carbon), PUBLISHED),
    ]


def actor_table(here: Scenario, settings: Mapping[int, Scenario]) -> list[tuple[str, ...]]:
    """Return a row an actor: what the setting costs it, its budget, and what that covers.

    Args:
        here: the setting.
        settings: number -> what is on the screen beside it.
    """
    of, rows = setting_cost(here), []
    for actor in ACTORS.values():
        who = Purse(actor=actor, prices=actor.prices)
        spent, budget = total(of, who.prices), who.prices.budget
        covered = len(within_budget(settings, who).admissible)
        most = rows_within_budget(here, of, who)
        rows.append(
            (
                actor.title,
                money(spent),
                number(budget),
                affordable(spent, budget),
                f"{covered} of {len(settings)}",
                "any number" if most is None else f"{most:,}",
            )
        )
    return rows


def range_table() -> list[tuple[str, str, str]]:
    """Return each published range: what, from where to where, and its source."""
    return [
        (
            f"{one.title}. {one.help}",
            f"{range_in_words(one.range)} {one.unit}",
            one.source,
        )
        for one in PUBLISHED_RANGES.values()
    ]


def scale_sentences(of: Cost) -> list[str]:
    """Return how a cost compares with published trainings of large models."""
    return [
        (
            f"For scale, as {one.source}, state it: {one.title} took {number(one.kwh / 1000)} "
            f"MWh to train, the energy of at least {_times(one.kwh / of.energy.high)} such "
            "training runs."
        )
        for one in PUBLISHED_TRAININGS.values()
    ]


def _times(value: float) -> str:
    """Return a large number in words.

    >>> _times(2.3e12), _times(7e7)
    ('2 million million', '70 million')
    """
    million = value / 1e6
    if million >= 1e6:
        return f"{number(float(f'{million / 1e6:.1g}'))} million million"
    return f"{number(float(f'{million:.1g}'))} million"
