import numpy as np
import pytest
import torch
from scipy.stats import entropy

from tradeoffs.values.explanations.effective_features import effective_features


def measured(values: torch.Tensor) -> float:
    return float(effective_features(values)[0])


@pytest.mark.parametrize("used", [1, 2, 5, 12])
def test_it_is_the_number_of_features_that_do_equally_much(used):
    values = torch.zeros(1, 30, 12, dtype=torch.float64)
    values[:, ::2, :used], values[:, 1::2, :used] = 0.7, -0.7  # sizes count, not signs
    assert measured(values) == pytest.approx(used, abs=1e-12)


def test_it_is_the_exponential_of_scipys_entropy():
    values = torch.from_numpy(np.random.default_rng(0).normal(size=(1, 50, 7)) * np.arange(1, 8))
    wanted = np.exp(entropy(values.abs().mean((0, 1)).numpy()))
    assert measured(values) == pytest.approx(wanted, abs=1e-12)
    assert 1 < wanted < 7


@pytest.mark.parametrize("size", [0.0, 1e-9])
def test_a_constant_model_has_none_not_0(size):
    values = torch.full((1, 20, 3), size)
    assert np.isnan(measured(values))
