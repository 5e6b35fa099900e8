"""Designs that run every pair of choices: far fewer runs than the product of all axes."""

import itertools
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Run = dict[str, Any]
TRIES = 60  # random completions of a pair, of which the one with most new pairs is taken


def covering(axes: Mapping[str, Sequence[Any]], offered: Callable[[Run], bool]) -> list[Run]:
    """Return runs that together hold every pair of choices that some offered run holds.

    Args:
        axes: name -> choices.
        offered: whether a run, one choice an axis, can be made.
    """
    rng, runs = random.Random(0), []
    left = {
        ((a, x), (b, y))
        for a, b in itertools.combinations(axes, 2)
        for x in range(len(axes[a]))
        for y in range(len(axes[b]))
    }
    for pair in sorted(left):
        if pair not in left:
            continue
        left.discard(pair)
        drawn = [_completed(dict(pair), axes, rng) for _ in range(TRIES)]
        drawn.sort(key=lambda one: -len(left & _pairs(one, axes)))
        best = next((one for one in drawn if offered(_run(one, axes))), None)
        if best is not None:
            left -= _pairs(best, axes)
            runs.append(_run(best, axes))
    return runs


def _completed(
    given: dict[str, int], axes: Mapping[str, Sequence[Any]], rng: random.Random
) -> dict[str, int]:
    return {name: given.get(name, rng.randrange(len(choices))) for name, choices in axes.items()}


def _run(places: dict[str, int], axes: Mapping[str, Sequence[Any]]) -> Run:
    return {name: axes[name][place] for name, place in places.items()}


def _pairs(places: dict[str, int], axes: Mapping[str, Sequence[Any]]) -> set:
    return {((a, places[a]), (b, places[b])) for a, b in itertools.combinations(axes, 2)}
