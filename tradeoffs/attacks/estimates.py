"""Estimates: areas and shares recognised, with intervals and what a promise allows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.attacks.leakage import Attack, AttackEstimate
from tradeoffs.attacks.scores import PER_PERSON, SCORES
from tradeoffs.stats.interval import t_quantile
from tradeoffs.stats.jackknife import two_way
from tradeoffs.stats.proportions import SMALLEST_CELL, wilson_from_error
from tradeoffs.stats.roc import Roc
from tradeoffs.values.privacy.attack_bound import AttackBound

LEFT_OUT = 16  # groups of models, and of people, for the jackknife
LEAST_ALARMS = 5  # false positives that a rate must stand on to be measurable


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class People:
    """Whom figures are about: a group's name, which people, and false positive rates."""

    group: str
    chosen: np.ndarray  # (people,) bool
    rates: tuple[float, ...]

    @property
    def measurable(self) -> bool:
        """Whether there are enough of them."""
        return int(self.chosen.sum()) >= SMALLEST_CELL


def estimates(
    attack: Attack,
    confidence: np.ndarray,
    member: np.ndarray,
    asked: Sequence[People],
    promise: AttackBound | None,
) -> Iterator[AttackEstimate]:
    """Yield, for each of the people asked about, the area and the share at each rate.

    Thresholds are set among the people asked about alone.  Intervals cover models and people.

    Args:
        attack: which.
        confidence: (models, people).
        member: (models, people) bool.
        asked: whom about; too few are not measurable.
        promise: what the models declare.
    """
    told = [people for people in asked if people.measurable]
    score = SCORES[attack](confidence, member, len(member) >= PER_PERSON)
    curves = _curves(score, member, told)

    def figures(kept: np.ndarray) -> np.ndarray:
        return _figures(_curves(np.where(kept, score, np.nan), member, told), told)

    groups = min(LEFT_OUT, len(member))
    errors = iter(two_way(figures, *score.shape, groups=groups).tolist())
    quantile = float(t_quantile(groups - 1))
    for people in asked:
        if not people.measurable:
            yield from (_unknown(attack, people.group, rate) for rate in (None, *people.rates))
            continue
        curve = curves[told.index(people)]
        for rate in (None, *people.rates):
            yield _estimate(attack, people, rate, curve, next(errors), quantile, promise)


def _curves(score: np.ndarray, member: np.ndarray, told: list[People]) -> list[Roc]:
    return [Roc.of(score[:, one.chosen], member[:, one.chosen]) for one in told]


def _figures(curves: list[Roc], told: list[People]) -> np.ndarray:
    """Return each area, followed by the shares recognised, as one vector."""
    return np.concatenate(
        [
            np.concatenate([[curve.area], curve.tpr_at(np.array(people.rates))])
            for curve, people in zip(curves, told, strict=True)
        ]
    )


def _estimate(
    attack: Attack,
    people: People,
    rate: float | None,
    curve: Roc,
    error: float,
    quantile: float,
    promise: AttackBound | None,
) -> AttackEstimate:
    if rate is None:
        value, bound = curve.area, promise and promise.area
        low, high = max(value - quantile * error, 0.0), min(value + quantile * error, 1.0)
    elif rate * curve.others < LEAST_ALARMS:
        return _unknown(attack, people.group, rate)
    else:
        value = float(curve.tpr_at(np.array(rate)))
        bound = float(promise.tpr_at(rate)) if promise else None
        # Where nobody is recognised no spread is seen; decisions on one person are not apart.
        asked = int(people.chosen.sum())
        low, high = wilson_from_error(value, error, asked, curve.members, quantile)
    return AttackEstimate(
        attack=attack,
        group=people.group,
        fpr=rate,
        value=value,
        low=low,
        high=high,
        bound=bound,
    )


def _unknown(attack: Attack, group: str, rate: float | None) -> AttackEstimate:
    return AttackEstimate(
        attack=attack, group=group, fpr=rate, value=None, low=None, high=None, bound=None
    )
