"""Synthetic shares: sizes and base rates of groups among synthetic people and among real ones.

Real people are those on whom the communities that take part are measured; nobody is in training.
Communities weigh in them as they do among those who gave their counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.jobs.job import Job
from tradeoffs.remedies.sharing.synthetic_people import BASE_RATE, CLIPPED, SHARE
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.proportions import SMALLEST_CELL, share_error, wilson
from tradeoffs.stats.two_way import effective_size

Ends = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """A share of people with its 95 % interval; None where there is one draw.

    Attributes:
        value: the share, over draws their mean.
        ends: of real people by Wilson's score, of synthetic ones over draws.
        error: standard error of real people as a sample.
        apart: whether it can be told from that of real people, over draws and real people; None
            where that is not known.
    """

    value: float
    ends: Ends | None
    error: float = 0.0
    apart: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SyntheticGroup:
    """A group among people drawn by one way.

    Attributes:
        share: of all drawn people.
        base_rate: share of positive labels; None where no draw has anybody of the group.
        clipped: the share if negative counts were set to 0.
    """

    share: Rate
    base_rate: Rate | None
    clipped: Rate


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group among real people and among those that were drawn.

    Attributes:
        name: of the group.
        people: real ones.
        share: of all real people.
        base_rate: share of positive labels; None below SMALLEST_CELL people.
        drawn: by the name of the way.
    """

    name: str
    people: int
    share: Rate
    base_rate: Rate | None
    drawn: Mapping[str, SyntheticGroup]


def groups(
    job: Job, ways: Mapping[str, Scenario], people: Sequence[Table], rows: Sequence[int]
) -> list[Group]:
    """Return the groups of the protected column, the largest first, of what has arrived.

    Args:
        job: has the ways.
        ways: settings that publish counts, by name.
        people: real ones of each community; models see the protected column.
        rows: how many people each community gives.
    """
    attribute = next(iter(ways.values())).protected
    place = [feature.name for feature in people[0].features].index(attribute)
    names = people[0].features[place].labels
    codes = np.concatenate([table.codes[:, place] for table in people])
    label = np.concatenate([table.label for table in people])
    weight = np.concatenate([
        np.full(table.rows, count / table.rows) for table, count in zip(people, rows, strict=True)
    ])  # fmt: skip
    told = {
        way: [one.measurement.training for one in job.results_of(setting)]
        for way, setting in ways.items()
    }
    found = []
    for group, name in enumerate(names):
        of = codes == group
        own = int(of.sum())
        real = _real(of, weight)
        base = _real(label[of], weight[of]) if own >= SMALLEST_CELL else None
        at = f"[{attribute}={name}]"
        drawn = {
            way: one for way, figures in told.items() if (one := _drawn(figures, at, real, base))
        }
        found.append(Group(name=name, people=own, share=real, base_rate=base, drawn=drawn))
    return sorted(found, key=lambda one: -one.people)


def _real(counted: np.ndarray, weight: np.ndarray) -> Rate:
    """Return a share of weighted people, with the interval of as many as they are worth."""
    share, people = float(np.average(counted, weights=weight)), effective_size(weight)
    error = float(share_error(share, people))
    return Rate(value=share, ends=wilson(share * people, people), error=error)


def _drawn(
    figures: Sequence[Mapping[str, object]], at: str, share: Rate, base: Rate | None
) -> SyntheticGroup | None:
    """Return a group among the drawn people of some seeds; None where none has arrived."""
    sizes, clipped, rates = (_values(figures, name + at) for name in (SHARE, CLIPPED, BASE_RATE))
    if not len(sizes) or not len(clipped):
        return None
    return SyntheticGroup(
        share=_rate(sizes, share),
        base_rate=_rate(rates, base) if len(rates) else None,
        clipped=_rate(clipped, share),
    )


def _values(figures: Sequence[Mapping[str, object]], name: str) -> np.ndarray:
    found = [one[name] for one in figures if name in one]
    return np.array([value for value in found if isinstance(value, float | int)], float)


def _rate(values: np.ndarray, real: Rate | None) -> Rate:
    """Return the mean over draws, and whether it can be told from a share of real people."""
    ends = estimate(values).interval
    if real is None or ends is None:
        return Rate(value=float(values.mean()), ends=ends)
    low, high = estimate(values - real.value, real.error).interval or (0.0, 0.0)
    return Rate(value=float(values.mean()), ends=ends, apart=not low <= 0 <= high)
