"""Label queries: labels of people drawn at random, or of those whom a model is unsure about."""

from collections.abc import Sequence

from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import with_percent
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.adaptation.uncertainty_sampling import UNCERTAINTY_SAMPLING, label_count
from tradeoffs.report.options import option
from tradeoffs.report.remedies.community_gain import alone, people_of, places
from tradeoffs.report.remedies.panel import Panel
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.purse_selection import purse_of
from tradeoffs.report.remedies.selection import Selection
from tradeoffs.report.remedies.variant import (
    NOTE,
    Variant,
    grid,
    in_words,
    measure_variants,
    numbers,
    picture,
)
from tradeoffs.report.resource_quantities import money
from tradeoffs.report.text import number
from tradeoffs.resources.money import HOUR, bill
from tradeoffs.resources.purse import purse
from tradeoffs.scenario import Scenario

SHARES = (20.0, 30.0, 50.0, 70.0)  # per cent
PRIVATE = "No privacy budget covers this choice, so all are shown without one."

LABELLED = Selection(
    name="labelled",
    title="Labelled rows",
    help="How many of the home community's people get a label, out of all its records.",
    options=lambda at: tuple(map(option, SHARES)),
    words=lambda one, at: say("{share} labelled", share=with_percent(number(float(one)))),
    default=lambda at: option(SHARES[2]),
)


def variants(look: Look) -> list[Variant]:
    """Return what is compared: as many labels at random, where unsure, and all of them."""
    here = alone(look.here).but(epsilon=None)
    rows, share = _rows(look), float(look.values["labelled"])
    count = label_count(rows, share)
    asking = here.but(remedy=UNCERTAINTY_SAMPLING.name, dial=share)
    return [
        Variant(
            title=say("{count:,} at random", count=count), setting=here.but(rows=max(count, LEAST))
        ),
        Variant(
            title=say("{count:,} of {rows:,} where unsure", count=count, rows=rows), setting=asking
        ),
        Variant(title=say("All {rows:,}", rows=rows), setting=here),
    ]


LEAST = 50  # rows of a scenario among communities


def _rows(look: Look) -> int:
    home = next(one for one in places(look.here) if one.name == look.here.home)
    return people_of(look.here, home)


def _too_few(look: Look) -> str:
    count = label_count(_rows(look), float(look.values["labelled"]))
    if count >= LEAST:
        return ""
    return say(
        "{count} labels are too few to compare; {least} are needed.", count=count, least=LEAST
    )


def settings(look: Look) -> list[Scenario]:
    """Return the settings that are compared; none where labels would be too few."""
    return [] if _too_few(look) else [one.setting for one in variants(look)]


def panel(look: Look, job: Job) -> Panel:
    """Return what asking where unsure brings, of what has arrived, and what labels cost."""
    if few := _too_few(look):
        return Panel(heading=few)
    found = measure_variants(variants(look), look, job)
    return Panel(
        heading=headline(found),
        picture=picture(look, found, say("Against labels at random")),
        sentences=[label_cost(look, found)],
        table=grid(look, found, say("Whom to ask")),
        notes=[f"{UNCERTAINTY_SAMPLING.limits} {translate(PRIVATE)} {translate(NOTE)}"],
        numbers=lambda: numbers(look, found),
    )


def headline(found: Sequence[Variant]) -> str:
    """Return what asking where unsure brings against as many labels at random, in a sentence."""
    change = found[1].change
    if change is None:
        return ""
    return say(
        "With the same number of labels, asking where a first model is unsure changes the result "
        "by {change}.",
        change=in_words(change),
    )


def label_cost(look: Look, found: Sequence[Variant]) -> str:
    """Return what the labels cost, and what all of them would, in a sentence."""
    prices = (purse_of(look.values) or purse("")).prices
    some, everything = (setting_cost(one.setting) for one in found[1:])
    hours = [one.votes * prices.label_seconds / HOUR for one in (some, everything)]
    spent = [money(bill(one, prices)["labels"]) for one in (some, everything)]
    return say(
        "{some:,} answers take {some_hours} hours at {seconds} s each and cost {some_spent}; all "
        "{all:,} take {all_hours} hours and cost {all_spent}.",
        some=some.votes,
        some_hours=number(hours[0]),
        some_spent=spent[0],
        seconds=number(prices.label_seconds),
        all=everything.votes,
        all_hours=number(hours[1]),
        all_spent=spent[1],
    )


LABEL_QUERY = Part(
    name="label_query",
    title="Whom to ask",
    question=(
        "If labels have to be paid for: label people at random, or those about whom a model is "
        "unsure?"
    ),
    by_measure=True,
    settings=settings,
    panel=panel,
    selections=(LABELLED,),
)
