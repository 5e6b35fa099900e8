"""Synthetic shares: sizes and base rates of groups among synthetic people and among real ones.

Real people are those on whom the communities that take part are measured; nobody is in training.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.jobs.job import Job
from tradeoffs.remedies.sharing.synthetic_people import BASE_RATE, CLIPPED, SHARE, group_rates
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.proportions import SMALLEST_CELL, share_error, wilson

Ends = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """A share of people with its 95 % interval; None where there is one draw.

    Attributes:
        value: the share, over draws their mean.
        ends: of real people by Wilson's score, of synthetic ones over draws.
        apart: whether it can be told from that of real people, over draws and real people; None
            where that is not known.
    """

    value: float
    ends: Ends | None
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


def groups(job: Job, ways: Mapping[str, Scenario], people: Sequence[Table]) -> list[Group]:
    """Return the groups of the protected column, the largest first, of what has arrived.

    Args:
        job: has the ways.
        ways: settings that publish counts, by name.
        people: real ones of each community; models see the protected column.
    """
    attribute = next(iter(ways.values())).protected
    place = [feature.name for feature in people[0].features].index(attribute)
    names = people[0].features[place].labels
    codes = np.concatenate([table.codes[:, place] for table in people])
    label = np.concatenate([table.label for table in people])
    shares, rates = group_rates(codes, label, len(names))
    told = {
        way: [one.measurement.training for one in job.results_of(setting)]
        for way, setting in ways.items()
    }
    found = []
    for name, share, rate in zip(names, shares, rates, strict=True):
        own = round(float(share) * len(codes))
        real = _real(float(share), len(codes))
        base = _real(float(rate), own) if own >= SMALLEST_CELL else None
        at = f"[{attribute}={name}]"
        drawn = {
            way: group
            for way, figures in told.items()
            if (group := _drawn(figures, at, real, base, len(codes), own))
        }
        found.append(Group(name=name, people=own, share=real, base_rate=base, drawn=drawn))
    return sorted(found, key=lambda one: -one.people)


def _real(share: float, people: int) -> Rate:
    return Rate(value=share, ends=wilson(share * people, people))


def _drawn(
    figures: Sequence[Mapping[str, object]],
    at: str,
    share: Rate,
    base: Rate | None,
    everybody: int,
    own: int,
) -> SyntheticGroup | None:
    """Return a group among the drawn people of some seeds; None where none has arrived."""
    sizes, clipped, rates = (_values(figures, name + at) for name in (SHARE, CLIPPED, BASE_RATE))
    if not len(sizes) or not len(clipped):
        return None
    return SyntheticGroup(
        share=_rate(sizes, share, everybody),
        base_rate=_rate(rates, base, own) if len(rates) else None,
        clipped=_rate(clipped, share, everybody),
    )


def _values(figures: Sequence[Mapping[str, object]], name: str) -> np.ndarray:
    found = [one[name] for one in figures if name in one]
    return np.array([value for value in found if isinstance(value, float | int)], float)


def _rate(values: np.ndarray, real: Rate | None, people: int) -> Rate:
    """Return the mean over draws, and whether it can be told from a share of real people."""
    ends = estimate(values).interval
    if real is None or ends is None:
        return Rate(value=float(values.mean()), ends=ends)
    error = float(share_error(real.value, people))
    low, high = estimate(values - real.value, error).interval or (0.0, 0.0)
    return Rate(value=float(values.mean()), ends=ends, apart=not low <= 0 <= high)
