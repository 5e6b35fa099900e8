"""Noise on top: no epsilon, whatever the noise; without noise nothing changes."""

from itertools import pairwise

import pytest
import torch

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.weight_noise import ACCOUNTED, NOISES, ON_TOP, answer, noisy

HERE = Scenario(rows=300, width=0, epsilon=3.0)


@pytest.fixture(scope="module")
def rows():
    return {(row["how"], row["noise"], row["what"]): row for row in answer(HERE)}


def test_noise_has_the_deviation_asked_for_and_none_changes_nothing():
    weights = [torch.zeros(10_000), torch.ones(10_000)]
    own = noisy(weights, 0.5, 0)
    assert float(own[0].std()) == pytest.approx(0.5, rel=0.03)
    assert not torch.equal(own[0], own[1] - 1)  # each model has noise of its own
    assert all(torch.equal(a, b) for a, b in zip(weights, noisy(weights, 0.0, 0), strict=True))
    assert torch.equal(noisy(weights, 0.5, 0)[0], own[0])


def test_no_accountant_speaks_of_noise_on_top(rows):
    assert all(rows[ON_TOP, noise, "attack"]["epsilon"] is None for noise in NOISES)
    assert all(rows[ON_TOP, noise, "attack"]["bound"] is None for noise in NOISES)
    paid = rows[ACCOUNTED, None, "attack"]
    assert paid["epsilon"] <= 3.0 and paid["low"] <= paid["bound"]


def test_without_noise_nothing_is_spared_and_more_noise_spares_more(rows):
    assert rows[ON_TOP, 0.0, "spared"]["value"] == rows[ON_TOP, 0.0, "price"]["value"] == 0
    attacks = [rows[ON_TOP, noise, "attack"]["value"] for noise in NOISES]
    assert all(more <= less + 0.01 for less, more in pairwise(attacks))
    assert attacks[-1] < attacks[0] - 0.05


def test_a_budget_to_compare_with_is_needed():
    with pytest.raises(InvalidInput, match="epsilon=none promises nothing"):
        answer(HERE.but(epsilon=None))
