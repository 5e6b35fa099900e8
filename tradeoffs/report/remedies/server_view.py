"""What the server sees: what split learning's server can tell of people who stay at home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.attacks.split_leakage import KNOWN
from tradeoffs.data.codebook_words import word
from tradeoffs.jobs.job import Job
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.community_gain import people_of, places
from tradeoffs.report.remedies.panel import Grid, Line, Mark, Panel, Picture
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.scale import ticks
from tradeoffs.report.remedies.selection import Selection
from tradeoffs.report.resource_quantities import size
from tradeoffs.report.text import capital, percent, with_interval
from tradeoffs.report.titles import attribute
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import Estimate, estimate

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = {  # by the way of split learning that is looked at
    "split": (
        "With “{way}” labels are sent to the server. If they stayed at home, the direction of the "
        "gradients would still show the server which of two people has which label {share} of "
        "the time."
    ),
    "split_labels_at_home": (
        "With “{way}” labels stay at home, but the direction of the gradients shows the server "
        "which of two people with different labels has which {share} of the time."
    ),
}
ABSENT = "not computed yet, or too few people"
CHANCE = 0.5  # of telling which of two is which without looking
WIDTHS = ("4", "8", "16", "32")
TRAFFIC = (
    "{home} and the server exchanged {moved} in training, and exchange {decision} at every "
    "decision."
)
BAR = "95 % interval, over draws of people"
COLUMNS = (
    "From {width} numbers for each person, the server guesses {told} of the values of people it "
    "does not know; the most frequent value is right {without} of the time."
)
GROUP = (
    "For two people of different groups ({attribute}), it recognises who belongs to which group "
    "{told} of the time; from the score alone, which it needs in order to decide, {without}."
)
READING = (
    "The models are trained by {count} communities with {people:,} people in total, without a "
    "privacy budget: this way is not possible with one. The server is assumed to follow the "
    "protocol and to know {known} of the people. It guesses from the cosine of gradients, and by "
    "least squares from what it is sent. Where it is right less than half of the time, it would do "
    "better to guess the opposite."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """One thing that the server guesses, as a share that it gets right.

    Attributes:
        name: what it is.
        of: from what.
        told: from what is sent; None while it is not there, or where too few are left to tell.
        without: by guessing, or from what any server would see.
        pairs: whether it tells which of two is which, so that it could guess the other way round.
    """

    name: str
    of: str
    told: Estimate | None
    without: float | None
    pairs: bool = True

    @property
    def reverse(self) -> str:
        """How often it is right the other way round, where that is more often; else ""."""
        if self.told is None or not self.pairs or self.told.mean >= CHANCE:
            return ""
        return say("the opposite guess: {share}", share=percent(1 - self.told.mean))


def settings(look: Look) -> list[Scenario]:
    """Return split learning at home, cut at the chosen width."""
    return [split_setting(look)]


def split_setting(look: Look) -> Scenario:
    """Return the setting of split learning that is looked at; of labels at home for other ways."""
    open_ones = {"dial": None, "provider": "others", "epsilon": None, "own_epsilon": ()}
    width = int(look.values[CUT_WIDTH.name])
    way = look.here.remedy if look.here.remedy in HEADINGS else "split_labels_at_home"
    return look.here.but(remedy=way, width=width, **open_ones)


def panel(look: Look, job: Job) -> Panel:
    """Return what the server can tell, of what has arrived."""
    here = split_setting(look)
    seen = [one.measurement.training_numbers for one in job.results_of(here)]
    found = guesses(here, seen)
    return Panel(
        heading=headline(found[0], here.remedy),
        picture=picture(found),
        sentences=[*sentences(found, here), *traffic(here, seen)],
        table=grid(found),
        notes=[reading(here)],
        numbers=lambda: numbers(found, here.width),
    )


def guesses(here: Scenario, seen: Sequence[Mapping[str, float]]) -> list[Guess]:
    """Return what is guessed, with its mean over seeds.

    Args:
        here: the setting.
        seen: what training told of each seed, by name of the column.
    """

    def over_seeds(name: str) -> Estimate | None:
        values = [one[f"leak_{name}"] for one in seen if f"leak_{name}" in one]
        return _within(estimate(np.array(values))) if values else None

    def mean(name: str) -> float | None:
        found = over_seeds(name)
        return found.mean if found else None

    group, of = attribute(here), f"[{here.protected}]"
    return [
        Guess(
            name=say("The label"),
            of=say("the direction of the gradient"),
            told=over_seeds("label_by_direction"),
            without=CHANCE,
        ),
        Guess(
            name=say("The label"),
            of=say("the length of the gradient"),
            told=over_seeds("label_by_norm"),
            without=CHANCE,
        ),
        Guess(
            name=capital(group),
            of=say("the cut layer"),
            told=over_seeds(f"group{of}"),
            without=mean(f"group_by_score{of}"),
        ),
        Guess(
            name=say("Values of columns"),
            of=say("the cut layer"),
            told=over_seeds("columns"),
            without=mean("columns_by_guess"),
            pairs=False,
        ),
    ]


def _within(share: Estimate) -> Estimate:
    """Return a share whose interval ends where shares end."""
    if share.interval is None:
        return share
    low, high = share.interval
    return replace(share, interval=(max(low, 0.0), min(high, 1.0)))


def headline(label: Guess, way: str) -> str:
    """Return how well labels are told by a way of split learning, in a sentence."""
    if label.told is None:
        return ""
    return say(HEADINGS[way], way=REMEDIES[way].title, share=percent(label.told.mean))


def sentences(found: Sequence[Guess], here: Scenario) -> list[str]:
    """Return what is told of columns and groups."""
    _, _, group, columns = found
    told = []
    if columns.told and columns.without is not None:
        shares = _shares(columns.told, columns.without)
        told.append(say(COLUMNS, width=here.width, **shares))
    if group.told and group.without is not None:
        shares = _shares(group.told, group.without)
        told.append(say(GROUP, attribute=attribute(here), **shares))
    return told


def _shares(told: Estimate, without: float) -> dict[str, str]:
    return {"told": percent(told.mean), "without": percent(without)}


def traffic(here: Scenario, seen: Sequence[Mapping[str, float]]) -> list[str]:
    """Return how much crosses between home and the server, which is the same for all seeds."""
    if not seen:
        return []
    moved, decision = size(seen[0]["bytes"]), size(seen[0]["bytes_a_decision"])
    return [say(TRAFFIC, home=word(here.home), moved=moved, decision=decision)]


def reading(here: Scenario) -> str:
    """Return who is trained on, and what the server is taken to know."""
    who = places(here)
    people = sum(people_of(here, one) for one in who if one.measurable)
    count = sum(one.measurable for one in who)
    return say(READING, count=count, people=people, known=percent(KNOWN, 0))


def picture(found: Sequence[Guess]) -> Picture:
    """Return a row a guess, from what it would be without what is sent."""
    marks = [mark for one in found for mark in _marks(one)]
    ends = [end for mark in marks for end in (mark.at, *_ends(mark)) if end is not None]
    return Picture(
        title=say("How often the server is right"),
        columns=(say("What it guesses"), say("Right"), say("With what is sent")),
        lines=[_line(one) for one in found],
        ticks=ticks([CHANCE, 1.0, *ends], "accuracy"),
        legend=[
            ("before", say("without what is sent")),
            ("after", say("with what is sent")),
            ("bar", translate(BAR)),
        ],
    )


def grid(found: Sequence[Guess]) -> Grid:
    """Return the numbers as a table of texts."""
    rows = [
        (
            one.name,
            one.of,
            _words(one.told),
            translate(ABSENT) if one.without is None else percent(one.without),
        )
        for one in found
    ]
    heads = (
        say("What it guesses"),
        say("From what"),
        say("Right (95 % interval)"),
        say("Right without it"),
    )
    return Grid(caption=say("What the server can guess"), columns=heads, rows=rows)


def numbers(found: Sequence[Guess], width: int) -> "pd.DataFrame":
    """Return one row a guess, with its interval over draws of people."""
    import pandas as pd

    rows = []
    for one in found:
        ends = (one.told.interval if one.told else None) or (None, None)
        mean = one.told.mean if one.told else None
        rows.append(
            {"guess": one.name, "from": one.of, "width": width, "right": mean}
            | {"right_low": ends[0], "right_high": ends[1], "right_without": one.without}
        )
    return pd.DataFrame(rows)


def _line(one: Guess) -> Line:
    return Line(
        name=say("{guess}, from {source}", guess=one.name, source=one.of),
        note=one.reverse,
        marks=_marks(one),
        value=percent(one.told.mean) if one.told else "",
        detail=_span(one.told) if one.told else translate(ABSENT),
    )


def _span(told: Estimate) -> str:
    if told.interval is None:
        return say("one draw of people so far")
    low, high = map(percent, told.interval)
    return say("{low} to {high}", low=low, high=high)


def _marks(one: Guess) -> list[Mark]:
    if one.told is None or one.without is None:
        return []
    low, high = one.told.interval or (None, None)
    told = say("{share} right with what is sent", share=percent(one.told.mean))
    before = say("{share} right without it", share=percent(one.without))
    return [
        Mark(at=one.without, text=before, kind="before"),
        Mark(at=one.told.mean, low=low, high=high, text=told),
    ]


def _ends(mark: Mark) -> tuple[float | None, float | None]:
    return mark.low, mark.high


def _words(told: Estimate | None) -> str:
    if told is None:
        return translate(ABSENT)
    if told.interval is None:
        return percent(told.mean)
    return with_interval(told.mean, *told.interval, percent)


CUT_WIDTH = Selection(
    name="cut",
    title="Width of the cut layer",
    help="How many numbers for each person are sent to the server at every step and decision.",
    options=lambda at: WIDTHS,
    words=lambda one, at: one,
    default=lambda at: "16",
    ends=lambda at: (say("few numbers"), say("many numbers")),
)
SERVER_VIEW = Part(
    name="server_view",
    title="What a server sees",
    question="What can the server of split learning find out about people whose records stay home?",
    settings=settings,
    panel=panel,
    selections=(CUT_WIDTH,),
)
