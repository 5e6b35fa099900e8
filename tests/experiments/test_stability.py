"""Weights do not depend on which models train beside them, on the widest table either."""

import torch

from tradeoffs.experiments.fit import fit
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.scenario import Scenario

MEPS = Scenario.of(
    dataset="meps", label="visits_10", protected="sex", rows=3000, epsilon=None, max_gap=0.05
)


def test_a_bounded_model_of_a_wide_table_is_the_same_alone_and_beside_others():
    plans = [resolve(MEPS.but(seed=seed)) for seed in range(4)]
    with one_core():
        alone, beside = fit([plans[:1]]), fit([[plan] for plan in plans])
    key = plans[0].model_key
    off = (alone[key].vector - beside[key].vector).abs().max()
    assert float(off) < 1e-5, "rounding grew: the steps are too long for this table"
    assert torch.isfinite(alone[key].vector).all()
