"""Moves: which settings the tabs go to."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from loadtest.answer import Setting
from tradeoffs.experiments.designs import SLIDERS
from tradeoffs.scenario import Scenario

# The settings of stored moves: the first screen's is among them.
STORED: Mapping[str, tuple[float | None, ...]] = {
    "epsilon": (0.2, 0.5, 1.0, 3.0, 8.0, None),
    "max_gap": (0.02, 0.05, 0.1, None),
}
COLD = SLIDERS.keys() & STORED.keys()
SEEDS = range(1, 10_000)  # numbers that a visitor of the level "lab" may type, the default left out
FIRST: Setting = {name: getattr(Scenario(), name) for name in STORED}


def warm_up() -> list[Setting]:
    """Return the settings of stored moves, neighbours after one another."""
    return [dict(zip(STORED, values, strict=True)) for values in product(*STORED.values())]


def stored(dice: random.Random) -> Iterator[Setting]:
    """Yield settings that are in the store, each one slider away from the one before."""
    here = dict(FIRST)
    while True:
        field = dice.choice(list(STORED))
        here[field] = dice.choice([value for value in STORED[field] if value != here[field]])
        yield dict(here)


def cold(dice: random.Random, seeds: Sequence[int]) -> Iterator[Setting]:
    """Yield settings that nobody has trained: a slider moves, and the number of the seeds with it.

    A slider alone would lead along a section, which the move before has trained.

    Args:
        dice: choose the sliders.
        seeds: numbers that no other tab uses, used from the first on and then again.
    """
    here, used = dict(FIRST), 0
    while True:
        field = dice.choice(sorted(COLD))
        here[field] = dice.choice([value for value in SLIDERS[field] if value != here[field]])
        yield {**here, "seed": seeds[used % len(seeds)]}
        used += 1
