import numpy as np
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts import ACCURACY, AXES, COST, FAIRNESS, OBJECTIVES, PRIVACY, Objective

every_objective = pytest.mark.parametrize("objective", AXES.values(), ids=lambda o: o.name)


@every_objective
def test_cost_falls_from_reference_to_ideal(objective: Objective):
    costs = objective.cost(np.linspace(objective.reference, objective.ideal, 7))
    assert (np.diff(costs) < 0).all()


@every_objective
def test_normalised_runs_from_ideal_to_reference_and_stops_there(objective: Objective):
    beyond = objective.reference + (objective.reference - objective.ideal)
    values = [objective.ideal, objective.reference, beyond, np.nan]
    np.testing.assert_allclose(objective.normalised(values), [0, 1, 1, np.nan])


@every_objective
def test_reference_must_be_worse_than_ideal(objective: Objective):
    with pytest.raises(InvalidInput, match=objective.name):
        objective.check_reference(objective.ideal)


def test_costs_are_error_gap_and_decades_of_epsilon():
    assert ACCURACY.cost(0.7638) == pytest.approx(0.2362)
    assert FAIRNESS.cost(0.18) == 0.18
    assert PRIVACY.cost(50.0) == pytest.approx(1.69897, abs=1e-5)
    assert COST.cost(1_000) == pytest.approx(3)


def test_infinite_epsilon_is_worst_and_beside_the_axis():
    assert PRIVACY.cost(np.inf) > PRIVACY.cost(1e300)
    assert PRIVACY.on_axis([0.1, np.inf, np.nan, 0.0]).tolist() == [True, False, False, False]
    assert PRIVACY.normalised(np.inf) == 1.0


def test_a_dataset_brings_its_own_reference():
    assert ACCURACY.normalised(0.9, reference=0.8) == pytest.approx(0.5)


def test_cost_sd_is_the_slope_times_the_sd():
    values = np.array([0.1, 3.0])
    slope = (PRIVACY.cost(values + 1e-6) - PRIVACY.cost(values - 1e-6)) / 2e-6
    np.testing.assert_allclose(PRIVACY.cost_sd(values, [0.02, 0.5]), slope * [0.02, 0.5], rtol=1e-6)
    assert ACCURACY.cost_sd(0.8, 0.01) == 0.01


def test_unknown_name_lists_the_known():
    assert OBJECTIVES["privacy"] is PRIVACY
    with pytest.raises(InvalidInput, match="'beauty'; known: accuracy, fairness"):
        OBJECTIVES["beauty"]


def test_every_other_measure_of_explanations_is_an_axis_once():
    more = [entry.column for name, entry in AXES.items() if name not in OBJECTIVES]
    assert len(more) >= 6 and "fidelity" not in more and "stability" not in more
    assert len({entry.column for entry in AXES.values()}) == len(AXES)


def test_shares_are_told_in_per_cent_and_counts_are_not():
    told = {name for name, entry in AXES.items() if entry.is_share}
    assert {"accuracy", "fairness", "explainability", "recourse_gap"} <= told
    assert not {"privacy", "cost", "effective_features", "faithfulness", "recourse_steps"} & told
