"""Every choice of objectives has the front that `front` has of it."""

import numpy as np
import pytest

from tradeoffs.fronts import OBJECTIVES, front
from tradeoffs.fronts.replicates import Replicates, from_arrays
from tradeoffs.fronts.subsets import subset_fronts

EVERY = tuple(OBJECTIVES.values())
NAMES = [one.name for one in EVERY]
SETTINGS, SEEDS = 24, 4


def results(seed: int) -> Replicates:
    """Return models with ties, an undefined value, infinite epsilons and a missing training."""
    rng = np.random.default_rng(seed)
    models = [(split, k, s) for split in (0, 1) for k in range(SETTINGS) for s in range(SEEDS)]
    settled = np.round(rng.random((SETTINGS, len(EVERY))), 1)
    values = np.array([settled[k] for _, k, _ in models])
    values[:, [0, 1, 3]] += np.round(0.05 * rng.standard_normal((len(models), 3)), 2)
    values[:, 2] = np.where(values[:, 2] > 0.8, np.inf, 10 ** (2 * values[:, 2] - 1))
    values[:, 4:] = np.round(10 ** (1 + 3 * values[:, 4:]))
    values[:, 5] += [k for _, k, _ in models]  # no two settings cost the same
    values[[k == 5 for _, k, _ in models], 1] = np.nan
    there = [n for n, (_, k, s) in enumerate(models) if (k, s) != (7, 3)]
    return from_arrays(
        ("setting",),
        tuple(one.column for one in EVERY),
        keys=[(models[n][1],) for n in there],
        seeds=[models[n][2] for n in there],
        splits=[models[n][0] for n in there],
        values=values[there],
    )


def beats(one: np.ndarray, other: np.ndarray) -> bool:
    return bool((one <= other).all() and (one < other).any())


@pytest.mark.parametrize("seed", range(4))
def test_every_subset_is_the_confirmed_front_and_the_hypervolume_of_these_objectives(seed):
    some = results(seed)
    found = subset_fronts(some, EVERY)
    assert len(found) == 57
    for names, subset in found.items():
        own = front(some, [OBJECTIVES[name] for name in names])
        confirmed = {point["setting"] for point in own.confirmed}
        assert {some.keys[row][0] for row in np.flatnonzero(subset.front)} == confirmed
        assert subset.hypervolume == pytest.approx(own.hypervolume, abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_nobody_on_a_front_is_beaten_on_either_half_and_everybody_else_is_on_one(seed):
    some = results(seed)
    costs = np.stack([one.cost(some.values[..., k]) for k, one in enumerate(EVERY)], axis=-1)
    trained = np.asarray(some.present.all(0))
    mean = np.array(
        [[half[k][trained[k]].mean(0) for k in range(SETTINGS)] for half in costs]
    )  # of costs that are alike in all seeds, or linear: the costs of the means
    for names, subset in subset_fronts(some, EVERY).items():
        own = mean[..., [NAMES.index(name) for name in names]]
        able = np.asarray(~np.isnan(own).any(axis=(0, 2)))
        for k in range(SETTINGS):
            others = [j for j in range(SETTINGS) if able[j] and j != k]
            beaten = any(beats(half[j], half[k]) for half in own for j in others)
            assert subset.front[k] == (able[k] and not beaten), (names, k)


def test_where_nothing_has_all_of_the_objectives_there_is_no_hypervolume():
    some = results(0)
    some.values[..., some.columns.index("gap")] = np.nan
    found = subset_fronts(some, EVERY)
    lacking = {names for names, subset in found.items() if subset.hypervolume is None}
    assert lacking == {names for names in found if "fairness" in names}
    assert not any(found[names].front.any() for names in lacking)
