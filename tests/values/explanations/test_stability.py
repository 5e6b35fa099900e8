from math import comb

import numpy as np
import pytest
import torch
from scipy.stats import rankdata, spearmanr

from tradeoffs.values.explanations.stability import TOP, across, ranks, stability


def random_values(models: int, rows: int = 60, features: int = 8, seed: int = 0) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(seed).normal(size=(models, rows, features)))


def test_a_model_explains_like_itself():
    values = random_values(3)
    for other in (values, -values, 5 * values):  # only the order of sizes counts
        found = stability(values, other)
        assert torch.allclose(found.rank_correlation, torch.ones(3, dtype=torch.float64))
        assert torch.equal(found.top_overlap, torch.ones(3, dtype=torch.float64))


def test_unrelated_models_explain_unalike():
    one, other = random_values(2, rows=4_000), random_values(2, rows=4_000, seed=1)
    found = stability(one, other)
    assert (found.rank_correlation.abs() < 0.03).all()
    # Two random triples of 8 share k features with the hypergeometric chance of k.
    chance = sum(comb(3, k) * comb(5, 3 - k) / comb(8, 3) * k / (6 - k) for k in range(4))
    assert (found.top_overlap - chance).abs().max() < 0.02


@pytest.mark.parametrize("decimals", [1, 9])
def test_it_is_scipys_spearman_row_by_row(decimals):
    """Ties included."""
    one, other = (random_values(1, seed=s).round(decimals=decimals) for s in (0, 1))
    pairs = zip(one[0].abs().numpy(), other[0].abs().numpy(), strict=True)
    wanted = np.mean([np.array(spearmanr(a, b))[0] for a, b in pairs])
    found = stability(one, other).rank_correlation
    assert float(found[0]) == pytest.approx(wanted, abs=1e-12)
    assert np.array_equal(ranks(one)[0], rankdata(one[0].abs().numpy(), axis=1) - 1)


def test_overlap_is_the_jaccard_index_of_the_strongest_three():
    one = torch.tensor([[[9.0, 8.0, 7.0, 1.0, 2.0]]])
    other = torch.tensor([[[9.0, -8.0, 0.0, 1.0, 3.0]]])
    assert stability(one, other).top_overlap.tolist() == [2 / 4]


def test_with_three_features_the_strongest_three_tell_nothing():
    found = stability(random_values(2, features=TOP), random_values(2, features=TOP, seed=1))
    assert found.top_overlap.isnan().all() and found.rank_correlation.isfinite().all()


def test_a_constant_model_has_none_not_0():
    values = random_values(2)
    values[1] = 0
    found = stability(values, random_values(1))
    for part in found:
        assert part.isnan().tolist() == [False, True]


def test_across_compares_every_two():
    values = random_values(4)
    found = across(values)
    assert found.rank_correlation.shape == (6,)
    wanted = stability(values[[0]], values[[3]]).rank_correlation
    assert found.rank_correlation[2] == wanted[0]
