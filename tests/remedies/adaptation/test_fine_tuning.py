"""Fine-tuning and last layer in the engine: what a pull and a frozen trunk leave of a model."""

from itertools import count

import numpy as np
import pytest

from tests.remedies.partners import partnership
from tradeoffs.engine.batches import Batches
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import ModelSpec
from tradeoffs.remedies.adaptation.fine_tuning import (
    FINE_TUNING,
    HELD,
    SMALL_STEPS,
    provider_pull,
)
from tradeoffs.remedies.adaptation.last_layer import LAST_LAYER


def trained(remedy, **fields):
    """Return the partnership, and the models of its regime with one recipe for all."""
    made = partnership(remedy, **fields)
    tables = [table for row in made.tables for table in row]
    slots = len(tables)
    batches = Batches(
        tables,
        [np.zeros(table.rows, np.int8) for table in tables],
        groups=1,
        seeds=range(slots),
        rate=1.0,
        steps=made.steps,
        rows=int(made.rows[0]),
    )
    how, account = made.recipes[0], made.accounts[0]
    spec = ModelSpec(
        width=made.scenario.width,
        learning_rate=how.learning_rate,
        clip_norm=how.clip_norm,
        sigma=account.sigma if account else 0.0,
        ridge=how.ridge,
    )
    keys = count(1)
    vectors = train(
        [spec],
        batches,
        seeds=[0] * slots,
        keys=[[f"{next(keys):016x}"] for _ in range(slots)],
        regimes=[remedy.regime(made)],
    )
    return made, np.array([row[0].numpy() for row in vectors])


def provided(made):
    return np.array([vector for row in made.provider() for vector in row])


@pytest.mark.parametrize("width", [0, 4])
def test_held_at_the_providers_model_it_is_taken_as_it_is(width):
    made, found = trained(FINE_TUNING, dial=HELD, width=width)
    assert np.allclose(found, provided(made), atol=1e-5)


def test_a_stronger_pull_stays_nearer():
    far = []
    for dial in (0.0, 3.0, 30.0, 900.0):
        made, found = trained(FINE_TUNING, dial=dial)
        far.append(float(np.linalg.norm(found - provided(made))))
    assert far == sorted(far, reverse=True) and far[-1] < far[0] / 4


def test_the_last_layer_of_logistic_regression_is_all_of_it():
    assert np.array_equal(trained(LAST_LAYER, dial=10.0)[1], trained(FINE_TUNING, dial=10.0)[1])


@pytest.mark.parametrize("epsilon", [None, 1.0])
def test_the_trunk_stays_the_providers(epsilon):
    made, found = trained(LAST_LAYER, dial=10.0, width=4, epsilon=epsilon)
    trunk, given = (made.columns + 1) * 4, provided(made)
    assert np.allclose(found[:, :trunk], given[:, :trunk], atol=1e-6)
    assert np.abs(found[:, trunk:] - given[:, trunk:]).max() > 1e-3


def test_steps_are_shorter_with_noise_alone():
    for epsilon in (None, 1.0):
        made = partnership(FINE_TUNING, epsilon=epsilon, dial=1.0)
        rate = provider_pull(made).learning_rate
        if epsilon is None:
            assert rate is None
        else:
            assert rate == pytest.approx([SMALL_STEPS * one.learning_rate for one in made.recipes])
