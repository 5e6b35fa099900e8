"""The line from the unconstrained model through the bounded one, and where a bound is kept."""

import math

import pytest
import torch

from tradeoffs.engine.batches import active_columns
from tradeoffs.experiments.line_search import STEPS, exact_gaps, line_search, scores
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.training_data import training_table
from tradeoffs.scenario import Scenario

BASE = Scenario.of(rows=1_000, epsilon=None)
PLAN = resolve(BASE.but(max_gap=0.05))
TABLE = training_table(BASE)


CODES = active_columns(TABLE)
MALE = CODES[TABLE.protected["sex"] == 1][0, [f.name for f in TABLE.features].index("sex")]


def towards(shift: float) -> torch.Tensor:
    """Return a model whose logit is a little noise, and `shift` more for men."""
    own = torch.randn(TABLE.columns + 1, generator=torch.Generator().manual_seed(0))
    own[MALE] += shift
    return own


FREE = towards(4.0)
SCORED, MEASURED = scores(PLAN, TABLE), exact_gaps(PLAN, TABLE, 1.0)


def gap_of(own: torch.Tensor) -> float:
    return float(MEASURED(SCORED([own]))[0])


def test_the_first_model_on_the_line_that_keeps_the_bound_is_found():
    own = towards(1.0)
    found = line_search(PLAN, FREE, own, TABLE, 1.0)
    assert gap_of(FREE) > 0.1 and found.gap == gap_of(found.vector) <= 0.05
    assert 0.75 < found.step < 1
    assert gap_of(torch.lerp(FREE, own, found.step - 1 / 64)) > 0.05


def test_a_gap_that_passes_through_zero_is_found_in_between():
    own = towards(-1.0)
    found = line_search(PLAN, FREE, own, TABLE, 1.0)
    assert gap_of(own) > 0.1 and found.gap <= 0.05 and 0 < found.step < 1


def test_the_search_goes_a_little_beyond_the_bounded_model():
    found = line_search(PLAN, FREE, towards(2.0), TABLE, 1.0)
    assert gap_of(towards(2.0)) > 0.05 >= found.gap
    assert 1 < found.step <= 2


def test_where_none_keeps_the_bound_the_nearest_is_found_and_it_is_not_the_unconstrained_one():
    own = towards(6.0)
    found = line_search(PLAN, FREE, own, TABLE, 1.0)
    gaps = [gap_of(torch.lerp(FREE, own, step)) for step in STEPS.tolist()]
    assert found.step == STEPS[gaps.index(min(gaps))] and found.gap == min(gaps) > gap_of(FREE)


def test_between_networks_nothing_is_looked_for():
    plan = resolve(BASE.but(max_gap=0.05, width=2))
    size = 2 * (TABLE.columns + 1) + 3
    free, own = torch.randn(2, size, generator=torch.Generator().manual_seed(1))
    found = line_search(plan, free, own, TABLE, 1.0)
    assert found.vector is own or found.vector is free


def test_a_bound_that_is_met_leaves_the_model_as_it_is():
    loose = resolve(BASE.but(max_gap=0.99))
    found = line_search(loose, FREE, towards(-8.0), TABLE, 1.0)
    assert found.vector is FREE and found.step == 0


def test_groups_too_small_to_be_held_leave_the_model_as_it_is():
    found = line_search(PLAN, FREE, towards(-8.0), TABLE, 1e-3)
    assert found.vector is FREE and math.isnan(found.gap)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_diverged_model_keeps_no_bound(bad):
    found = line_search(PLAN, FREE, torch.full_like(FREE, bad), TABLE, 1.0)
    assert math.isnan(found.gap) and found.step == 1
