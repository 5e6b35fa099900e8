"""Study: intervals drawn anew where the truth is known, and how often they hold it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tradeoffs.stats.proportions import NORMAL, wilson

LEAST, MOST = 0.92, 0.98  # coverages that keep the promise of 95 %
SURE = 3.0  # Monte Carlo errors beyond them that are no chance


class Drawn(NamedTuple):
    """An interval, and the truth that it is to hold."""

    low: float
    high: float
    truth: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Study:
    """One simulation, of all intervals that are computed from the same draws.

    Attributes:
        screen: what prints them.
        covers: what is drawn anew each time.
        leaves_out: what is held fixed, and said beside the number to be so.
        draw: from a generator, one interval of each kind; a kind that is not measurable in this
            draw is left out.
    """

    screen: str
    covers: str
    draw: Callable[[np.random.Generator], Mapping[str, Drawn]]
    leaves_out: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How often one kind of interval held the truth.

    Attributes:
        kind: of interval.
        screen: what prints it.
        covers: what is drawn anew.
        leaves_out: what it is said to leave out.
        coverage: share of draws in which it held the truth.
        error: Monte Carlo standard error of the coverage, by Wilson 1927, so never 0.
        width: mean distance of its ends.
        worlds: how many were drawn.
    """

    kind: str
    screen: str
    covers: str
    leaves_out: str
    coverage: float
    error: float
    width: float
    worlds: int

    @property
    def ok(self) -> bool:
        """Whether chance can explain that it is not between LEAST and MOST."""
        wide = SURE * self.error
        return LEAST - wide <= self.coverage <= MOST + wide


def measure_coverage(study: Study, worlds: int, seed: int = 0) -> list[Coverage]:
    """Return the coverage of each kind of interval of a study.

    Args:
        study: to simulate.
        worlds: how many are drawn.
        seed: of all draws.
    """
    rng = np.random.default_rng(seed)
    found: dict[str, list[Drawn]] = {}
    for _ in range(worlds):
        for kind, drawn in study.draw(rng).items():
            found.setdefault(kind, []).append(drawn)
    return [_coverage(study, kind, np.array(drawn)) for kind, drawn in found.items()]


def _coverage(study: Study, kind: str, drawn: np.ndarray) -> Coverage:
    low, high, truth = drawn.T
    held = int(((low <= truth) & (truth <= high)).sum())
    ends = wilson(held, len(drawn))
    return Coverage(
        kind=kind,
        screen=study.screen,
        covers=study.covers,
        leaves_out=study.leaves_out,
        coverage=held / len(drawn),
        error=(ends[1] - ends[0]) / (2 * NORMAL),
        width=float((high - low).mean()),
        worlds=len(drawn),
    )
