"""Synthetic groups: what becomes of groups where people are drawn from published counts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tradeoffs.data.communities.catalogue import find_cut
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.participants import partnership
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.job import Job
from tradeoffs.report.remedies.community_gain import report_people_of
from tradeoffs.report.remedies.panel import Grid, Kind, Line, Mark, Panel, Picture
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.scale import ticks
from tradeoffs.report.remedies.synthetic_shares import Group, Rate, groups
from tradeoffs.report.text import percent, points, with_interval
from tradeoffs.report.titles import attribute, label
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.account import compose

if TYPE_CHECKING:
    import pandas as pd

TREE = "synthetic_tree"
WAYS: dict[str, tuple[str, Kind]] = {  # name -> in a sentence, and its mark
    "counts": ("the table of counts", "after"),
    TREE: ("the tree", "other"),
}
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
            (
                f"The real people are the {sum(one.people for one in found):,} test people of "
                "the communities that take part; each community has the weight of the people it "
                "contributes to the counts. Bars are 95 % intervals: for real people over the "
                "sample, for synthetic people over draws of the training data and of the noise. "
                "A synthetic person is not a real one, so no membership is inferred for them."
            ),
        ],
        numbers=lambda: numbers(found),
    )


def headline(found: Sequence[Group], look: Look) -> str:
    """Return how far groups' base rates lie apart among real and drawn people, in a sentence."""
    known = [one for one in found if one.base_rate and len(one.drawn) == len(_arrived(found))]
    if len(known) < 2 or not _arrived(found):
        return ""
    real = _spread([one.base_rate for one in known])
    drawn = [
        f"{points(_spread([one.drawn[way].base_rate for one in known])).lstrip('+')} "
        f"among people drawn from {WAYS[way][0]}"
        for way in _arrived(found)
    ]
    return (
        f"Among real people, the gap between groups by “{attribute(look.here)}” in the share "
        f"with {_answer(look)} is {points(real).lstrip('+')}; it is {' and '.join(drawn)}."
    )


def sentences(found: Sequence[Group], look: Look) -> list[str]:
    """Return for each way how many groups' base rates changed, and what became of the smallest."""
    told = []
    for way in _arrived(found):
        known = [one.drawn[way].base_rate for one in found if one.base_rate and way in one.drawn]
        apart = [rate.apart for rate in known if rate and rate.apart is not None]
        if apart:
            told.append(
                f"{_capital(WAYS[way][0])} gives {sum(apart) or 'none'} of {len(apart)} "
                "groups a base rate that differs from real people's by more than chance "
                "explains, each group judged by its own interval."
            )
    there = [one for one in found if one.people]
    if told and there:
        told += [_smallest(there[-1], way, look) for way in _arrived(found)]
        told += [_nobody(one, way, look) for one in found for way in one.drawn if not one.people]
    return [text for text in told if text]


def _smallest(one: Group, way: str, look: Look) -> str:
    """Return how large the smallest group is among drawn people."""
    drawn = one.drawn[way]
    real, synthetic = _text(one.share), _text(drawn.share)
    told = (
        f"The smallest group, {one.name}, makes up {real} of real people and {synthetic} of those "
        f"drawn from {WAYS[way][0]}."
    )
    if drawn.share.apart is False:
        told += " These two shares cannot be told apart."
    if look.here.epsilon is None:
        return told
    clipped = _text(drawn.clipped)
    return f"{told} If negative counts had been set to 0, the second share would be {clipped}."


def _nobody(one: Group, way: str, look: Look) -> str:
    share = one.drawn[way].share.value
    if share < NOBODY:
        return ""
    return (
        f"{percent(share)} of the people drawn from {WAYS[way][0]} have “{one.name}” for "
        f"“{attribute(look.here)}”; no real person here does."
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
    each = " and ".join(dict.fromkeys(f"{one.epsilon_spent:.3g}" for one in accounts))
    return [
        (
            f"Each way is shown by itself, at an epsilon of {each}. A community that "
            f"publishes both spends an epsilon of {together.epsilon_spent:.3g} in total "
            f"(delta {together.delta:g})."
        )
    ]


def picture(found: Sequence[Group], look: Look) -> Picture:
    """Return a row a group with its base rate among real and drawn people."""
    lines = [_line(one) for one in found if one.people]
    seen = [at for line in lines for mark in line.marks for at in (mark.at, mark.low, mark.high)]
    return Picture(
        title=f"Share with {_answer(look)} (base rate)",
        columns=("Group", "Base rate", "The tree, compared with real people"),
        lines=lines,
        ticks=ticks([at for at in seen if at is not None], "accuracy"),
        legend=[
            ("before", "real people"),
            *((kind, f"drawn from {called}") for called, kind in WAYS.values()),
            ("bar", "95 % interval"),
        ],
    )


def _line(one: Group) -> Line:
    note = f"{one.people:,} real people"
    if one.base_rate is None:
        return Line(name=one.name, note=note, detail="too few real people to measure")
    marks = [_mark(one.base_rate, "real people", "before")]
    for way, (called, kind) in WAYS.items():
        if way in one.drawn and (rate := one.drawn[way].base_rate):
            marks.append(_mark(rate, f"drawn from {called}", kind))
    tree = one.drawn[TREE].base_rate if TREE in one.drawn else None
    if tree is None:
        return Line(name=one.name, note=note, marks=marks)
    return Line(
        name=one.name,
        note=note,
        marks=marks,
        value=points(tree.value - one.base_rate.value),
        detail="cannot be told apart" if tree.apart is False else "",
    )


def _mark(rate: Rate, who: str, kind: Kind) -> Mark:
    low, high = _within(rate.ends) if rate.ends else (None, None)
    return Mark(at=rate.value, low=low, high=high, kind=kind, text=f"{who}: {_text(rate)}")


def grid(found: Sequence[Group], *, private: bool) -> Grid:
    """Return how large each group is among real and drawn people.

    Args:
        found: the groups.
        private: whether there is noise, which makes counts negative.
    """
    arrived = _arrived(found)
    heads = [
        f"{_capital(WAYS[way][0])}{more}"
        for way in arrived
        for more in ("", ", negative counts set to 0")[: 1 + private]
    ]
    rows = []
    for one in found:
        cells = [one.drawn[way] for way in arrived if way in one.drawn]
        told = [_text(rate) for cell in cells for rate in (cell.share, cell.clipped)[: 1 + private]]
        rows.append((one.name, _text(one.share), *told))
    return Grid(caption="Share of all people", columns=("Group", "Real people", *heads), rows=rows)


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
    told = f"“{label(look.here).title}”"
    return f"{told}, as each community means it" if entry.kind == "values" else told


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _columns(look: Look) -> list[str]:
    """Return the protected attributes that models see as a column."""
    people = report_people_of(look.here, look.here.home)
    seen = [one.name for one in people.features if one.name not in look.here.hide]
    return [name for name in people.protected if name in seen]


def _seen(look: Look) -> bool:
    return look.here.protected in _columns(look)


def _unseen(look: Look) -> str:
    others = [attribute(look.here, name) for name in _columns(look)]
    told = (
        f"Models do not see “{attribute(look.here)}” here, so it is not among the published "
        "counts and synthetic people do not have it."
    )
    return f"{told} Compare groups by {' or '.join(others)} to see them." if others else told


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
