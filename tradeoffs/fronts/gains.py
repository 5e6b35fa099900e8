"""Gains: what another way of training gives a community over training alone, for its own people.

Alone and the other way share seeds, hence the people in training, and the test people: both are
paired.  Intervals cover seeds and test people: of accuracy each person, of log-loss folds of people
(random groups; Wolter 2007, Introduction to Variance Estimation, ch. 2).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from tradeoffs.data.report_people import FOLDS, fold_column, folds, unpack_decisions
from tradeoffs.data.table import Table
from tradeoffs.errors import NotMeasurable
from tradeoffs.fronts.differences import Difference
from tradeoffs.measurement import Measurement, numbers_of
from tradeoffs.stats.holm import rejections
from tradeoffs.stats.interval import estimate, p_value
from tradeoffs.stats.two_way import influence, influence_error

MEASURES = ("accuracy", "log_loss")
Trainings = Mapping[int, Measurement]  # by seed


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Paired:
    """What two models differ by, seed by seed, and how far each test person pulls that.

    Attributes:
        seeds: (seeds,) int, ascending.
        values: (seeds,), in the unit of the column; positive is better.
        pulls: (seeds, people or folds) as `influence` has them; none where they are not known.
        row_id: int ids, of a fold that of its first person.
    """

    seeds: np.ndarray
    values: np.ndarray
    pulls: np.ndarray
    row_id: np.ndarray

    @property
    def people_error(self) -> float:
        """Standard error of the mean from the finite number of test people."""
        return influence_error(self.pulls) if self.row_id.size else 0.0

    def difference(self, column: str) -> Difference:
        """Return the mean with its interval."""
        found = estimate(self.values, self.people_error)
        low, high = found.interval or (-math.inf, math.inf)
        return Difference(
            column=column,
            mean=found.mean,
            standard_error=found.standard_error,
            interval=found.interval,
            seeds=found.seeds,
            distinguishable=not low <= 0 <= high,
            test_rows=self.row_id.size > 0,
        )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Gain:
    """What a community gains over training alone; below 0 it loses.

    Attributes:
        community: its name.
        accuracy: how much higher, as a share; over seeds and test people.
        log_loss: how much lower, in nats a person; over seeds and folds of test people.
        right: what `accuracy` was made of.
        loss: what `log_loss` was made of.
    """

    community: str
    accuracy: Difference
    log_loss: Difference
    right: Paired
    loss: Paired

    def in_measure(self, measure: str) -> Difference:
        """Return the gain in `accuracy` or `log_loss`."""
        return self.accuracy if measure == "accuracy" else self.log_loss


class Count(NamedTuple):
    """How many communities are told to gain, told to lose, and not told, each on its own."""

    better: int
    worse: int
    alike: int


def gain(alone: Trainings, other: Trainings, people: Table, community: str) -> Gain:
    """Return what a community gains, over the seeds that both ways have.

    Args:
        alone: measurements of the models that it trains alone.
        other: of the models of the other way, for the same community.
        people: its report people, in the order of the stored decisions.
        community: its name.

    Raises:
        NotMeasurable: no common seed, or a model that diverged among them.
    """
    seeds = sorted(alone.keys() & other.keys())
    if not seeds:
        raise NotMeasurable("no_common_seed", column="accuracy")
    decided = _right(other, seeds, people) - _right(alone, seeds, people)
    right = Paired(
        seeds=np.array(seeds),
        values=_figure(other, seeds, "accuracy") - _figure(alone, seeds, "accuracy"),
        pulls=influence(decided, people.sample_weight),
        row_id=people.row_id,
    )
    by_fold = _loss_by_fold(alone, seeds) - _loss_by_fold(other, seeds)
    known = FOLDS if people.rows >= 2 * FOLDS and np.isfinite(by_fold).all() else 0
    counted = np.bincount(folds(people.rows), people.sample_weight, FOLDS)
    loss = Paired(
        seeds=np.array(seeds),
        values=_figure(alone, seeds, "log_loss") - _figure(other, seeds, "log_loss"),
        pulls=influence(by_fold, counted) if known else np.zeros((len(seeds), 0)),
        row_id=people.row_id[:known],
    )
    return _gain(community, right, loss)


def mean_gain(gains: Sequence[Gain], community: str = "") -> Gain:
    """Return the mean over communities, each counting alike, over the seeds that all have.

    A person who is a test person of several communities counts as one.

    Args:
        gains: at least one.
        community: what their mean is called.

    Raises:
        NotMeasurable: no common seed.
    """
    return _together(gains, np.full(len(gains), 1 / len(gains)), community)


def count(gains: Sequence[Gain], measure: str = "accuracy") -> Count:
    """Count who is told to gain or to lose by an interval of their own.

    Of communities that gain nothing, one in twenty is counted by chance: that is for counts; names
    are for `named`.
    """
    found = [one.in_measure(measure) for one in gains]
    better = sum(one.distinguishable and one.mean > 0 for one in found)
    worse = sum(one.distinguishable and one.mean < 0 for one in found)
    return Count(better, worse, len(gains) - better - worse)


def named(gains: Sequence[Gain], measure: str = "accuracy") -> tuple[Gain, ...]:
    """Return the gains and losses that stand when all are looked at together (Holm)."""
    pairs = [one.right if measure == "accuracy" else one.loss for one in gains]
    p_values = [
        p_value(one.values, one.people_error) if len(one.values) > 1 else math.nan for one in pairs
    ]
    apart = rejections(np.array(p_values, dtype=np.float64))
    return tuple(one for one, sure in zip(gains, apart, strict=True) if sure)


def _gain(community: str, right: Paired, loss: Paired) -> Gain:
    return Gain(
        community=community,
        accuracy=right.difference("accuracy"),
        log_loss=loss.difference("log_loss"),
        right=right,
        loss=loss,
    )


def _right(trainings: Trainings, seeds: Sequence[int], people: Table) -> np.ndarray:
    """Return (seeds, people): 1 where a decision is right, else 0."""
    decided = [unpack_decisions(trainings[seed].decisions, people.rows) for seed in seeds]
    return (np.stack(decided) == people.label).astype(np.float64)


def _figure(trainings: Trainings, seeds: Sequence[int], name: str) -> np.ndarray:
    """Return a figure on report of each seed; NotMeasurable where one has none."""
    found = np.array([trainings[seed].report.get(name, math.nan) for seed in seeds])
    if not np.isfinite(found).all():
        raise NotMeasurable("no_difference", column=name)
    return found


def _loss_by_fold(trainings: Trainings, seeds: Sequence[int]) -> np.ndarray:
    """Return (seeds, FOLDS) mean log-losses on report; NaN where they were not measured."""
    names = [fold_column("log_loss", k) for k in range(FOLDS)]
    return numbers_of([trainings[seed].report for seed in seeds], names)


def _together(gains: Sequence[Gain], weights: np.ndarray, community: str) -> Gain:
    right = _weighted_sum([one.right for one in gains], weights)
    return _gain(community, right, _weighted_sum([one.loss for one in gains], weights))


def _weighted_sum(each: Sequence[Paired], weights: np.ndarray) -> Paired:
    seeds = sorted(set.intersection(*(set(one.seeds.tolist()) for one in each)))
    if not seeds:
        raise NotMeasurable("no_common_seed", column="accuracy")
    places = [np.searchsorted(one.seeds, seeds) for one in each]
    if not all(one.row_id.size for one in each):  # of some no people are known: seeds alone
        each = [replace(one, pulls=one.pulls[:, :0], row_id=one.row_id[:0]) for one in each]
    people, place = np.unique(np.concatenate([one.row_id for one in each]), return_inverse=True)
    parts = zip(weights, each, places, strict=True)
    pulls = np.concatenate([weight * one.pulls[at] for weight, one, at in parts], axis=1)
    values = np.stack([one.values[at] for one, at in zip(each, places, strict=True)])
    return Paired(
        seeds=np.array(seeds),
        values=weights @ values,
        pulls=np.stack([np.bincount(place, row, len(people)) for row in pulls]),
        row_id=people,
    )
