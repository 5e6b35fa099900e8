from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.engine.split_learning import split_training
from tests.remedies.partners import partnership
from tradeoffs.engine.population import initial
from tradeoffs.errors import InvalidInput
from tradeoffs.remedies.collaboration.split import SPLIT
from tradeoffs.remedies.collaboration.split_labels_at_home import SPLIT_LABELS_AT_HOME
from tradeoffs.remedies.remedy import Exchange
from tradeoffs.scenario import Scenario

WIDTH, STEPS = 4, 6


@pytest.mark.parametrize("remedy", [SPLIT, SPLIT_LABELS_AT_HOME])
def test_traffic_is_what_a_recording_channel_saw(remedy):
    own = partnership(remedy, seeds=[0])
    size = (own.columns + 1) * WIDTH + WIDTH + 1
    shape = {"columns": own.columns + 1, "ones": own.ones + 1, "dtype": torch.float32}
    _, channel = split_training(
        own.tables[0], initial(0, WIDTH, **shape).numpy(), width=WIDTH, learning_rate=0.4,
        momentum=0.9, ridge=1.0, steps=STEPS, tail=1, labels_at_home=remedy is SPLIT_LABELS_AT_HOME,
    )  # fmt: skip
    told = remedy.traffic(
        Exchange(
            parameters=size,
            rows=300,
            ones=own.ones,
            columns=own.columns,
            cells=0,
            width=WIDTH,
            steps=STEPS,
            sample_rate=1.0,
            communities=own.size,
            dial=0.0,
        )  # fmt: skip
    )
    assert told.training * own.size == pytest.approx(sum(channel.sent.values()), rel=1e-12)
    assert told.decision == 4 * (WIDTH + 1)


@pytest.mark.parametrize("remedy", [SPLIT, SPLIT_LABELS_AT_HOME])
def test_what_is_told_of_groups_does_not_depend_on_the_attribute_that_is_looked_at(remedy):
    own = partnership(remedy, seeds=[0], rows=200, width=WIDTH)
    vector = np.random.default_rng(0).normal(size=(own.columns + 1) * WIDTH + WIDTH + 1)
    told = {
        protected: remedy.figures(
            replace(own, scenario=own.scenario.but(protected=protected)), [[vector, vector]]
        )
        for protected in ("sex", "race")
    }
    assert told["sex"] == told["race"]
    ((figures, _),) = told["sex"]
    assert {f"leak_group[{one}]" for one in ("sex", "race")} <= set(figures)
    assert figures["leak_group[sex]"] != figures["leak_group[race]"]


def test_there_is_nothing_to_cut_in_a_logistic_regression_and_no_epsilon():
    scenario = Scenario(dataset="gss", label="income_25k", communities="place", remedy="split")
    with pytest.raises(InvalidInput, match=r"width=0 leaves remedy='split' nothing to cut"):
        SPLIT.check(scenario, ())
    SPLIT.check(scenario.but(width=4), ())
    for remedy in (SPLIT, SPLIT_LABELS_AT_HOME):
        assert remedy.outcome("dp").startswith("not possible: ")
        assert remedy.online


def test_everybody_learns_the_one_network_that_all_rows_would_make():
    own = partnership(SPLIT, rows=200)
    regime = SPLIT.regime and SPLIT.regime(own)
    assert regime and regime.mixing
    assert np.array_equal(regime.mixing.weights, np.full((2, 2), 0.5))
    assert np.array_equal(SPLIT.people(own), [400.0, 400.0])
