"""Noise on top: no epsilon, whatever the noise; without noise nothing changes."""

import pytest
import torch

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.weight_noise import ACCOUNTED, NO_NOISE, ON_TOP, answer, noisy

HERE = Scenario(rows=300, width=0, epsilon=3.0)


@pytest.fixture(scope="module")
def found():
    return {
        noise: {(row["how"], row["what"]): row for row in answer(HERE, noise)}
        for noise in (0.0, 0.1, 1.0)
    }


def test_noise_has_the_deviation_asked_for_and_none_changes_nothing():
    weights = [torch.zeros(10_000), torch.ones(10_000)]
    own = noisy(weights, 0.5, 0)
    assert float(own[0].std()) == pytest.approx(0.5, rel=0.03)
    assert not torch.equal(own[0], own[1] - 1)  # each model has noise of its own
    assert all(torch.equal(a, b) for a, b in zip(weights, noisy(weights, 0.0, 0), strict=True))
    assert torch.equal(noisy(weights, 0.5, 0)[0], own[0])


def test_no_accountant_speaks_of_noise_on_top(found):
    assert all(rows[ON_TOP, "attack"]["epsilon"] is None for rows in found.values())
    assert all(rows[ON_TOP, "attack"]["bound"] is None for rows in found.values())
    paid = found[0.1][ACCOUNTED, "attack"]
    assert paid["epsilon"] <= 3.0 and paid["low"] <= paid["bound"]


def test_without_noise_nothing_is_spared_and_more_noise_spares_more(found):
    for how in (NO_NOISE, ON_TOP):
        assert found[0.0][how, "spared"]["value"] == found[0.0][how, "price"]["value"] == 0
    attacks = [rows[ON_TOP, "attack"]["value"] for rows in found.values()]
    assert attacks == sorted(attacks, reverse=True) and attacks[-1] < attacks[0] - 0.05


def test_what_is_compared_with_does_not_depend_on_the_noise(found):
    for how in (NO_NOISE, ACCOUNTED):
        assert found[0.1][how, "attack"] == found[1.0][how, "attack"]


def test_noise_and_a_budget_to_compare_with_are_needed():
    with pytest.raises(InvalidInput, match="epsilon=none gives no privacy"):
        answer(HERE.but(epsilon=None), 0.1)
    with pytest.raises(InvalidInput, match="noise=-1"):
        answer(HERE, -1)
