"""Synthetic groups: what becomes of groups where people are drawn from published counts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tradeoffs.data.codebook_words import word
from tradeoffs.data.communities.catalogue import find_cut
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.participants import partnership
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import labelled, list_text, localise, quote
from tradeoffs.language.translation import say, translate
from tradeoffs.report.remedies.community_gain import report_people_of
from tradeoffs.report.remedies.panel import Grid, Kind, Line, Mark, Panel, Picture
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.scale import ticks
from tradeoffs.report.remedies.synthetic_shares import Group, Rate, groups
from tradeoffs.report.text import capital, percent, points, with_interval
from tradeoffs.report.titles import attribute, label
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.account import compose

if TYPE_CHECKING:
    import pandas as pd

TREE = "synthetic_tree"
WAYS: dict[str, Kind] = {"counts": "after", TREE: "other"}  # name -> its mark
CALLED = {"counts": "the table of counts", TREE: "the tree"}  # in a sentence
GAPS = {  # by how many ways are compared with real people
    1: (
        "Among real people, the gap between groups by “{attribute}” in the share with {answer} is "
        "{real}; it is {drawn} among people drawn from {way}."
    ),
    2: (
        "Among real people, the gap between groups by “{attribute}” in the share with {answer} is "
        "{real}; it is {drawn} among people drawn from {way} and {other_drawn} among people drawn "
        "from {other}."
    ),
}
READING = (
    "The real people are the {people:,} test people of the communities that take part; each "
    "community has the weight of the people it contributes to the counts. Bars are 95 % intervals: "
    "for real people over the sample, for synthetic people over draws of the training data and of "
    "the noise. A synthetic person is not a real one, so no membership is inferred for them."
)
NOBODY = 0.0005  # share of drawn people from which a group that no real person is in is told


def ways(look: Look) -> dict[str, Scenario | str]:
    """Return the settings that publish counts, or why one is not possible."""
    found: dict[str, Scenario | str] = {}
    for name in WAYS:
        own = look.here.remedy == name
        setting = look.here if own else look.here.but(remedy=name, dial=None, provider="others")
        try:
            found[name] = resolve(setting).scenario
        except InvalidInput as refusal:
            found[name] = str(refusal)
    return found


def settings(look: Look) -> list[Scenario]:
    """Return the settings that are possible and whose people have the protected column."""
    if not _seen(look):
        return []
    return [one for one in ways(look).values() if isinstance(one, Scenario)]


def panel(look: Look, job: Job) -> Panel:
    """Return how groups look among drawn people, of what has arrived."""
    possible = {name: one for name, one in ways(look).items() if isinstance(one, Scenario)}
    refused = [one for one in ways(look).values() if isinstance(one, str)]
    if not _seen(look):
        return Panel(heading=_unseen(look))
    if not possible:
        return Panel(heading=refused[0], sentences=refused[1:])
    own = partnership(next(iter(possible.values())))
    people = [report_people_of(look.here, name) for name in own.names]
    found = groups(job, possible, people, own.rows.tolist())
    return Panel(
        heading=headline(found, look),
        picture=picture(found, look),
        sentences=[*sentences(found, look), *_both_spend(possible), *refused],
        grids=[grid(found, private=look.here.epsilon is not None)],
        notes=[
            say(READING, people=sum(one.people for one in found)),
        ],
        numbers=lambda: numbers(found),
    )


def headline(found: Sequence[Group], look: Look) -> str:
    """Return how far groups' base rates lie apart among real and drawn people, in a sentence."""
    known = [one for one in found if one.base_rate and len(one.drawn) == len(_arrived(found))]
    if len(known) < 2 or not _arrived(found):
        return ""
    real = _spread([one.base_rate for one in known])
    ways_ = _arrived(found)
    drawn = [_unsigned(_spread([one.drawn[way].base_rate for one in known])) for way in ways_]
    return say(
        GAPS[len(ways_)],
        attribute=attribute(look.here),
        answer=_answer(look),
        real=_unsigned(real),
        drawn=drawn[0],
        way=_called(ways_[0]),
        other_drawn=drawn[-1],
        other=_called(ways_[-1]),
    )


def _unsigned(gap: float) -> str:
    return points(gap).lstrip("+")


def _called(way: str) -> str:
    return translate(CALLED[way])


def sentences(found: Sequence[Group], look: Look) -> list[str]:
    """Return for each way how many groups' base rates changed, and what became of the smallest."""
    told = []
    for way in _arrived(found):
        known = [one.drawn[way].base_rate for one in found if one.base_rate and way in one.drawn]
        apart = [rate.apart for rate in known if rate and rate.apart is not None]
        if apart:
            told.append(_apart(way, sum(apart), len(apart)))
    there = [one for one in found if one.people]
    if told and there:
        told += [_smallest(there[-1], way, look) for way in _arrived(found)]
        told += [_nobody(one, way, look) for one in found for way in one.drawn if not one.people]
    return [text for text in told if text]


def _apart(way: str, apart: int, groups_: int) -> str:
    """Return how many groups have another base rate among drawn people than among real ones."""
    name = capital(_called(way))
    if not apart:
        return say(
            "{way} gives none of {groups} groups a base rate that differs from real people's by "
            "more than chance explains, each group judged by its own interval.",
            way=name,
            groups=groups_,
        )
    return say(
        "{way} gives {apart} of {groups} groups a base rate that differs from real people's by "
        "more than chance explains, each group judged by its own interval.",
        way=name,
        apart=apart,
        groups=groups_,
    )


def _smallest(one: Group, way: str, look: Look) -> str:
    """Return how large the smallest group is among drawn people."""
    drawn = one.drawn[way]
    real, synthetic = _text(one.share), _text(drawn.share)
    told = [
        say(
            "The smallest group, {group}, makes up {real} of real people and {synthetic} of those "
            "drawn from {way}.",
            group=word(one.name),
            real=real,
            synthetic=synthetic,
            way=_called(way),
        )
    ]
    if drawn.share.apart is False:
        told.append(say("These two shares cannot be told apart."))
    if look.here.epsilon is not None:
        told.append(
            say(
                "If negative counts had been set to 0, the second share would be {clipped}.",
                clipped=_text(drawn.clipped),
            )
        )
    return " ".join(told)


def _nobody(one: Group, way: str, look: Look) -> str:
    share = one.drawn[way].share.value
    if share < NOBODY:
        return ""
    return say(
        "{share} of the people drawn from {way} have “{group}” for “{attribute}”; no real person "
        "here does.",
        share=percent(share),
        way=_called(way),
        group=word(one.name),
        attribute=attribute(look.here),
    )


def _both_spend(possible: Mapping[str, Scenario]) -> list[str]:
    """Return what a community's people lose that publishes all that is shown, in a sentence."""
    accounts = [
        account
        for one in possible.values()
        if (account := partnership(one).accounts[partnership(one).names.index(one.home)])
    ]
    if len(accounts) < 2:
        return []
    together = compose(accounts)
    each = [localise(f"{one.epsilon_spent:.3g}") for one in accounts]
    return [
        say(
            "Each way is shown by itself, at an epsilon of {each}. A community that publishes both "
            "spends an epsilon of {together:.3g} in total (delta {delta:g}).",
            each=list_text(list(dict.fromkeys(each))),
            together=together.epsilon_spent,
            delta=together.delta,
        )
    ]


def picture(found: Sequence[Group], look: Look) -> Picture:
    """Return a row a group with its base rate among real and drawn people."""
    lines = [_line(one) for one in found if one.people]
    seen = [at for line in lines for mark in line.marks for at in (mark.at, mark.low, mark.high)]
    return Picture(
        title=say("Share with {answer} (base rate)", answer=_answer(look)),
        columns=(say("Group"), say("Base rate"), say("The tree, compared with real people")),
        lines=lines,
        ticks=ticks([at for at in seen if at is not None], "accuracy"),
        legend=[
            ("before", say("real people")),
            *((kind, _drawn_from(way)) for way, kind in WAYS.items()),
            ("bar", say("95 % interval")),
        ],
    )


def _drawn_from(way: str) -> str:
    return say("drawn from {way}", way=_called(way))


def _line(one: Group) -> Line:
    note = say("{people:,} real people", people=one.people)
    if one.base_rate is None:
        return Line(name=word(one.name), note=note, detail=say("too few real people to measure"))
    marks = [_mark(one.base_rate, say("real people"), "before")]
    for way, kind in WAYS.items():
        if way in one.drawn and (rate := one.drawn[way].base_rate):
            marks.append(_mark(rate, _drawn_from(way), kind))
    tree = one.drawn[TREE].base_rate if TREE in one.drawn else None
    if tree is None:
        return Line(name=word(one.name), note=note, marks=marks)
    return Line(
        name=word(one.name),
        note=note,
        marks=marks,
        value=points(tree.value - one.base_rate.value),
        detail=say("cannot be told apart") if tree.apart is False else "",
    )


def _mark(rate: Rate, who: str, kind: Kind) -> Mark:
    low, high = _within(rate.ends) if rate.ends else (None, None)
    return Mark(
        at=rate.value,
        low=low,
        high=high,
        kind=kind,
        text=labelled(who, _text(rate)),
    )


def grid(found: Sequence[Group], *, private: bool) -> Grid:
    """Return how large each group is among real and drawn people.

    Args:
        found: the groups.
        private: whether there is noise, which makes counts negative.
    """
    arrived = _arrived(found)
    heads = [head for way in arrived for head in _heads(way)[: 1 + private]]
    rows = []
    for one in found:
        cells = [one.drawn[way] for way in arrived if way in one.drawn]
        told = [_text(rate) for cell in cells for rate in (cell.share, cell.clipped)[: 1 + private]]
        rows.append((word(one.name), _text(one.share), *told))
    columns = (say("Group"), say("Real people"), *heads)
    return Grid(caption=say("Share of all people"), columns=columns, rows=rows)


def _heads(way: str) -> tuple[str, str]:
    """Return the heads of a way's columns: its counts as they are, and none below 0."""
    name = capital(_called(way))
    return name, say("{way}, negative counts set to 0", way=name)


def numbers(found: Sequence[Group]) -> "pd.DataFrame":
    """Return the rates as a table, one row a group and kind of people."""
    import pandas as pd

    rows = []
    for one in found:
        kinds = {"real": (one.share, one.base_rate)}
        for way, own in one.drawn.items():
            kinds |= {way: (own.share, own.base_rate), f"{way}, clipped": (own.clipped, None)}
        for people, rates in kinds.items():
            row: dict[str, object] = {"group": one.name, "people": people}
            for name, rate in zip(("share", "base_rate"), rates, strict=True):
                low, high = (rate and rate.ends) or (None, None)
                row |= {name: rate and rate.value, f"{name}_low": low, f"{name}_high": high}
            rows.append(row)
    return pd.DataFrame(rows)


def _arrived(found: Sequence[Group]) -> list[str]:
    return [way for way in WAYS if any(way in one.drawn for one in found)]


def _spread(rates: Sequence[Rate | None]) -> float:
    values = [rate.value for rate in rates if rate]
    return max(values) - min(values)


def _text(rate: Rate) -> str:
    if rate.ends is None:
        return percent(rate.value)
    return with_interval(rate.value, *_within(rate.ends), percent)


def _within(ends: tuple[float, float]) -> tuple[float, float]:
    """Return the part of an interval over draws that a share can have."""
    return max(ends[0], 0.0), min(ends[1], 1.0)


def _answer(look: Look) -> str:
    """Return the positive answer in words."""
    entry, _ = find_cut(look.here.dataset, look.here.communities)
    told = quote(label(look.here).title)
    if entry.kind != "values":
        return told
    return say("{answer}, as each community means it", answer=told)


def _columns(look: Look) -> list[str]:
    """Return the protected attributes that models see as a column."""
    people = report_people_of(look.here, look.here.home)
    seen = [one.name for one in people.features if one.name not in look.here.hide]
    return [name for name in people.protected if name in seen]


def _seen(look: Look) -> bool:
    return look.here.protected in _columns(look)


def _unseen(look: Look) -> str:
    others = [attribute(look.here, name) for name in _columns(look)]
    told = say(
        "Models do not see “{attribute}” here, so it is not among the published counts and "
        "synthetic people do not have it.",
        attribute=attribute(look.here),
    )
    if not others:
        return told
    advice = say("Compare groups by {attributes} to see them.", attributes=list_text(others, "or"))
    return f"{told} {advice}"


SYNTHETIC_GROUPS = Part(
    name="synthetic_groups",
    title="Synthetic people",
    question=(
        "Communities publish noisy counts, and synthetic people are drawn from them: what "
        "happens to groups?"
    ),
    settings=settings,
    panel=panel,
)
