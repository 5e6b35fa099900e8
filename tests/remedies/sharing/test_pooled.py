"""Pooled rows: one model of everybody's people, and one promise to the public."""

import math

import numpy as np
import pytest
import torch

from tests.remedies.partners import partnership
from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import Batches
from tradeoffs.engine.loop import run_training
from tradeoffs.engine.population import ModelSpec
from tradeoffs.engine.recipe import recipe
from tradeoffs.experiments.participants import partnership as partnership_of
from tradeoffs.remedies.sharing.pooled_rows import POOLED
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.account import Part, allocate


def train(table: Table, ridge: float) -> torch.Tensor:
    how = recipe(table.rows, 0, None, len(table.features))
    setting = ModelSpec(learning_rate=how.learning_rate, clip_norm=math.inf, ridge=ridge)
    nobody = np.zeros(table.rows, np.int32)
    batches = Batches([table], [nobody], groups=1, seeds=(0,), rate=1.0, steps=how.steps)
    return run_training([setting], batches, seeds=(0,), keys=[["0"]]).mean()[0][0]


def test_everybody_twice_is_everybody_once_with_half_the_ridge():
    table = subsample(community_split("gss", "income_25k", "place", "Pacific").train, 200, 0)
    twice = table.take(np.repeat(np.arange(200), 2))
    assert torch.allclose(train(twice, 0.0), train(table, 0.0), atol=1e-5)
    assert torch.allclose(train(twice, 3.0), train(table, 1.5), atol=1e-5)
    assert not torch.allclose(train(twice, 3.0), train(table, 3.0), atol=1e-2)


def test_noise_of_all_communities_adds_up_to_that_of_one_holder_of_all_rows():
    made = partnership(POOLED, epsilon=1.0)
    each = [account.sigma for account in made.accounts if account]
    holder = allocate(1.0, 1e-5, Part(steps=made.steps))
    assert math.hypot(*each) == pytest.approx(holder.sigma)
    assert {account and account.epsilon_spent for account in made.accounts} == {
        holder.epsilon_spent
    }


def test_all_have_the_recipe_of_the_strictest_request_so_that_one_noise_hides_everybody():
    one = Scenario(
        dataset="gss",
        label="income_25k",
        communities="place",
        home="Pacific",
        remedy="pooled",
        rows=300,
        epsilon=8.0,
        own_epsilon=(("Mountain", 0.3),),
    )
    own, strict = partnership_of(one), partnership_of(one.but(epsilon=0.3, own_epsilon=()))
    for name in ("clip_norm", "learning_rate"):
        wanted = getattr(strict.recipes[0], name)
        assert [getattr(how, name) for how in own.recipes] == pytest.approx([wanted] * own.size)
    assert {account and account.epsilon_spent for account in own.accounts} == {
        strict.accounts[0] and strict.accounts[0].epsilon_spent
    }
