"""Local privacy: choices are replaced at random before they are kept, and shares estimated."""

import math
import random
from collections.abc import Mapping, Sequence

from tradeoffs.stats.proportions import wilson


def chances(epsilon: float, choices: int) -> tuple[float, float]:
    """Return with which chance a choice is kept, and that each other one takes its place.

    With two choices this is Warner's coin of `tradeoffs.studies.randomised_response`.

    Source: Kairouz, Bonawitz, Ramage 2016, Discrete distribution estimation under local privacy,
    ICML (k-ary randomised response).
    """
    total = math.exp(epsilon) + choices - 1
    return math.exp(epsilon) / total, 1 / total


def randomise(choice: str, choices: Sequence[str], epsilon: float, rng: random.Random) -> str:
    """Return what is said in the place of a choice, at a privacy budget of epsilon."""
    keep, _ = chances(epsilon, len(choices))
    others = [one for one in choices if one != choice]
    return choice if rng.random() < keep or not others else rng.choice(others)


def estimates(
    counts: Mapping[str, int | None], answers: int, epsilon: float
) -> dict[str, tuple[float, float, float] | None]:
    """Return the estimated share of each choice, low and high (95 %); None where it is hidden.

    The interval is Wilson's of what was said, brought to the scale of what was meant; it covers
    what was drawn, and may leave [0, 1].

    Args:
        counts: how often each was said; None is hidden.
        answers: of all.
        epsilon: at which they were replaced.
    """
    keep, other = chances(epsilon, len(counts))
    return {
        name: None
        if count is None
        else _meant((count / answers, *wilson(count, answers)), keep, other)
        for name, count in counts.items()
    }


def _meant(
    said: tuple[float, float, float], keep: float, other: float
) -> tuple[float, float, float]:
    value, low, high = ((one - other) / (keep - other) for one in said)
    return value, low, high
