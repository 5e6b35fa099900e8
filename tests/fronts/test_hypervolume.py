import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts import (
    ACCURACY,
    EXPLAINABILITY,
    FAIRNESS,
    OBJECTIVES,
    PRIVACY,
    hypervolume,
    seed_interval,
)
from tradeoffs.fronts.hypervolume import check_references
from tradeoffs.stats.interval import estimate

ALL = tuple(OBJECTIVES.values())
REFERENCES = check_references(ALL, None)
UNIT = {"accuracy": 0.0, "fairness": 1.0}
shares = st.integers(0, 20).map(lambda k: k / 20)


def test_two_models_by_hand():
    # Costs (.5, .2) and (.2, .6): .5 * .8 + .8 * .4 - .5 * .4
    values = np.array([[0.5, 0.2], [0.8, 0.6]])
    assert hypervolume(values, (ACCURACY, FAIRNESS), UNIT) == pytest.approx(0.52)


def test_the_ideal_attains_everything_and_the_reference_nothing():
    for value, expected in (("ideal", 1.0), ("reference", 0.0)):
        corner = np.array([[getattr(entry, value) for entry in ALL]])
        assert hypervolume(corner, ALL, REFERENCES) == pytest.approx(expected)


def test_axes_are_decades_of_epsilon_and_share_of_the_reference():
    # Halfway in log epsilon between .05 and 50, halfway between gap 0 and 1.
    values = np.array([[np.sqrt(0.05 * 50), 0.5]])
    assert hypervolume(values, (PRIVACY, FAIRNESS), REFERENCES) == pytest.approx(0.25)


def test_an_infinite_epsilon_adds_nothing():
    promised = [0.84, 0.1, 1.0, 0.5, 100, 900]
    both = np.array([promised, [0.86, 0.1, np.inf, 0.5, 100, 900]])
    assert hypervolume(both, ALL, REFERENCES) == hypervolume(both[:1], ALL, REFERENCES) > 0


@settings(database=None, deadline=None)
@given(hnp.arrays(float, st.tuples(st.integers(1, 8), st.just(4)), elements=shares))
def test_equal_to_counting_grid_cells(values: np.ndarray):
    references = {"accuracy": 0.0, "fairness": 1.0, "explainability": 0.0}
    axes = (ACCURACY, FAIRNESS, EXPLAINABILITY)
    costs = np.column_stack([1 - values[:, 0], values[:, 1], 1 - values[:, 2]])
    cell = (np.arange(20) + 0.5) / 20
    grid = np.stack(np.meshgrid(cell, cell, cell), axis=-1).reshape(-1, 1, 3)
    share = np.any(np.all(costs[None] <= grid, axis=2), axis=1).mean()
    assert hypervolume(values[:, :3], axes, references) == pytest.approx(share)


@settings(database=None, deadline=None)
@given(hnp.arrays(float, st.tuples(st.integers(1, 12), st.just(6)), elements=shares))
def test_another_model_never_lowers_it(values: np.ndarray):
    values[:, [2, 4, 5]] = 10 ** (3 * values[:, [2, 4, 5]] - 1)  # epsilon, parameters, money
    fewer = hypervolume(values[:-1], ALL, REFERENCES)
    assert hypervolume(values, ALL, REFERENCES) >= fewer - 1e-12


def test_undefined_values_are_refused():
    with pytest.raises(InvalidInput, match="defined"):
        hypervolume(np.array([[0.8, np.nan]]), (ACCURACY, FAIRNESS), UNIT)


def test_references_replace_the_own_and_are_checked():
    given_ones = {"accuracy": 0.877, "beauty": 3.0}
    assert check_references((ACCURACY, FAIRNESS), given_ones) == {
        "accuracy": 0.877,
        "fairness": 1.0,
    }
    with pytest.raises(InvalidInput, match="reference of privacy=inf"):
        check_references((PRIVACY,), {"privacy": np.inf})


def test_the_interval_of_what_is_a_mean_over_seeds_is_that_of_student():
    values = np.array([0.4, 0.5, 0.45, 0.47])
    left = (values.sum() - values) / 3
    assert seed_interval(values.mean(), left) == pytest.approx(estimate(values).interval)


def test_the_interval_stays_between_none_and_all_and_needs_two_seeds():
    assert seed_interval(0.5, np.array([0.0, 1.0])) == (0.0, 1.0)
    assert seed_interval(0.44, np.array([0.4])) is None
