"""The tables of costs: what a setting takes, how that is known, and the ranges it rests on."""

from collections.abc import Mapping
from typing import get_args

from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.language.notation import localise, semicolon_text
from tradeoffs.language.translation import say, translate
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
from tradeoffs.resources.money import Affordable, affordable, total
from tradeoffs.resources.published_range import PUBLISHED_RANGES
from tradeoffs.resources.published_training import PUBLISHED_TRAININGS
from tradeoffs.resources.purse import Purse
from tradeoffs.scenario import Scenario

COUNTED, PUBLISHED = "counted", "from published ranges, not measured"
AFFORDABLE = {one: one for one in get_args(Affordable)}  # as a table tells it


def cost_table(here: Scenario) -> list[tuple[str, str, str]]:
    """Return what a setting takes: what, how much, and how that is known."""
    of, counted, published = setting_cost(here), translate(COUNTED), translate(PUBLISHED)
    return [
        (
            say("Answers to the label's question"),
            localise(f"{of.votes:,}"),
            say("counted: rows times votes"),
        ),
        (
            say("Recorded values"),
            localise(f"{of.entries:,}"),
            say("counted: rows times columns that models see"),
        ),
        (
            say("Parameters"),
            say("{parameters:,}; {size} kept", parameters=of.parameters, size=size(of.kept)),
            counted,
        ),
        (
            say("Arithmetic of the training"),
            say("{number} million operations", number=number(of.training / 1e6)),
            counted,
        ),
        (
            say("Arithmetic per decision"),
            say("{number} operations", number=number(of.decision)),
            counted,
        ),
        (
            say("Bytes sent and received"),
            semicolon_text([size(of.sent), size(of.received)]),
            counted,
        ),
        (say("Bytes per decision"), size(of.decision_bytes), counted),
        (say("Seconds on one core"), range_in_words(of.seconds), published),
        (say("Energy"), energy_in_words(of.energy), published),
        (say("Carbon dioxide"), carbon_in_words(of.carbon), published),
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
                translate(AFFORDABLE[affordable(spent, budget)]),
                say("{covered} of {settings}", covered=covered, settings=len(settings)),
                say("any number") if most is None else localise(f"{most:,}"),
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
        say(
            "For scale, as {source}, state it: {model} took {energy} MWh to train, the energy of "
            "at least {times} such training runs.",
            source=one.source,
            model=one.title,
            energy=number(one.kwh / 1000),
            times=_times(one.kwh / of.energy.high),
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
        return say("{number} million million", number=number(float(f"{million / 1e6:.1g}")))
    return say("{number} million", number=number(float(f"{million:.1g}")))
