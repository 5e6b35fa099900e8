"""Comparison: results in one table, whose gaps are between the same groups in every row.

What stands in one picture is compared, so a group counts only if it is large enough at every
deployment and on both splits of all scenarios that are wanted there.  That is told by the tables of
people alone: it is known before the first result, and no result that arrives changes it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.derived import derived
from tradeoffs.data.load import load_split
from tradeoffs.data.people import Where
from tradeoffs.data.shifts.compose import compose, unmeasurable
from tradeoffs.measurement import SPLITS
from tradeoffs.pipeline.resolve import deployment, reported
from tradeoffs.results import Result, tidy
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS, notion
from tradeoffs.values.fairness.cells import SMALLEST_CELL, Compared, cells, compared
from tradeoffs.values.fairness.notion import COUNTS, WEIGHTED, GroupCounts, Notion

if TYPE_CHECKING:
    import pandas as pd

Place = tuple[str, str, Where]  # dataset, label, deployment
Figures = dict[str, Any]  # column -> value
GROUPS = ("groups_compared", "groups_left_out", "gap_not_measurable")  # columns beside `gap`


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What stands in one picture: the tables of people that its scenarios are measured on."""

    places: frozenset[Place]

    @classmethod
    def of(cls, scenarios: Iterable[Scenario]) -> "Comparison":
        """Return the comparison of some scenarios, all that will stand in the picture."""
        return cls(places=frozenset(map(_place, scenarios)))

    def groups(self, data: str, attribute: str, by: Notion) -> Compared:
        """Return which groups of an attribute a notion compares.

        Args:
            data: name of the dataset.
            attribute: or crossing.
            by: whose rates need enough people.
        """
        of_data = frozenset(place for place in self.places if place[0] == data)
        return _compared(of_data, SPLITS, attribute, by.cells)

    def of_setting(self, here: Scenario) -> Compared:
        """Return which groups the gap of a setting compares."""
        return self.groups(here.dataset, here.protected, notion(here.notion))


def table(
    results: Iterable[Result], among: Comparison, only: frozenset[str] | None = None
) -> "pd.DataFrame":
    """Return the tidy table of results; see `rows`."""
    return tidy(rows(results, among, only), only)


def rows(
    results: Iterable[Result], among: Comparison, only: frozenset[str] | None = None
) -> list[Figures]:
    """Return a row a result and split, each with the `gap` of its own notion and groups.

    Gaps are between the groups of the comparison; GROUPS tell which these are, who is left out and
    why a gap is missing.

    Args:
        results: of models.
        among: of all the scenarios that stand in one picture with them.
        only: columns to keep; then gaps beside `gap` are as each result has them for other
            attributes than its own.  None keeps all.
    """
    every = list(results)
    changed = changes(every, among, own=only is not None)
    return [row for one, more in zip(every, changed, strict=True) for row in one.rows(more, only)]


def _place(scenario: Scenario) -> Place:
    return scenario.dataset, scenario.label, deployment(scenario)


@derived
@lru_cache(maxsize=1_000)
def _compared(
    places: frozenset[Place], splits: tuple[str, ...], attribute: str, wanted: tuple
) -> Compared:
    tables = [
        sizes[attribute] for place in places for s in splits if (sizes := _cells(*place, split=s))
    ]
    if not tables:  # nothing is measured anywhere
        return Compared(groups=())
    data, label, _ = next(iter(places))
    names = load_split(data, label).report.group_of(attribute)[1]
    return compared(names, wanted, tables)


@derived
@lru_cache(maxsize=1_000)
def _cells(data: str, label: str, where: Where, *, split: str) -> Mapping[str, np.ndarray] | None:
    """Return the cells of each attribute at a deployment; None where nothing is measured."""
    before = getattr(load_split(data, label), split)
    after = compose(before, where[0], 0, where[1])
    if where[0] and unmeasurable(before, after, where[1]):
        return None
    found = {}
    for attribute in reported(dataset(data)):
        group, names = after.group_of(attribute)
        found[attribute] = cells(group, after.label, len(names))
    return found


def changes(results: Sequence[Result], among: Comparison, *, own: bool) -> list[dict[str, Figures]]:
    """Return by split what the comparison changes in each result, and its own gap.

    Args:
        results: of models.
        among: of all the scenarios that stand in one picture with them.
        own: whether only the gaps of each result's own attribute are wanted, as in a chart.
    """
    found: list[dict[str, Figures]] = [{split: {} for split in SPLITS} for _ in results]
    alike: dict[tuple[Place, str | None], list[int]] = defaultdict(list)
    for i, result in enumerate(results):
        alike[_place(result.scenario), result.scenario.protected if own else None].append(i)
    for (place, protected), where in alike.items():
        attributes = reported(dataset(place[0])) if protected is None else (protected,)
        for split in SPLITS:
            some = [results[i].measurement.figures(split) for i in where]
            for attribute in attributes:
                columns = _gaps(some, place, split, attribute, among)
                for name, values in columns.items():
                    for i, value in zip(where, values, strict=True):
                        found[i][split][name] = value
    _add_own_gaps(results, found, among)
    return found


def _add_own_gaps(
    results: Sequence[Result], found: Sequence[dict[str, Figures]], among: Comparison
) -> None:
    """Add to the changed columns of each result the gap of its own notion and groups."""
    alike: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i, result in enumerate(results):
        own = result.scenario
        alike[own.dataset, own.protected, own.notion].append(i)
    for (data, attribute, name), where in alike.items():
        chosen, weight = notion(name), dataset(data).codebook.weight or "none"
        groups = among.groups(data, attribute, chosen)
        told: Figures = {"weighted_by": weight}
        if chosen.gap is not None:
            told["groups_compared"] = "; ".join(groups.groups)
            if groups.left_out:
                told["groups_left_out"] = groups.told()
        for i in where:
            for split in SPLITS:
                measured = results[i].measurement.figures(split)
                own = _own_gap(measured, found[i][split], attribute, chosen, groups)
                found[i][split] |= own | told


def _gaps(
    measured: Sequence[Mapping[str, float]],
    place: Place,
    split: str,
    attribute: str,
    among: Comparison,
) -> dict[str, np.ndarray]:
    """Return the gaps that compare fewer groups here than the table itself has enough people of.

    Args:
        measured: results of models on one table.
        place: where that table is.
        split: of it.
        attribute: or crossing.
        among: what they are compared with.
    """
    found, counts = {}, None
    for one in NOTIONS.values():
        if one.gap is None:
            continue
        together = among.groups(place[0], attribute, one)
        if together.groups == _compared(frozenset((place,)), (split,), attribute, one.cells).groups:
            continue
        if counts is None:
            names = load_split(*place[:2]).report.group_of(attribute)[1]
            counts = group_counts(measured, attribute, names)
        kept = counts.some(together.among(names))
        found[f"{one.metric}[{attribute}]"] = one.gap(kept)
    return found


def group_counts(
    measured: Sequence[Mapping[str, float]], attribute: str, names: Sequence[str]
) -> GroupCounts:
    """Return the counts that results keep; NaN of models that diverged, which have none.

    Args:
        measured: columns of figures, a model each.
        attribute: or crossing.
        names: of its groups.
    """

    def kept(prefix: str) -> dict[str, np.ndarray]:
        found = {}
        for field in COUNTS:
            columns = [f"{prefix}{field}[{attribute}={name}]" for name in names]
            rows = [[one.get(column, np.nan) for column in columns] for one in measured]
            found[field] = np.array(rows, dtype=float).reshape(len(rows), len(columns))
        return found

    first = f"{WEIGHTED}people[{attribute}={names[0]}]" if names else ""
    weighted = any(np.isfinite(one.get(first, np.nan)) for one in measured)
    sums = GroupCounts(**kept(WEIGHTED), weighted=None) if weighted else None
    return GroupCounts(**kept(""), weighted=sums)


def _own_gap(
    measured: Mapping[str, float],
    changed: Figures,
    attribute: str,
    chosen: Notion,
    groups: Compared,
) -> Figures:
    """Return the gap of a notion and its groups, and why there is none."""
    column = f"{chosen.metric}[{attribute}]"
    gap = changed.get(column, measured.get(column, math.nan))
    found: Figures = {"gap": gap}
    if chosen.gap is not None and "accuracy" in measured and math.isnan(gap):
        found["gap_not_measurable"] = _reason(chosen, attribute, groups, measured)
    return found


def _reason(chosen: Notion, attribute: str, groups: Compared, measured: Mapping[str, float]) -> str:
    """Say whose cell is too small for a gap."""
    if len(groups.groups) < 2:
        return groups.told()
    counts = group_counts([measured], attribute, groups.groups)
    told = [
        f"{name} ({people:.0f} {denominator})"
        for denominator in chosen.denominators
        for name, people in zip(groups.groups, getattr(counts, denominator)[0], strict=True)
        if people < SMALLEST_CELL
    ]
    return f"fewer than {SMALLEST_CELL}: {'; '.join(told)}"
