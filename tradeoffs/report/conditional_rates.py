"""Conditional rates: how often groups get the favourable answer within each level of a column.

Groups that differ in a column differ in their rates where the column counts.  Whether it may count
is a choice; this tells what is left of a difference where it is equal.

Source: Kamiran, Zliobaite, Calders 2013, doi 10.1007/s10115-012-0584-8; the standardised difference
weighs each level as many people as there are in it (direct standardisation).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.data.codebook_words import word, words
from tradeoffs.data.distribution import Distribution
from tradeoffs.data.table import Table
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say
from tradeoffs.report.charts.bar_panel import BarPanel
from tradeoffs.report.control_levels import Levels
from tradeoffs.report.text import interval_ends, percent, points, with_interval
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.proportions import SMALLEST_CELL, share
from tradeoffs.stats.two_shares import Interval, ratio
from tradeoffs.stats.two_way import effective_size, influence, influence_error

Cell = tuple[str, str]  # level and group
UNKNOWN = Interval(math.nan, math.nan, math.nan)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """One group at one level.

    Attributes:
        level: its name; "" for all levels together.
        group: its name.
        people: how many.
        rate: share with the favourable answer; NaN of fewer than SMALLEST_CELL people.
        difference: minus the rate of the reference group at the same level; NaN where one of them
            cannot be told, 0 of the reference group itself.
        ratio: the same, divided.
    """

    level: str
    group: str
    people: int
    rate: Interval
    difference: Interval
    ratio: Interval


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionalRates:
    """Rates within the levels of a column.

    Attributes:
        control: title of the column.
        reference: the group that the others are compared with.
        rates: of all levels together first, then level by level.
        standardised: group -> difference at equal levels; NaN where no level has enough people of
            both groups.
        covered: group -> share of its people at the levels that the difference is of.
    """

    control: str
    reference: str
    rates: tuple[Rate, ...]
    standardised: dict[str, Interval]
    covered: dict[str, float]


def conditional_rates(
    people: Table, favourable: np.ndarray, protected: str, levels: Levels, reference: str
) -> ConditionalRates:
    """Return the rates of groups within levels.

    Args:
        people: who is decided about.
        favourable: (seeds, rows) bool, who gets the favourable answer.
        protected: attribute or crossing.
        levels: of the control column.
        reference: one of the groups.
    """
    cells, weights = _cells(people, protected, levels), people.sample_weight
    shares = {key: _share(favourable, cell, weights) for key, cell in cells.items()}
    others = [group for level, group in cells if not level and group != reference]
    standardised, covered = {}, {}
    for group in others:
        kept = [
            level
            for level in levels.names
            if not math.isnan(shares[level, group].value + shares[level, reference].value)
        ]
        pairs = [(cells[level, group], cells[level, reference]) for level in kept]
        sizes = [_size(levels.codes == levels.names.index(level), weights) for level in kept]
        standardised[group] = _standardised(favourable, pairs, sizes, weights)
        covered[group] = sum(own.sum() for own, _ in pairs) / cells["", group].sum()
    return ConditionalRates(
        control=levels.title,
        reference=reference,
        rates=tuple(_rate(key, cells, shares, reference, favourable, weights) for key in cells),
        standardised=standardised,
        covered=covered,
    )


def _cells(people: Table, protected: str, levels: Levels) -> dict[Cell, np.ndarray]:
    """Return (rows,) bool: who is of a group at a level, all levels together first."""
    codes, names = people.group_of(protected)
    groups = {name: codes == code for code, name in enumerate(names) if (codes == code).any()}
    parts = {"": np.ones(people.rows, dtype=bool)}
    parts |= {name: levels.codes == code for code, name in enumerate(levels.names)}
    return {(at, name): part & own for at, part in parts.items() for name, own in groups.items()}


def _size(part: np.ndarray, weights: np.ndarray | None) -> float:
    return float(part.sum() if weights is None else weights[part].sum())


def _rate(
    key: Cell,
    cells: Mapping[Cell, np.ndarray],
    shares: Mapping[Cell, Interval],
    reference: str,
    favourable: np.ndarray,
    weights: np.ndarray | None,
) -> Rate:
    level, group = key
    other = level, reference
    apart = part = UNKNOWN
    if not math.isnan(shares[key].value + shares[other].value):
        if group == reference:  # no chance is in it
            apart, part = (Interval(exact, math.nan, math.nan) for exact in (0.0, 1.0))
        else:
            apart = _standardised(favourable, [(cells[key], cells[other])], [1.0], weights)
            part = ratio(shares[key], shares[other]) if shares[other].value else UNKNOWN
    return Rate(
        level=level,
        group=group,
        people=int(cells[key].sum()),
        rate=shares[key],
        difference=apart,
        ratio=part,
    )


def _share(favourable: np.ndarray, cell: np.ndarray, weights: np.ndarray | None) -> Interval:
    own = None if weights is None else weights[cell]
    if cell.sum() < SMALLEST_CELL:
        return UNKNOWN
    if len(favourable) < 2:  # one training has no interval
        return Interval(float(np.average(favourable[0, cell], weights=own)), math.nan, math.nan)
    return Interval(*share(favourable[:, cell], own)[:3])


def _standardised(
    favourable: np.ndarray,
    pairs: Sequence[tuple[np.ndarray, np.ndarray]],
    sizes: Sequence[float],
    weights: np.ndarray | None,
) -> Interval:
    """Return the difference at equal levels; how many people are at each level is held.

    What seeds do to both groups alike cancels.  Where all decisions are alike a rate is as
    uncertain as one more person of the group makes it.

    Args:
        favourable: (seeds, rows) bool.
        pairs: of each level (rows,) bool: the group, and the reference group.
        sizes: of each level, everybody at it.
        weights: (rows,) survey weights.
    """
    if not pairs:
        return UNKNOWN
    values, pulls, least = np.zeros(len(favourable)), np.zeros(favourable.shape), 0.0
    for size, pair in zip(sizes, pairs, strict=True):
        for sign, cell in zip((1, -1), pair, strict=True):
            own, part = (None if weights is None else weights[cell]), sign * size / sum(sizes)
            values += part * np.average(favourable[:, cell], axis=1, weights=own)
            pulls[:, cell] = part * influence(favourable[:, cell], own)
            least = math.hypot(least, part / (cell.sum() if own is None else effective_size(own)))
    found = estimate(values, max(influence_error(pulls), least))
    return Interval(found.mean, *(found.interval or (math.nan, math.nan)))


def display_table(found: ConditionalRates) -> list[dict[str, object]]:
    """Return the rates in words, under the headers of the screen."""
    return [
        {
            found.control: word(one.level) if one.level else say("all levels"),
            say("group"): word(one.group),
            say("people"): one.people,
            say("favourable answer"): _told(one.rate, percent),
            say("minus {group}", group=word(found.reference)): _difference(one, found.reference),
            say("ratio to {group}", group=word(found.reference)): _told(one.ratio, _two_digits),
        }
        for one in found.rates
    ]


def _two_digits(value: float) -> str:
    return localise(f"{value:.2f}")


def _difference(one: Rate, reference: str) -> str:
    if one.group == reference:
        return say("reference")
    if math.isnan(one.difference.low):
        return _told(one.difference, points)
    low, high = interval_ends(one.difference.low, one.difference.high)
    value = points(one.difference.value)
    return say("{value} ({low} to {high})", value=value, low=low, high=high)


def _told(number: Interval, write: Callable[[float], str]) -> str:
    if math.isnan(number.value):
        return say("not measurable")
    if math.isnan(number.low):
        return write(number.value)
    return with_interval(*number, write)


def rate_panel(found: ConditionalRates) -> BarPanel:
    """Return the rates as bars: a bar a level and group."""
    levels = tuple(dict.fromkeys(one.level for one in found.rates))
    groups = tuple(dict.fromkeys(one.group for one in found.rates))
    ends = np.array([one.rate for one in found.rates]).reshape(len(levels), len(groups), 3)
    drawn = Distribution(
        title=found.control,
        values=tuple(word(level) or say("all levels") for level in levels),
        parts=words(groups),
        shares=ends[..., 0],
        low=ends[..., 1],
        high=ends[..., 2],
    )
    title = say("Favourable answers by {column}", column=found.control)
    return BarPanel(of=drawn, title=title, wide=len(groups) > 2)


def export_table(found: ConditionalRates) -> list[dict[str, object]]:
    """Return the rates as numbers, a row a level and group; NaN is not measurable."""
    rows = []
    for one in found.rates:
        row: dict[str, object] = {"level": one.level or "all levels", "group": one.group}
        row["people"] = one.people
        for name in ("rate", "difference", "ratio"):
            columns = (name, f"{name}_low", f"{name}_high")
            row |= dict(zip(columns, getattr(one, name), strict=True))
        rows.append(row)
    return rows
