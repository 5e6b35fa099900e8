"""Comparison: results in one table, whose gaps are between the same groups in every row.

What stands in one picture is compared, so a group counts only if it is large enough at every
deployment and on both splits of all scenarios that are wanted there.  That is told by the tables of
people alone: it is known before the first result, and no result that arrives changes it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.load import load_split
from tradeoffs.data.report_people import Deployment, people_at
from tradeoffs.data.shifts.compose import unmeasurable
from tradeoffs.data.table_cache import table_cache
from tradeoffs.experiments.plan import deployment, reported_attributes
from tradeoffs.measurement import SPLITS, Schema, numbers_of
from tradeoffs.results import Result, tidy
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.cells import ComparedGroups, cells, comparable_groups, few_text
from tradeoffs.values.fairness.notion import COUNTS, WEIGHTED, GroupCounts, Notion

if TYPE_CHECKING:
    import pandas as pd

Place = tuple[str, str, Deployment]  # dataset, label, deployment
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

    def groups(self, data: str, attribute: str, by: Notion) -> ComparedGroups:
        """Return which groups of an attribute a notion compares.

        Args:
            data: name of the dataset.
            attribute: or crossing.
            by: whose rates need enough people.
        """
        of_data = frozenset(place for place in self.places if place[0] == data)
        return _compared(of_data, SPLITS, attribute, by.cells)

    def of_setting(self, here: Scenario) -> ComparedGroups:
        """Return which groups the gap of a setting compares."""
        return self.groups(here.dataset, here.protected, NOTIONS[here.notion])


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


@table_cache
@lru_cache(maxsize=1_000)
def _compared(
    places: frozenset[Place], splits: tuple[str, ...], attribute: str, wanted: tuple
) -> ComparedGroups:
    tables = [
        sizes[attribute] for place in places for s in splits if (sizes := _cells(*place, split=s))
    ]
    if not tables:  # nothing is measured anywhere
        return ComparedGroups(groups=())
    data, label, _ = next(iter(places))
    names = load_split(data, label).report.group_of(attribute)[1]
    return comparable_groups(names, wanted, tables)


@table_cache
@lru_cache(maxsize=1_000)
def _cells(
    data: str, label: str, where: Deployment, *, split: str
) -> Mapping[str, np.ndarray] | None:
    """Return the cells of each attribute at a deployment; None where nothing is measured."""
    before = getattr(load_split(data, label), split)
    after = people_at(data, label, split, where)
    if where[0] and unmeasurable(before, after, where[1]):
        return None
    found = {}
    for attribute in reported_attributes(dataset(data)):
        group, names = after.group_of(attribute)
        found[attribute] = cells(group, after.label, len(names))
    return found


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Gaps:
    """The gaps of results that are compared alike.

    Attributes:
        where: places of the results.
        columns: by split, column -> (results,); NaN is not measurable.  These are `gap`, and the
            gaps that the comparison changes.
        texts: column -> what is told of all of them.
        lacking: by split, (results,) bool: measured, but without a gap.
        notion: of the gap.
        groups: which it compares.
    """

    where: Sequence[int]
    columns: Sequence[Mapping[str, np.ndarray]]
    texts: Mapping[str, str]
    lacking: Sequence[np.ndarray]
    notion: Notion
    groups: ComparedGroups


def gaps(results: Sequence[Result], among: Comparison, *, own: bool) -> list[Gaps]:
    """Return the gaps of results between the groups of a comparison.

    Args:
        results: of models.
        among: of all the scenarios that stand in one picture with them.
        own: whether only the gaps of each result's own attribute are wanted, as in a chart.
    """
    alike: dict[tuple[Place, str, str], list[int]] = defaultdict(list)
    for i, result in enumerate(results):
        of = result.scenario
        alike[_place(of), of.protected, of.notion].append(i)
    return [
        _alike(key, where, [results[i] for i in where], among, own) for key, where in alike.items()
    ]


def _alike(
    key: tuple[Place, str, str],
    where: Sequence[int],
    results: Sequence[Result],
    among: Comparison,
    own: bool,
) -> Gaps:
    place, protected, name = key
    data, chosen = dataset(place[0]), NOTIONS[name]
    groups, metric = among.groups(place[0], protected, chosen), f"{chosen.metric}[{protected}]"
    columns, lacking = [], []
    known = {one.measurement.schema for one in results}
    for split in SPLITS:
        some = [one.measurement.figures(split) for one in results]
        found: dict[str, np.ndarray] = {}
        for attribute in (protected,) if own else reported_attributes(data):
            found |= _gaps(some, known, place, split, attribute, among)
        measured = numbers_of(some, [metric, "accuracy"])
        found["gap"] = found.get(metric, measured[:, 0])
        absent = np.isnan(found["gap"]) & ~np.isnan(measured[:, 1])
        columns.append(found)
        lacking.append(absent if chosen.gap is not None else np.zeros(len(some), dtype=bool))
    told = {"weighted_by": data.codebook.weight or "none"}
    if chosen.gap is not None:
        told["groups_compared"] = "; ".join(groups.groups)
        if groups.left_out:
            told["groups_left_out"] = groups.describe_excluded()
    return Gaps(
        where=where, columns=columns, texts=told, lacking=lacking, notion=chosen, groups=groups
    )


def changes(results: Sequence[Result], among: Comparison, *, own: bool) -> list[dict[str, Figures]]:
    """Return by split what the comparison changes in each result, and its own gap; as `gaps`."""
    found: list[dict[str, Figures]] = [{} for _ in results]
    for one in gaps(results, among, own=own):
        for s, split in enumerate(SPLITS):
            values = np.stack(list(one.columns[s].values()), axis=1).tolist()
            for k, i in enumerate(one.where):
                row: Figures = dict(zip(one.columns[s], values[k], strict=True))
                if one.lacking[s][k]:
                    row["gap_not_measurable"] = _reason(one, results[i], split)
                found[i][split] = {**row, **one.texts}
    return found


def _gaps(
    measured: Sequence[Mapping[str, float]],
    known: Set[Schema],
    place: Place,
    split: str,
    attribute: str,
    among: Comparison,
) -> dict[str, np.ndarray]:
    """Return the gaps that compare fewer groups here than the table itself has enough people of.

    So are those of notions that were added after results have gaps of others; counts tell them.

    Args:
        measured: results of models on one table.
        known: the names of what was measured of them.
        place: where that table is.
        split: of it.
        attribute: or crossing.
        among: what they are compared with.
    """
    found, counts = {}, None
    columns = {f"{one.metric}[{attribute}]" for one in NOTIONS.values()}
    known = {names for names in known if columns & names.index.keys()}
    for one in NOTIONS.values():
        if one.gap is None:
            continue
        together, column = among.groups(place[0], attribute, one), f"{one.metric}[{attribute}]"
        alone = _compared(frozenset((place,)), (split,), attribute, one.cells)
        if together.groups == alone.groups and all(column in names.index for names in known):
            continue
        if counts is None:
            names = load_split(*place[:2]).report.group_of(attribute)[1]
            counts = group_counts(measured, attribute, names)
        kept = counts.some(together.among(names))
        found[column] = one.gap(kept)
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
        columns = [f"{prefix}{field}[{attribute}={name}]" for field in COUNTS for name in names]
        parts = numbers_of(measured, columns).reshape(len(measured), len(COUNTS), len(names))
        return {field: parts[:, k] for k, field in enumerate(COUNTS)}

    first = f"{WEIGHTED}people[{attribute}={names[0]}]" if names else ""
    weighted = any(np.isfinite(one.get(first, np.nan)) for one in measured)
    sums = GroupCounts(**kept(WEIGHTED), weighted=None) if weighted else None
    return GroupCounts(**kept(""), weighted=sums)


def _reason(one: Gaps, result: Result, split: str) -> str:
    """Say whose cell is too small for a gap."""
    if len(one.groups.groups) < 2:
        return one.groups.describe_excluded()
    figures = result.measurement.figures(split)
    counts = group_counts([figures], result.scenario.protected, one.groups.groups)
    return few_text(
        (name, round(people), denominator)
        for denominator in one.notion.denominators
        for name, people in zip(one.groups.groups, getattr(counts, denominator)[0], strict=True)
        if people < SMALLEST_CELL
    )
