"""Votes: the same number of people's votes spent on many comments, or on few several times."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.label import YES
from tradeoffs.data.load import load_encoded, load_split
from tradeoffs.fields import SMALLEST_ROWS
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import list_text, localise
from tradeoffs.language.translation import say, translate
from tradeoffs.report.evaluation_people import decision_matrix, evaluation_people
from tradeoffs.report.remedies.constant import CONSTANT, constant_level
from tradeoffs.report.remedies.panel import Grid, Line, Mark, Panel, Picture, Tone
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.purse_selection import purse_of
from tradeoffs.report.remedies.scale import ticks
from tradeoffs.report.remedies.selection import Selection
from tradeoffs.report.resource_quantities import money
from tradeoffs.report.text import interval_points, number, percent, points, with_interval
from tradeoffs.resources.labels import votes as votes_of
from tradeoffs.resources.money import HOUR
from tradeoffs.resources.purse import purse
from tradeoffs.resources.range import Range
from tradeoffs.scenario import Scenario
from tradeoffs.stats.holm import rejections
from tradeoffs.stats.interval import p_value
from tradeoffs.stats.paired_means import mean
from tradeoffs.stats.two_way import people_error

if TYPE_CHECKING:
    import pandas as pd

TABLE, TRUTH = "wiki_toxicity", "toxic"  # the only table that keeps votes; all votes of a comment
HOW_MANY = ("toxic_1", "toxic_3", "toxic_5")
BUDGETS = (1_000, 2_000, 3_000, 6_000, 9_000)
NO_VOTES = "This table has one recorded answer for each person and no votes: {table} has votes."
READING = (
    "All models are measured against the majority of all votes on a comment (mostly ten), on test "
    "comments; intervals are over seeds and comments. Each row has its own interval; the sentences "
    "name only differences that are beyond chance with Holm's correction over all comparisons. The "
    "comments to be judged are drawn at random. Where a model asks about the comments it is unsure "
    "of, its training data no longer represent all comments, and no privacy budget covers the "
    "choice."
)

PANELS = (("toxic_women", "toxic_men"), ("toxic_strict", "toxic_lenient"))  # three votes each
WHOSE = tuple(label for pair in PANELS for label in pair)
Ends = Mapping[str, float]  # value, low and high; of what two models differ by its p-value too
Right = tuple[np.ndarray, np.ndarray]  # ids of comments, and (seeds, comments) who is right


@dataclass(frozen=True, kw_only=True, slots=True)
class PanelResult:
    """What models come to that a panel taught.

    Attributes:
        label: the panel's.
        rows: comments that were judged.
        accuracy: how often they agree with all votes; None while they are not there.
        change: against single votes, on the comments that both are measured on; None of these.
    """

    label: str
    rows: int
    accuracy: Ends | None = None
    change: Ends | None = None


VOTES_SPENT = Selection(
    name="votes",
    title="Paid votes",
    help="Each vote is one person's answer about one comment.",
    options=lambda at: tuple(map(str, BUDGETS)),
    words=lambda one, at: localise(f"{int(one):,}"),
    default=lambda at: str(BUDGETS[0]),
    shown=lambda at: at["dataset"] == TABLE,
)


def settings(look: Look) -> list[Scenario]:
    """Return a setting a panel, each with as many comments as the votes are enough for."""
    if look.here.dataset != TABLE:
        return []
    return [_setting(look, label) for label in (*HOW_MANY, *WHOSE)]


def _setting(look: Look, label: str) -> Scenario:
    most = dataset(TABLE).label(label).train_rows
    rows = min(int(look.values["votes"]) // votes_of(TABLE, label), most)
    return Scenario.of(
        dataset=TABLE,
        label=label,
        protected="author",
        rows=max(rows, SMALLEST_ROWS),
        width=look.here.width,
        epsilon=look.here.epsilon,
        mechanism=look.here.mechanism,
    )


def panel(look: Look, job: Job) -> Panel:
    """Return how well models do that each panel taught, of what has arrived."""
    if look.here.dataset != TABLE:
        return Panel(heading=say(NO_VOTES, table=dataset(TABLE).title))
    found = [panel_result(look, job, label) for label in (*HOW_MANY, *WHOSE)]
    return Panel(
        heading=headline(found[: len(HOW_MANY)]),
        picture=picture(found),
        sentences=[*whose(look, job), paid(look)],
        table=grid(found),
        numbers=lambda: numbers(found),
        notes=[
            translate(READING),
        ],
    )


def panel_result(look: Look, job: Job, label: str) -> PanelResult:
    """Return what the models of a panel come to, beside those of single votes."""
    one, single = _setting(look, label), _setting(look, HOW_MANY[0])
    mine = _right(job, one)
    if mine is None:
        return PanelResult(label=label, rows=one.rows)
    accuracy = mean(mine[1], np.full(mine[1].shape[1], True))
    base = None if label == HOW_MANY[0] else _right(job, single)
    change = _difference(mine, base) if base else None
    return PanelResult(label=label, rows=one.rows, accuracy=accuracy, change=change)


def _right(job: Job, setting: Scenario) -> Right | None:
    """Return for which test comments the models of each seed agree with all votes."""
    decided = job.decisions_of(setting)
    if not decided:
        return None
    people = evaluation_people(setting)
    found = decision_matrix(decided, sorted(decided), people.rows)
    return people.row_id, (found == _truth(people.row_id)).astype(float)


def _difference(mine: Right, base: Right) -> Ends | None:
    """Return how much more often models agree than others, on the comments that both have."""
    both, here, there = np.intersect1d(mine[0], base[0], return_indices=True)
    if len(mine[1]) != len(base[1]) or len(both) < 2:
        return None
    each = mine[1][:, here] - base[1][:, there]
    several = len(each) > 1
    p = p_value(each.mean(1), people_error(each)) if several else math.nan
    return {**mean(each, np.full(len(both), True)), "p": p}


def _truth(row_id: np.ndarray) -> np.ndarray:
    """Return the majority of all votes, bool (rows,)."""
    whole = load_encoded(TABLE)
    order = np.argsort(whole.row_id)
    rows = order[np.searchsorted(whole.row_id, row_id, sorter=order)]
    return whole.labels[TRUTH][rows] == YES


def headline(found: Sequence[PanelResult]) -> str:
    """Return whether votes are better spent on many comments, in a sentence."""
    known = [(one.label, one.change) for one in found if one.change]
    if not known:
        return ""
    sure = zip(known, _sure([change for _, change in known]), strict=True)
    apart = [(f"{votes_of(TABLE, label)}", change["value"]) for (label, change), ok in sure if ok]
    better = list_text([count for count, value in apart if value > 0], "or")
    worse = list_text([count for count, value in apart if value < 0], "or")
    if better and worse:
        return say(
            "{better} votes each on fewer comments give better models than one vote a comment, "
            "and {worse} votes give worse ones.",
            better=better,
            worse=worse,
        )
    if worse:
        return say(
            "One vote a comment gives better models than {worse} votes each on fewer comments.",
            worse=worse,
        )
    if better:
        return say(
            "{better} votes each on fewer comments give better models than one vote a comment.",
            better=better,
        )
    return say(
        "Models from many comments with few votes each and from few comments with many votes "
        "each cannot be told apart here."
    )


def whose(look: Look, job: Job) -> list[str]:
    """Return which of two panels' models agree more with all votes, in a sentence a pair."""
    right = {label: _right(job, _setting(look, label)) for label in WHOSE}
    known = [
        (one, other, change)
        for one, other in PANELS
        if (a := right[one]) and (b := right[other]) and (change := _difference(a, b))
    ]
    if len(known) < len(PANELS):
        return []
    sure = _sure([change for *_, change in known])
    return [_whose(*pair, apart) for pair, apart in zip(known, sure, strict=True)]


def _whose(one: str, other: str, change: Ends, apart: bool) -> str:
    values = {
        "one": _title(one),
        "other": _title(other),
        "change": f"{points(change['value'])} ({interval_points(change['low'], change['high'])})",
    }
    if not apart:
        return say(
            "Models that learn what is {one} and those that learn what is {other} cannot be told "
            "apart in how often they agree with all votes: {change}.",
            **values,
        )
    if change["value"] > 0:
        return say(
            "Models that learn what is {one} agree more often with all votes than those that "
            "learn what is {other}: {change}.",
            **values,
        )
    return say(
        "Models that learn what is {one} agree less often with all votes than those that learn "
        "what is {other}: {change}.",
        **values,
    )


def _sure(changes: Sequence[Ends]) -> list[bool]:
    """Return which of the changes stand when all of them are looked at together (Holm)."""
    return rejections(np.array([one["p"] for one in changes])).tolist()


def paid(look: Look) -> str:
    """Return what the votes cost, in a sentence."""
    who = purse_of(look.values)
    prices = (who or purse("")).prices
    count = int(look.values["votes"])
    hours = count * prices.label_seconds / HOUR
    return say(
        "{votes:,} votes at {seconds} s each take {hours} hours of work, or {spent} at a wage of "
        "{wage} an hour.",
        votes=count,
        seconds=number(prices.label_seconds),
        hours=number(hours),
        spent=money(Range.exactly(hours * prices.wage)),
        wage=number(prices.wage),
    )


def picture(found: Sequence[PanelResult]) -> Picture:
    """Return a row a panel: how often its models agree with all votes."""
    truth = load_split(TABLE, TRUTH).report
    constant = constant_level(truth, "accuracy")
    seen = [v for one in found if one.accuracy for v in one.accuracy.values()]
    heads = {
        HOW_MANY[0]: say("Votes on each comment"),
        WHOSE[0]: say("Whose votes (three on each comment)"),
    }
    return Picture(
        title=say("Agreement with the majority of all votes, on test comments"),
        columns=(say("Votes"), say("Agreement"), say("Against one vote a comment")),
        lines=[_line(one, heads.get(one.label, "")) for one in found],
        ticks=ticks([*seen, constant], "accuracy"),
        references=[(constant, translate(CONSTANT))],
        legend=[
            ("after", say("mean over seeds")),
            ("bar", say("95 % interval, over seeds and comments")),
        ],
    )


def _line(one: PanelResult, heading: str) -> Line:
    note = say("{rows:,} comments", rows=one.rows)
    if one.accuracy is None:
        detail = say("not computed yet")
        return Line(name=_title(one.label), note=note, detail=detail, heading=heading)
    ends = one.accuracy
    mark = Mark(
        at=ends["value"],
        low=ends["low"],
        high=ends["high"],
        text=_span(ends),
    )
    change = one.change
    return Line(
        name=_title(one.label),
        note=note,
        marks=[mark],
        value=points(change["value"]) if change else "",
        detail=interval_points(change["low"], change["high"]) if change else "",
        tone=_tone(change),
        heading=heading,
    )


def _tone(change: Ends | None) -> Tone:
    if change is None:
        return ""
    if change["low"] <= 0 <= change["high"]:
        return "alike"
    return "better" if change["value"] > 0 else "worse"


def grid(found: Sequence[PanelResult]) -> Grid:
    """Return the numbers as a table of texts."""
    rows = []
    for one in found:
        told = _span(one.accuracy) if one.accuracy else "–"
        change = one.change
        against = points(change["value"]) if change else "–"
        span = interval_points(change["low"], change["high"]) if change else "–"
        rows.append((_title(one.label), localise(f"{one.rows:,}"), told, against, span))
    heads = (
        say("Votes"),
        say("Comments"),
        say("Agreement"),
        say("Against one vote a comment"),
        say("95 % interval"),
    )
    return Grid(caption=say("Votes"), columns=heads, rows=rows)


def numbers(found: Sequence[PanelResult]) -> "pd.DataFrame":
    """Return one row a panel: votes, comments, agreement, and what it differs by."""
    import pandas as pd

    return pd.DataFrame(
        {"label": one.label, "votes": votes_of(TABLE, one.label), "comments": one.rows}
        | {f"accuracy_{name}": end for name, end in (one.accuracy or {}).items()}
        | {f"change_{name}": end for name, end in (one.change or {}).items()}
        for one in found
    )


def _span(ends: Ends) -> str:
    return with_interval(ends["value"], ends["low"], ends["high"], percent)


def _title(label: str) -> str:
    return dataset(TABLE).label(label).title


VOTES = Part(
    name="votes",
    title="Votes",
    question="Is a vote better spent on a new comment, or on one that already has a vote?",
    settings=settings,
    panel=panel,
    selections=(VOTES_SPENT,),
)
