import warnings

import numpy as np
import pytest
import torch
from captum.attr import DeepLift

from tests.engine.conftest import random_table
from tests.values.explanations.conftest import (
    MODELS,
    SIZES,
    WIDTHS,
    Net,
    by_feature,
    one_hot,
    random_models,
)
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.evaluation import layers
from tradeoffs.engine.population import logits
from tradeoffs.values.explanations.attribution import attributions, importance


@pytest.fixture(scope="module", params=WIDTHS)
def case(request):
    """Width, parameter vectors in float64, codes with the bias column, attributions."""
    width = request.param
    table = random_table(200, bins=SIZES)
    codes = torch.from_numpy(active_columns(table))
    vectors = random_models(width, table.columns + 1)
    first, second = layers(vectors, width)
    return width, vectors, codes, attributions(first, second, codes[:, :-1].long(), SIZES)


def test_attributions_add_up_to_the_logit_minus_the_logit_at_the_baseline(case):
    width, vectors, codes, found = case
    logit = logits(vectors, [width] * MODELS, codes)
    mean = one_hot(codes).mean(0)
    for m, vector in enumerate(vectors):
        base = Net(vector, width)(mean).item() if width else float(mean @ vector)
        assert torch.allclose(found[m].sum(1), logit[m] - base, rtol=0, atol=1e-10)


def test_they_are_deeplift_for_a_network_and_closed_for_logistic_regression(case):
    width, vectors, codes, found = case
    design = one_hot(codes)
    mean = design.mean(0, keepdim=True)
    for m, vector in enumerate(vectors):
        if width:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # captum tells that it sets hooks
                oracle = DeepLift(Net(vector, width)).attribute(design, mean).detach()
        else:
            oracle = (design - mean) * vector
        assert torch.allclose(found[m], by_feature(oracle), rtol=0, atol=1e-10)


def test_they_are_integrated_gradients_for_a_network():
    """Against a fine sum over the straight path from the baseline."""
    codes = torch.from_numpy(active_columns(random_table(40, bins=SIZES)))
    vector = random_models(8, sum(SIZES) + 1)[0]
    first, second = layers([vector], 8)
    found = attributions(first, second, codes[:, :-1].long(), SIZES)[0]
    design, net = one_hot(codes), Net(vector, 8)
    moved = design - design.mean(0)
    shares = (torch.arange(4_000, dtype=torch.float64) + 0.5) / 4_000
    at = (design.mean(0) + shares[:, None, None] * moved).requires_grad_(True)
    slope = torch.autograd.grad(net(at).sum(), at)[0].mean(0)
    assert torch.allclose(found, by_feature(moved * slope), rtol=0, atol=2e-3)


def test_permuting_features_permutes_attributions(case):
    width, vectors, codes, found = case
    order = [2, 0, 1]
    starts = np.concatenate([[0], np.cumsum(SIZES)])
    columns = [c for j in order for c in range(starts[j], starts[j + 1])] + [sum(SIZES)]
    first, second = layers(vectors, width)
    place = torch.empty(len(columns), dtype=torch.int64)
    place[columns] = torch.arange(len(columns))
    moved = place[codes[:, :-1].long()][:, order]
    again = attributions(first[columns], second, moved, [SIZES[j] for j in order])
    assert torch.allclose(again, found[:, :, order], rtol=0, atol=1e-12)


def test_a_row_at_the_baseline_has_no_attributions(case):
    width, vectors, *_ = case
    alike = torch.tensor([[0, 3, 7]] * 5)
    first, second = layers(vectors, width)
    assert attributions(first, second, alike, SIZES).abs().max() < 1e-12


def test_importance_is_shares_of_one(case):
    *_, found = case
    shares = importance(found)
    assert shares.shape == (MODELS, len(SIZES)) and (shares > 0).all()
    assert torch.allclose(shares.sum(1), torch.ones(MODELS, dtype=torch.float64))
    size = found.abs().mean(1)
    assert torch.allclose(shares[:, 0] / shares[:, 1], size[:, 0] / size[:, 1])


def test_a_constant_model_has_no_importance(case):
    width, vectors, codes, _ = case
    constant = [torch.zeros_like(vector) for vector in vectors]
    for vector in constant:
        vector[-1] = 3.0
    values = attributions(*layers(constant, width), codes[:, :-1].long(), SIZES)
    assert torch.equal(importance(values), torch.zeros(MODELS, 3, dtype=torch.float64))


def test_a_feature_that_is_not_used_gets_nothing(case):
    width, vectors, codes, _ = case
    first, second = layers(vectors, width)
    first = first.clone()
    first[3:7] = 1.0  # all bins of the second feature alike
    values = attributions(first, second, codes[:, :-1].long(), SIZES)
    assert values[:, :, 1].abs().max() < 1e-12 and values[:, :, 0].abs().max() > 0.1


def test_the_baseline_can_be_that_of_other_people(case):
    width, vectors, codes, found = case
    first, second = layers(vectors, width)
    flat = codes[:, :-1].long()
    again = attributions(first, second, flat[:7], SIZES, around=flat)
    assert torch.allclose(again, found[:, :7], rtol=0, atol=1e-12)
