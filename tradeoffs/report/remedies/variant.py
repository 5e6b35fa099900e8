"""Variants: a few settings at home side by side, each against the first of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tradeoffs.fronts.differences import Difference
from tradeoffs.jobs.job import Job
from tradeoffs.language.translation import say, translate
from tradeoffs.report.remedies.community_gain import (
    amount,
    change_between,
    level,
    mean_of,
    places,
    report_people_of,
    span,
    tone,
    trainings,
    with_span,
)
from tradeoffs.report.remedies.constant import CONSTANT, constant_level
from tradeoffs.report.remedies.panel import Grid, Line, Mark, Picture
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.scale import ticks
from tradeoffs.report.remedies.selections import MEASURES
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

BAR = "95 % interval of the difference to the first row"
NOTE = "Differences are paired by seed; intervals cover seeds and test people."


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """One of the settings that are compared.

    Attributes:
        title: of its row.
        setting: at home.
        value: mean of the measure; None while it is not there.
        change: against the first variant; None of that itself, or while it is not there.
    """

    title: str
    setting: Scenario
    value: float | None = None
    change: Difference | None = None


def measure_variants(some: Sequence[Variant], look: Look, job: Job) -> list[Variant]:
    """Return variants with what has arrived of them."""
    measure = look.values["measure"]
    home = next(one for one in places(look.here) if one.name == look.here.home)
    first, *others = some
    changes = [change_between(job, first.setting, o.setting, home, measure) for o in others]
    return [
        replace(one, value=mean_of(trainings(job, one.setting), measure), change=change)
        for one, change in zip(some, (None, *changes), strict=True)
    ]


def in_words(change: Difference) -> str:
    """Return a difference with its interval, and whether it can be told from none."""
    told = with_span(change)
    if change.distinguishable:
        return told
    return say("{change}, which cannot be told apart from zero", change=told)


def picture(look: Look, found: Sequence[Variant], against: str) -> Picture:
    """Return a row a variant on the scale of the measure.

    Args:
        look: whose home it is.
        found: from `measure_variants`.
        against: head of the differences, which says what the first variant is called.
    """
    measure = look.values["measure"]
    known = [one.value for one in found if one.value is not None]
    constant = constant_level(report_people_of(look.here, look.here.home), measure)
    spread = [end for one in found for end in _around(one, found[0].value)]
    return Picture(
        title=say("{measure} on home's own test people", measure=translate(MEASURES[measure])),
        columns=(say("Setting"), translate(MEASURES[measure]), against),
        lines=[_line(one, found[0].value, measure) for one in found],
        ticks=ticks([*known, *spread, constant], measure),
        references=[(constant, translate(CONSTANT))],
        legend=[("after", say("mean over seeds")), ("bar", translate(BAR))],
    )


def grid(look: Look, found: Sequence[Variant], caption: str) -> Grid:
    """Return the numbers as a table of texts."""
    measure = look.values["measure"]
    rows = [
        (
            one.title,
            "–" if one.value is None else level(one.value, measure),
            *((amount(one.change), span(one.change)) if one.change else ("–", "–")),
        )
        for one in found
    ]
    heads = (say("Setting"), translate(MEASURES[measure]), say("Difference"), say("95 % interval"))
    return Grid(caption=caption, columns=heads, rows=rows)


def numbers(look: Look, found: Sequence[Variant]) -> "pd.DataFrame":
    """Return one row a variant: its measure, and what it differs by from the first."""
    import pandas as pd

    rows = []
    for one in found:
        low, high = (one.change.interval if one.change else None) or (None, None)
        gain = one.change.mean if one.change else None
        rows.append({"setting": one.title, look.values["measure"]: one.value, "gain": gain})
        rows[-1] |= {"gain_low": low, "gain_high": high}
    return pd.DataFrame(rows)


def _around(one: Variant, base: float | None) -> tuple[float, ...]:
    """Return the ends of the difference's interval, drawn from the first row's value."""
    if one.change is None or base is None or one.change.interval is None:
        return ()
    sign = 1 if one.change.column == "accuracy" else -1
    return tuple(base + sign * end for end in one.change.interval)


def _line(one: Variant, base: float | None, measure: str) -> Line:
    if one.value is None:
        return Line(name=one.title, detail=say("not computed yet"))
    ends = sorted(_around(one, base)) or [None, None]
    mark = Mark(at=one.value, low=ends[0], high=ends[1], text=level(one.value, measure))
    told = (amount(one.change), span(one.change)) if one.change else ("", "")
    return Line(name=one.title, marks=[mark], value=told[0], detail=told[1], tone=tone(one.change))
