import statistics
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from tests.engine.conftest import random_table
from tradeoffs.audit.opacus_reference import one_hot
from tradeoffs.benchmarks import clock
from tradeoffs.benchmarks.grid import grid
from tradeoffs.benchmarks.growth import over_linear, private_sweep
from tradeoffs.benchmarks.one_by_one import SOURCES, WAYS, expected_rows, fresh
from tradeoffs.benchmarks.population import batch_rows, private_plans, table_of
from tradeoffs.benchmarks.predictions import Answers, front_hypervolume, points
from tradeoffs.benchmarks.sgemm import flops
from tradeoffs.benchmarks.sizes import FULL, QUICK
from tradeoffs.engine.batches import Batches
from tradeoffs.experiments.fit import model_spec


@pytest.mark.parametrize("width", [0, 16])
def test_flops_are_those_that_torch_counts(width):
    rows, columns = 10, 7
    inputs = torch.ones(rows, columns)
    layers = [torch.ones(columns, max(width, 1), requires_grad=True)]
    if width:
        layers.append(torch.ones(width, 1, requires_grad=True))
    with FlopCounterMode(display=False) as counter:
        found = inputs
        for layer in layers:
            found = found @ layer
        found.sum().backward()
    assert counter.get_total_flops() == rows * flops(columns, width)


def test_the_median_of_the_repeats_counts(monkeypatch):
    ticks = iter([0.0, 5.0, 10.0, 11.0, 20.0, 23.0])
    monkeypatch.setattr(clock.time, "perf_counter", lambda: next(ticks))
    assert clock.seconds(lambda: None, 3) == statistics.median([5, 1, 3])


def test_model_rows_are_the_rows_of_the_batches():
    (plan,) = private_plans(0, 1, 2_000)
    how, table = plan.recipe, table_of(plan)
    batches = Batches(
        [table], [table.protected["sex"]],
        groups=2, seeds=[0], rate=how.sample_rate, steps=how.steps,
    )  # fmt: skip
    assert batch_rows(plan) == sum(len(batch.label) for batch in batches)


def test_the_models_of_a_population_are_private_and_differ():
    plans = private_plans(16, 5, 2_000)
    assert len({plan.model_key for plan in plans}) == 5
    assert all(plan.budget and plan.budget.sigma > 0 for plan in plans)


def test_opacus_takes_the_same_step_either_way():
    """Without noise, ghost clipping steps as the hooks do."""
    (plan,) = private_plans(16, 1, 2_000)
    setting = replace(model_spec(plan), sigma=0.0)
    table = table_of(plan)
    inputs, label = one_hot(table, torch.float32)[:100], torch.tensor(table.label[:100]).float()
    found = []
    for way in WAYS.values():
        model = way(fresh(plan, table), setting, 100)
        before = [p.detach().clone() for p in model.module.parameters()]
        model.step(inputs, label)
        after = [p.detach() for p in model.module.parameters()]
        found.append([a - b for a, b in zip(after, before, strict=True)])
    for one, other in zip(*found, strict=True):
        assert one.norm() > 0
        assert (one - other).norm() <= 1e-4 * one.norm()


@pytest.mark.parametrize("source", SOURCES)
def test_opacus_is_fed_batches_of_the_expected_size(source):
    (plan,) = private_plans(0, 1, 2_000)
    table = table_of(plan)
    fed = list(SOURCES[source](plan, table, 3)())
    assert len(fed) == 3 and all(len(inputs) == len(label) for inputs, label in fed)
    mean = sum(len(label) for _, label in fed) / 3
    assert abs(mean - expected_rows(plan)) < 5 * (expected_rows(plan) / 3) ** 0.5
    assert set(fed[0][0].sum(1).tolist()) == {len(table.features)}


def test_points_are_expectations():
    table = random_table(4)
    table.label[:] = [True, False, True, False]
    table.protected["group"][:] = [0, 0, 1, 1]
    answers = np.array([[1.0, 0.0, 1.0, 0.0], [0.5, 0.5, 0.5, 0.5], [1.0, 1.0, 0.0, 0.0]])
    assert points(answers, table, "group") == pytest.approx(
        np.array([[1.0, 0.0], [0.5, 0.0], [0.5, 1.0]])
    )


def test_the_hypervolume_is_a_share_of_the_box_to_the_constant_answer():
    """By hand: labels 3 to 1, so the box is 1/4 wide; an error of 1/8, a gap of 1/8 of 1/4."""
    table = random_table(8)
    table.label[:] = [True] * 6 + [False] * 2
    table.protected["group"][:] = [0, 1] * 4
    perfect = table.label[None].astype(float)
    assert (
        front_hypervolume(Answers(select=perfect, report=perfect, seconds=1), table, table, "group")
        == 1
    )
    constant = np.ones((1, 8))
    nothing = Answers(select=constant, report=constant, seconds=1)
    assert front_hypervolume(nothing, table, table, "group") == 0
    between = perfect.copy()
    between[0, 6] = 0.5  # group 0: 3.5 of 4 said yes, group 1: 3 of 4
    half = Answers(select=between, report=between, seconds=1)
    error, gap = 0.5 / 8, 0.125
    expected = (1 - error / 0.25) * (1 - gap / 0.25)
    assert front_hypervolume(half, table, table, "group") == pytest.approx(expected)


def test_what_is_beaten_on_select_does_not_count_on_report():
    table = random_table(8)
    table.label[:] = [True] * 6 + [False] * 2
    table.protected["group"][:] = [0, 1] * 4
    perfect, constant = table.label[None].astype(float), np.ones((1, 8))
    swapped = Answers(
        select=np.concatenate([constant, perfect]),
        report=np.concatenate([perfect, constant]),
        seconds=1,
    )
    assert front_hypervolume(swapped, table, table, "group") == 0


def test_linear_growth_is_1():
    assert over_linear({2: 1.0, 20: 10.0, 200: 50.0}) == {2: 1.0, 20: 1.0, 200: 0.5}


def test_the_grids_have_the_sizes_that_are_told():
    assert len(grid(FULL, 5)) == 405
    assert {s.seed for s in grid(FULL, 5)} == {5, 6, 7}
    assert len(list(private_sweep(200, 3_000))) == 200
    assert QUICK.population[0][1] < FULL.population[0][1]
