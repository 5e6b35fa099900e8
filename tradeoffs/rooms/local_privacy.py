"""Local privacy: choices are replaced at random before they are kept, and shares estimated."""

import math
import random
from collections.abc import Mapping, Sequence

from tradeoffs.stats.interval import NORMAL


def chances(epsilon: float, choices: int) -> tuple[float, float]:
    """Return with which chance a choice is kept, and that each other one takes its place.

    With two choices this is Warner's coin of `tradeoffs.studies.randomised_response`.

    Source: Kairouz, Bonawitz, Ramage 2016, Discrete distribution estimation under local privacy,
    ICML (k-ary randomised response).
    """
    total = math.exp(epsilon) + choices - 1
    return math.exp(epsilon) / total, 1 / total


def largest_error(epsilon: float, people: int) -> float:
    """Return how far the estimated share of one of two choices is off at most, in 95 % of rooms.

    The chance that replaces choices is all that counts here: those asked are all there are.

    >>> round(largest_error(1.0, 30), 2)
    0.34
    """
    keep, other = chances(epsilon, 2)
    return NORMAL * math.sqrt(keep * other / people) / (keep - other)


def randomise(choice: str, choices: Sequence[str], epsilon: float, rng: random.Random) -> str:
    """Return what is said in the place of a choice, at a privacy budget of epsilon."""
    keep, _ = chances(epsilon, len(choices))
    others = [one for one in choices if one != choice]
    return choice if rng.random() < keep or not others else rng.choice(others)


def estimates(
    counts: Mapping[str, int | None], answers: int, epsilon: float
) -> dict[str, tuple[float, float, float] | None]:
    """Return the estimated share of each choice, low and high (95 %); None where it is hidden.

    The interval is of the share among those who answered: chance has a part in it by what it
    replaced alone.  It is the score interval (Wilson 1927) of a count whose variance is that of the
    replacing, linear in the share, and may leave [0, 1].

    Args:
        counts: how often each was said; None is hidden.
        answers: of all.
        epsilon: at which they were replaced.
    """
    keep, other = chances(epsilon, len(counts))
    return {
        name: None if count is None else _meant(count / answers, answers, keep, other)
        for name, count in counts.items()
    }


def _meant(said: float, answers: int, keep: float, other: float) -> tuple[float, float, float]:
    """Return the share that was meant where a share was said, low and high."""
    scale, z2 = keep - other, NORMAL * NORMAL / answers
    value = (said - other) / scale
    rest = other * (1 - other) / scale**2  # variance of an answer that means another choice
    slope = keep * (1 - keep) / scale**2 - rest
    middle = value + z2 * slope / 2
    half = math.sqrt(middle**2 - value**2 + z2 * rest)
    return value, middle - half, middle + half
