import numpy as np
import pytest
from scipy import stats

from tradeoffs.attacks.scores import LEAST_SHADOWS, SCORES, lira, loss

RNG = np.random.default_rng(0)
SURE = RNG.normal(size=(12, 5)) + 3 * RNG.normal(size=5)
MEMBER = RNG.random((12, 5)) < 0.5


def shadows(model: int, person: int, inside: bool) -> np.ndarray:
    chosen = MEMBER[:, person] == inside
    chosen[model] = False
    return SURE[chosen, person]


def variance(model: int, person: int, inside: bool, per_person: bool) -> float:
    if per_person:
        return shadows(model, person, inside).var(ddof=1)
    parts = [shadows(model, i, inside) for i in range(5)]
    return sum(len(p) * p.var() for p in parts) / sum(len(p) - 1 for p in parts)


@pytest.mark.parametrize("per_person", [True, False])
def test_the_ratio_is_that_of_two_normals_fitted_without_the_model_attacked(per_person):
    found = lira(SURE, MEMBER, per_person)
    for model, person in np.ndindex(SURE.shape):
        density = []
        for inside in (True, False):
            mean = shadows(model, person, inside).mean()
            spread = variance(model, person, inside, per_person) ** 0.5
            density.append(stats.norm.logpdf(SURE[model, person], mean, spread))
        assert found[model, person] == pytest.approx(density[0] - density[1], rel=1e-7)


@pytest.mark.parametrize("name", SCORES)
def test_a_score_does_not_know_the_coin_that_it_guesses(name):
    """One coin turned round changes the scores of other models only."""
    before = SCORES[name](SURE, MEMBER, True)
    turned = MEMBER.copy()
    turned[3, 2] = ~turned[3, 2]
    after = SCORES[name](SURE, turned, True)
    assert after[3, 2] == pytest.approx(before[3, 2])
    others = np.delete(np.arange(12), 3)
    assert (name == "loss") == np.array_equal(before[others, 2], after[others, 2])


def test_a_person_with_too_few_shadows_gets_no_score():
    member = np.zeros((6, 2), dtype=bool)
    member[: LEAST_SHADOWS + 1, 0] = True
    member[:LEAST_SHADOWS, 1] = True
    found = np.isnan(lira(SURE[:6, :2], member, False))
    assert not found[:, 0].any()
    assert found[:, 1].tolist() == member[:, 1].tolist()  # the model attacked is left out


def test_equal_confidences_tell_nothing():
    assert (lira(np.ones((12, 5)), MEMBER, True) == 0).all()


def test_the_loss_is_lower_where_the_score_is_higher():
    losses = np.logaddexp(0, -loss(SURE, MEMBER, True))
    assert np.array_equal(np.argsort(-losses.ravel()), np.argsort(SURE.ravel()))
