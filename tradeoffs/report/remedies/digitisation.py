"""Digitisation: what columns on paper cost a community in points, and what typing them in costs."""

from collections.abc import Sequence

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word
from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.fronts.differences import Difference
from tradeoffs.jobs.job import Job
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.community_gain import alone
from tradeoffs.report.remedies.panel import Panel
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.purse_selection import purse_of
from tradeoffs.report.remedies.selection import Selection, Values
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
from tradeoffs.resources.money import HOUR
from tradeoffs.resources.purse import purse
from tradeoffs.resources.range import Range
from tradeoffs.scenario import Scenario

USUAL_SECONDS = 5.0  # to type in a value, where nobody says how long it takes
EVERYWHERE = (
    "“Everywhere” means that no community uses the columns: models trained together use only "
    "columns that all communities have."
)
FIRST = 3  # columns on paper that the part opens with, the first that are no groups


def columns(at: Values) -> dict[str, str]:
    """Return the columns that models of home see, with their titles."""
    where = at["dataset"], at["label"], at["communities"]
    seen = {one.name for one in community_split(*where, at["home"]).train.features}
    book = dataset(at["dataset"]).codebook
    return {one.name: one.title for one in book.features if one.name in seen}


def _first(at: Values) -> str:
    groups = dataset(at["dataset"]).protected
    return "+".join([name for name in columns(at) if name not in groups][:FIRST])


PAPER = Selection(
    name="paper",
    title="Columns on paper",
    help="Columns that the home community has recorded only on paper, so that no model sees them.",
    options=lambda at: tuple(columns(at)),
    words=lambda one, at: columns(at).get(one, one),
    default=_first,
    several=True,
)


def variants(look: Look) -> list[Variant]:
    """Return what is compared: alone and by the chosen way, without and with the columns."""
    here = look.here
    hidden = here.but(hide=tuple(filter(None, look.values["paper"].split("+"))))
    way = REMEDIES[here.remedy].title
    found = [
        Variant(title=say("On paper, training alone"), setting=alone(hidden)),
        Variant(title=say("Typed in, training alone"), setting=alone(here)),
    ]
    if here.remedy != "alone":
        found += [
            Variant(title=say("On paper everywhere, {way}", way=way), setting=hidden),
            Variant(title=say("Typed in everywhere, {way}", way=way), setting=here),
        ]
    return found


def settings(look: Look) -> list[Scenario]:
    """Return the settings that are compared; none where no column is on paper."""
    return [one.setting for one in variants(look)] if look.values["paper"] else []


def panel(look: Look, job: Job) -> Panel:
    """Return what the columns are worth, of what has arrived, and what they cost."""
    if not look.values["paper"]:
        return Panel(heading=say("No column is on paper: choose one."))
    found = measure_variants(variants(look), look, job)
    return Panel(
        heading=headline(look, found[1].change),
        picture=picture(look, found, say("Against paper, alone")),
        sentences=[typing_cost(look), *_by_way(look, found)],
        table=grid(look, found, say("Columns on paper")),
        notes=[
            f"{translate(EVERYWHERE)} {translate(NOTE)}",
        ],
        numbers=lambda: numbers(look, found),
    )


def headline(look: Look, change: Difference | None) -> str:
    """Return what the columns would bring to home alone, in a sentence; "" while not there."""
    if change is None:
        return ""
    titles = columns(look.values)
    names = ", ".join(titles[one] for one in look.values["paper"].split("+") if one in titles)
    return say(
        "Typing in {names} changes the models that {home} trains alone by {change}.",
        names=names,
        home=word(look.here.home),
        change=in_words(change),
    )


def typing_cost(look: Look) -> str:
    """Return what it takes to type the columns in, in a sentence."""
    chosen = [one for one in look.values["paper"].split("+") if one]
    rows = setting_cost(alone(look.here)).votes
    who = purse_of(look.values)
    prices = (who or purse("")).prices
    each = prices.entry_seconds or USUAL_SECONDS
    hours = rows * len(chosen) * each / HOUR
    spent = money(Range.exactly(hours * prices.wage))
    return say(
        "{values:,} values have to be typed in for {rows:,} people. At {seconds} s a value, this "
        "takes {hours} hours of work, or {spent} at a wage of {wage} an hour.",
        values=rows * len(chosen),
        rows=rows,
        seconds=number(each),
        hours=number(hours),
        spent=spent,
        wage=number(prices.wage),
    )


def _by_way(look: Look, found: Sequence[Variant]) -> list[str]:
    """Return what training with others brings without the columns, in a sentence."""
    if len(found) < 3 or (change := found[2].change) is None:
        return []
    return [
        say(
            "With the columns on paper everywhere, “{way}” changes the models of {home} by "
            "{change}.",
            way=REMEDIES[look.here.remedy].title,
            home=word(look.here.home),
            change=in_words(change),
        )
    ]


DIGITISATION = Part(
    name="digitisation",
    title="Columns on paper",
    question="What does a community lose if some of its columns are not recorded digitally?",
    by_measure=True,
    settings=settings,
    panel=panel,
    selections=(PAPER,),
)
