import numpy as np
import pytest

from tradeoffs.attacks.exposure import PERMUTATIONS, auc_range
from tradeoffs.stats.roc import Roc


def scores(leak: np.ndarray, seed: int = 0, models: int = 16):
    rng = np.random.default_rng(seed)
    member = rng.random((models, len(leak))) < 0.5
    people = rng.normal(size=len(leak))
    return people + rng.normal(size=member.shape) + leak * member, member


def asked(score, member, group, seed=0) -> tuple[float, float]:
    found = auc_range(score, member, group, np.random.default_rng(seed))
    assert found is not None
    return found


def test_the_difference_is_that_of_the_groups_areas():
    group = np.arange(300) % 3
    score, member = scores(group * 0.5)
    score[:2, :50] = np.nan
    found, chance = asked(score, member, group)
    areas = [Roc.of(score[:, group == g], member[:, group == g]).area for g in range(3)]
    assert found == pytest.approx(max(areas) - min(areas), abs=2e-3)
    assert chance == 1 / (1 + PERMUTATIONS)


def test_groups_drawn_at_random_are_rarely_called_different():
    """Chances are uniform, so of 30 at most 6 are below .1, but once in 40 times."""
    group = (np.arange(120) % 3 == 0).astype(int)
    chances = [asked(*scores(np.ones(120), seed), group, seed)[1] for seed in range(30)]
    assert sum(chance < 0.1 for chance in chances) <= 6
    assert min(chances) > 0 and max(chances) <= 1


def test_higher_scores_as_such_are_no_exposure():
    group = np.arange(200) % 2
    score, member = scores(np.zeros(200))
    assert asked(score + 5.0 * group, member, group)[1] > 0.05


@pytest.mark.parametrize("group", [np.zeros(50, dtype=int), np.zeros(0, dtype=int)])
def test_fewer_than_two_groups_have_no_difference(group):
    score, member = scores(np.zeros(len(group)))
    assert auc_range(score, member, group, np.random.default_rng(0)) is None
