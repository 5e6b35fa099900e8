"""Digitisation: what columns on paper cost a community in points, and what typing them in costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.communities.catalogue import Community, community_split
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.fronts.differences import Difference
from tradeoffs.jobs.job import Job
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.community_gain import (
    alone,
    amount,
    change_between,
    level,
    mean_of,
    places,
    report_people_of,
    span,
    tone,
    trainings,
)
from tradeoffs.report.remedies.constant import CONSTANT, constant_level
from tradeoffs.report.remedies.panel import Grid, Line, Mark, Panel, Picture
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.purse_selection import purse_of
from tradeoffs.report.remedies.scale import ticks
from tradeoffs.report.remedies.selection import Selection, Values
from tradeoffs.report.remedies.selections import MEASURES
from tradeoffs.report.resource_quantities import money
from tradeoffs.report.text import number
from tradeoffs.resources.money import HOUR
from tradeoffs.resources.purse import purse
from tradeoffs.resources.range import Range
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

USUAL_SECONDS = 5.0  # to type in a value, where nobody says how long it takes
FIRST = {"gss": ("educ", "workstat", "prestige")}  # columns on paper that the part opens with
MOST_FIRST = 3
BAR = "95 % interval of the difference from the first row"


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """One of the settings that are compared.

    Attributes:
        title: of its row.
        setting: at home.
        value: mean of the measure; None while it is not there.
        change: against the columns staying on paper, alone; None of that itself, or not there.
    """

    title: str
    setting: Scenario
    value: float | None = None
    change: Difference | None = None


def columns(at: Values) -> dict[str, str]:
    """Return the columns that models of home see, with their titles."""
    where = at["dataset"], at["label"], at["communities"]
    seen = {one.name for one in community_split(*where, at["home"]).train.features}
    book = dataset(at["dataset"]).codebook
    return {one.name: one.title for one in book.features if one.name in seen}


def _first(at: Values) -> str:
    known = columns(at)
    wanted = FIRST.get(at["dataset"], tuple(known))[:MOST_FIRST]
    return "+".join(name for name in wanted if name in known)


PAPER = Selection(
    name="paper",
    title="Columns on paper",
    help="Columns that home has recorded on paper alone, so that no model sees them.",
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
        Variant(title="On paper, alone", setting=alone(hidden)),
        Variant(title="Typed in, alone", setting=alone(here)),
    ]
    if here.remedy != "alone":
        found += [
            Variant(title=f"On paper everywhere, {way}", setting=hidden),
            Variant(title=f"Typed in everywhere, {way}", setting=here),
        ]
    return found


def settings(look: Look) -> list[Scenario]:
    """Return the settings that are compared; none where no column is on paper."""
    return [one.setting for one in variants(look)] if look.values["paper"] else []


def panel(look: Look, job: Job) -> Panel:
    """Return what the columns are worth, of what has arrived, and what they cost."""
    if not look.values["paper"]:
        return Panel(heading="No column is on paper: choose one.")
    measure = look.values["measure"]
    home = next(one for one in places(look.here) if one.name == look.here.home)
    found = [_measured(one, job, look, home, measure) for one in variants(look)]
    return Panel(
        heading=headline(look, found[1].change),
        picture=picture(look, found, measure),
        sentences=[typing_cost(look), *_by_way(look, found)],
        table=grid(found, measure),
        numbers=lambda: numbers(found, measure),
        notes=[
            "“Everywhere” means that no community uses the columns, as one that trains with others "
            "sees what all have. Differences are paired by seed; intervals cover seeds and test "
            "people.",
        ],
    )


def _measured(one: Variant, job: Job, look: Look, home: Community, measure: str) -> Variant:
    first = variants(look)[0].setting
    change = None
    if one.setting != first:
        change = change_between(job, first, one.setting, home, measure)
    value = mean_of(trainings(job, one.setting), measure)
    return Variant(title=one.title, setting=one.setting, value=value, change=change)


def headline(look: Look, change: Difference | None) -> str:
    """Return what the columns would bring to home alone, in a sentence; "" while not there."""
    if change is None:
        return ""
    titles = columns(look.values)
    names = ", ".join(titles[one] for one in look.values["paper"].split("+") if one in titles)
    told = f"Typing in {names} changes what models of {look.here.home} alone reach by "
    told += f"{amount(change)} ({span(change)})"
    return f"{told}." if change.distinguishable else f"{told}, which cannot be told from none."


def typing_cost(look: Look) -> str:
    """Return what it takes to type the columns in, in a sentence."""
    chosen = [one for one in look.values["paper"].split("+") if one]
    rows = setting_cost(alone(look.here)).votes
    who = purse_of(look.values)
    prices = (who or purse("")).prices
    each = prices.entry_seconds or USUAL_SECONDS
    hours = rows * len(chosen) * each / HOUR
    spent = money(Range.exactly(hours * prices.wage))
    return (
        f"It takes {rows * len(chosen):,} values to type in, for {rows:,} people: {number(hours)} "
        f"hours of somebody's work at {number(each)} s a value, or {spent} at a wage of "
        f"{number(prices.wage)} an hour."
    )


def _by_way(look: Look, found: Sequence[Variant]) -> list[str]:
    """Return what training with others brings without the columns, in a sentence."""
    if len(found) < 3 or found[2].change is None or found[1].change is None:
        return []
    way, change = REMEDIES[look.here.remedy].title, found[2].change
    told = (
        f"With the columns on paper everywhere, “{way}” brings {amount(change)} ({span(change)}) "
    )
    told += f"over models of {look.here.home} alone"
    return [f"{told}." if change.distinguishable else f"{told}, which cannot be told from none."]


def picture(look: Look, found: Sequence[Variant], measure: str) -> Picture:
    """Return a row a setting on the scale of the measure."""
    known = [one.value for one in found if one.value is not None]
    constant = constant_level(report_people_of(look.here, look.here.home), measure)
    spread = [end for one in found for end in _around(one, found[0].value)]
    return Picture(
        title=f"{MEASURES[measure]} on home's own test people",
        columns=("Setting", MEASURES[measure], "Gain over paper, alone"),
        lines=[_line(one, found[0].value, measure) for one in found],
        ticks=ticks([*known, *spread, constant], measure),
        references=[(constant, CONSTANT)],
        legend=[("after", "mean over seeds"), ("bar", BAR)],
    )


def _around(one: Variant, base: float | None) -> tuple[float, ...]:
    """Return the ends of the difference's interval, drawn from the first row's value."""
    if one.change is None or base is None or one.change.interval is None:
        return ()
    sign = 1 if one.change.column == "accuracy" else -1
    return tuple(base + sign * end for end in one.change.interval)


def _line(one: Variant, base: float | None, measure: str) -> Line:
    if one.value is None:
        return Line(name=one.title, detail="not there yet")
    ends = sorted(_around(one, base)) or [None, None]
    mark = Mark(at=one.value, low=ends[0], high=ends[1], text=level(one.value, measure))
    told = (amount(one.change), span(one.change)) if one.change else ("", "")
    return Line(name=one.title, marks=[mark], value=told[0], detail=told[1], tone=tone(one.change))


def grid(found: Sequence[Variant], measure: str) -> Grid:
    """Return the numbers as a table of texts."""
    rows = [
        (
            one.title,
            "–" if one.value is None else level(one.value, measure),
            *((amount(one.change), span(one.change)) if one.change else ("–", "–")),
        )
        for one in found
    ]
    heads = ("Setting", MEASURES[measure], "Gain", "95 % interval")
    return Grid(caption="Columns on paper", columns=heads, rows=rows)


def numbers(found: Sequence[Variant], measure: str) -> "pd.DataFrame":
    """Return one row a setting: its measure, and what it differs by from the first."""
    import pandas as pd

    rows = []
    for one in found:
        low, high = (one.change.interval if one.change else None) or (None, None)
        gain = one.change.mean if one.change else None
        rows.append({"setting": one.title, measure: one.value, "gain": gain})
        rows[-1] |= {"gain_low": low, "gain_high": high}
    return pd.DataFrame(rows)


DIGITISATION = Part(
    name="digitisation",
    title="Columns on paper",
    question="What does it cost a community that it has not recorded some columns?",
    by_measure=True,
    settings=settings,
    panel=panel,
    selections=(PAPER,),
)
