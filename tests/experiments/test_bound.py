"""What is told of a bound: one gap, of the model that is returned, in one row with its bound."""

import numpy as np
import pytest

from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.fit import Model
from tradeoffs.experiments.line_search import exact_gaps, scores
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.experiments.training_data import training_table
from tradeoffs.results import TOLERANCE, Outcome
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS

BASE = Scenario.of(rows=2_000, epsilon=None)
GAPS = (0.01, 0.05, 0.1, 0.2, 0.5)
HELD = [notion.name for notion in NOTIONS.values() if notion.constrained_rates]
STAGES = (("threshold_optimizer", None), ("group_thresholds", None), ("group_thresholds", 3.0))


def trained(scenarios: list[Scenario]) -> list[Outcome]:
    return [one for chunk in chunks(map(resolve, scenarios)) for one in run(chunk)]


def assert_one_meaning(rows: list[Outcome]) -> list[tuple[float, float]]:
    """Check the law on every row that tells of a bound; return whether it binds and is reached."""
    seen = []
    for row in rows:
        told = row.measurement.training
        assert ("tracked_gap" in told) == ("bound_reached" in told) == ("bound_binding" in told)
        if "tracked_gap" in told:
            room = max(TOLERANCE, 2 * float(told.get("sigma_gap", 0.0)))
            within = float(told["tracked_gap"]) <= (row.scenario.max_gap or 0.0) + room
            assert told["bound_reached"] == within, row.scenario
            seen.append((float(told["bound_binding"]), float(told["bound_reached"])))
    return seen


@pytest.mark.parametrize("epsilon", [None, 3.0, 20.0])
@pytest.mark.parametrize("notion", HELD)
def test_a_bound_is_reached_where_the_gap_told_beside_it_says_so(notion, epsilon):
    base = BASE.but(notion=notion, epsilon=epsilon)
    seen = assert_one_meaning(trained([base.but(max_gap=gap) for gap in GAPS]))
    assert len(seen) == len(GAPS) or epsilon == 3.0  # noise may drown the groups
    assert epsilon is not None or (0.0, 1.0) in seen  # there the unconstrained model is returned


@pytest.mark.parametrize(("stage", "epsilon"), STAGES)
def test_the_same_holds_wherever_the_bound_is_kept(stage, epsilon):
    base = BASE.but(stage=stage, epsilon=epsilon)
    assert len(assert_one_meaning(trained([base.but(max_gap=gap) for gap in GAPS]))) == len(GAPS)


@pytest.mark.parametrize("protected", ["sex", "race"])
def test_without_a_mechanism_the_gap_is_that_of_the_model_that_is_returned(protected):
    base = BASE.but(notion="equalized_odds", protected=protected, rows=8_000)
    for row in trained([base.but(max_gap=gap) for gap in GAPS]):
        plan, told = resolve(row.scenario), row.measurement.training
        table, own = training_table(row.scenario), Model.from_bytes(row.weights).vector
        measured = exact_gaps(plan, table, plan.recipe.sample_rate)
        assert told["tracked_gap"] == measured(scores(plan, table)([own]))[0]


def test_the_gap_is_of_the_groups_that_are_held():
    """Against rates counted here: of four races, those with 30 people of a label and 10 a batch."""
    scenario = BASE.but(notion="equal_opportunity", protected="race", rows=4_900, max_gap=0.05)
    (row,) = trained([scenario])
    table, told = training_table(scenario), row.measurement.training
    group, names = table.group_of("race")
    people = np.array([table.label[group == g].sum() for g in range(len(names))])
    rate = resolve(scenario).recipe.sample_rate
    held = (people >= 30) & (people * rate >= 10)
    assert 2 <= held.sum() < len(names)
    unheld = {f"{name} (positives)" for name, one in zip(names, held, strict=True) if not one}
    assert set(str(told["bound_unheld"]).split("; ")) == unheld


def test_a_bound_on_errors_of_mortgage_applications_is_reached_without_a_mechanism():
    """The multipliers used to end at their ceiling, at gaps of .09 and above."""
    base = Scenario.of(
        dataset="hmda",
        label="approved",
        protected="race",
        rows=1_412,
        epsilon=None,
        notion="error_rate_parity",
    )
    for row in trained([base.but(max_gap=gap) for gap in (0.03, 0.05)]):
        assert float(row.measurement.training["tracked_gap"]) <= (row.scenario.max_gap or 0.0)
