"""Shadow models: half of the people are in each, and figures are of models that did not diverge."""

import numpy as np
import pytest
import torch

from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.fit import model_spec
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.shadow_models import MODELS, ShadowModels
from tradeoffs.experiments.training_spec import spec, spent
from tradeoffs.scenario import Scenario

HERE = Scenario(rows=300, width=0, epsilon=3.0)


@pytest.fixture(scope="module")
def shadows():
    return ShadowModels.of(HERE)


def test_half_of_the_people_are_in_each_training(shadows):
    assert shadows.member.shape == (MODELS, HERE.rows)
    assert shadows.member.mean() == pytest.approx(0.5, abs=0.02)


def test_models_differ_by_people_and_specs_by_their_name(shadows):
    one, other = shadows.train({"one": spec(HERE), "other": spec(HERE)})
    assert len(one) == MODELS and not torch.equal(one[0], one[1])
    assert not torch.equal(one[0], other[0])  # noise of its own
    assert torch.equal(shadows.train({"other": spec(HERE)})[0][5], other[5])


def test_models_against_themselves_differ_by_nothing(shadows):
    sure = np.random.default_rng(0).normal(size=shadows.member.shape)
    assert set(shadows.auc_difference(sure, sure).values()) == {0.0, None}


def test_a_model_that_diverged_is_not_measured(shadows):
    (vectors,) = shadows.train({"x": spec(HERE)})
    vectors[0] = vectors[0] * float("nan")
    with pytest.raises(NotMeasurable, match="diverged"):
        shadows.confidence(vectors)


@pytest.mark.parametrize("epsilon", [None, 3.0])
def test_a_scenario_without_a_bound_is_trained_as_the_pipeline_trains_it(epsilon):
    own = HERE.but(epsilon=epsilon)
    told, plan = spec(own), model_spec(resolve(own))
    for name in ("width", "learning_rate", "clip_norm", "sigma", "clipping", "ridge", "momentum"):
        assert getattr(told, name) == getattr(plan, name)
    assert (spent(own) is None) == (epsilon is None)
