import warnings

import numpy as np
import pytest
import torch
from captum.attr import DeepLift

from tests.engine.conftest import random_table
from tests.values.explanations.conftest import SIZES, Net, by_feature, one_hot, random_models
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.evaluation import layers
from tradeoffs.values.explanations import faithfulness as module
from tradeoffs.values.explanations.attribution import attributions
from tradeoffs.values.explanations.faithfulness import SUBSETS, faithfulness, subsets

TABLE = random_table(40, bins=SIZES)
CODES = torch.from_numpy(active_columns(TABLE))
FLAT = CODES[:, :-1].long()
DRAWN = subsets(len(SIZES))


def measured(vectors: list[torch.Tensor], width: int) -> torch.Tensor:
    first, second = layers(vectors, width)
    values = attributions(first, second, FLAT, SIZES)
    return faithfulness(first, second, FLAT, values, DRAWN)


def test_it_is_1_for_logistic_regression():
    found = measured(random_models(0, sum(SIZES) + 1), 0)
    assert torch.allclose(found, torch.ones(3, dtype=torch.float64), rtol=0, atol=1e-12)


def test_it_is_that_of_captums_attributions_and_of_models_that_are_asked():
    vectors = random_models(8, sum(SIZES) + 1)
    found = measured(vectors, 8)
    design = one_hot(CODES)
    mean = design.mean(0, keepdim=True)
    owner = np.repeat(np.arange(len(SIZES)), SIZES)
    for m, vector in enumerate(vectors):
        net = Net(vector, 8)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = by_feature(DeepLift(net).attribute(design, mean).detach())
        foretold, moved = np.empty((2, len(design), SUBSETS))
        for s, subset in enumerate(DRAWN.numpy()):
            back = torch.from_numpy(np.append(subset[owner], 0) > 0)
            without = torch.where(back, mean, design)
            foretold[:, s] = values.numpy() @ subset
            moved[:, s] = (net(design) - net(without)).detach().numpy()[:, 0]
        wanted = [np.corrcoef(*pair)[0, 1] for pair in zip(foretold, moved, strict=True)]
        assert float(found[m]) == pytest.approx(np.mean(wanted), abs=1e-10)
        assert 0 < np.mean(wanted) < 0.9999


def test_wrong_attributions_foretell_nothing():
    first, second = layers(random_models(8, sum(SIZES) + 1), 8)
    assert second is not None
    right = attributions(first, second, FLAT, SIZES)
    wrong = right[:, torch.randperm(len(FLAT), generator=torch.Generator().manual_seed(0))]
    scores = [faithfulness(first, second, FLAT, values, DRAWN) for values in (right, wrong)]
    assert (scores[0] - scores[1] > 0.3).all()
    opposite = faithfulness(first, second, FLAT, -right, DRAWN)
    assert torch.allclose(opposite, -scores[0], rtol=0, atol=1e-12)


@pytest.mark.parametrize("width", [0, 8])
def test_a_constant_model_has_none_not_0(width):
    vectors = [torch.zeros_like(vector) for vector in random_models(width, sum(SIZES) + 1)]
    for vector in vectors:
        vector[-1] = 2.0
    assert measured(vectors, width).isnan().all()


def test_it_does_not_depend_on_how_models_are_taken_together(monkeypatch):
    vectors = random_models(8, sum(SIZES) + 1)
    together = measured(vectors, 8)
    monkeypatch.setattr(module, "NUMBERS", 1)
    assert torch.allclose(measured(vectors, 8), together, rtol=0, atol=1e-12)


def test_subsets_are_the_same_every_time_and_half_of_the_features():
    drawn = subsets(12)
    assert drawn.shape == (SUBSETS, 12) and torch.equal(drawn, subsets(12))
    assert not torch.equal(drawn, subsets(12, seed=1))
    assert 0.4 < float(drawn.mean()) < 0.6
