import numpy as np
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts import ACCURACY, FAIRNESS, PRIVACY, front, knee
from tradeoffs.fronts.replicates import replicates

ANGLES = np.radians([0, 20, 45, 70, 90])
NOISE = np.array([-1.0, 0.0, 1.0])
AXES = (FAIRNESS, ACCURACY)


def _curve(gaps, errors, noise: float = 1e-4) -> dict:
    return {
        k: {"gap": gap + noise * NOISE, "accuracy": 1 - error + noise * NOISE}
        for k, (gap, error) in enumerate(zip(gaps, errors, strict=True))
    }


def _arc(noise: float = 1e-4) -> dict:
    return _curve(0.2 * (1 - np.cos(ANGLES)), 0.1 * (1 - np.sin(ANGLES)) + 0.1, noise)


def test_knee_of_a_quarter_circle_is_in_its_middle(tidy):
    found = knee(front(replicates(tidy(_arc()), ["label"]), AXES))
    assert found.index == 2 and found.reason is None
    assert found.distance == pytest.approx((np.sqrt(2) - 1) / np.sqrt(2), rel=1e-6)


def test_a_straight_line_has_no_knee(tidy):
    steps = np.linspace(0, 0.2, 5)
    for noise in (1e-4, 0.0):
        found = knee(front(replicates(tidy(_curve(steps, 0.3 - steps, noise)), ["label"]), AXES))
        assert found.index is None and "two standard errors" in str(found.reason)


def test_noise_hides_a_knee(tidy):
    found = knee(front(replicates(tidy(_arc(noise=0.05)), ["label"]), AXES))
    assert found.index is None and found.distance == pytest.approx(0.2929, abs=1e-4)
    assert found.standard_error is not None and found.standard_error > 0.2929 / 2


def test_standard_error_equals_simulation(tidy):
    found = knee(front(replicates(tidy(_arc(noise=0.002)), ["label"]), AXES))
    rng = np.random.default_rng(0)
    points = np.column_stack([0.2 * (1 - np.cos(ANGLES)), 0.1 * (1 - np.sin(ANGLES))])[[0, 2, 4]]
    draws = points + 0.002 / np.sqrt(3) * rng.standard_normal((20_000, 3, 2))
    x = (draws[:, 1, 0] - draws[:, 0, 0]) / (draws[:, 2, 0] - draws[:, 0, 0])
    y = (draws[:, 1, 1] - draws[:, 2, 1]) / (draws[:, 0, 1] - draws[:, 2, 1])
    simulated = ((1 - x - y) / np.sqrt(2)).std()
    assert found.standard_error == pytest.approx(simulated, rel=0.03)


def test_candidate_is_chosen_on_select_and_measured_on_report(tidy):
    report = _arc()
    report[1], report[2] = report[2], report[1]  # on report the middle belongs to another
    found = knee(front(replicates(tidy(_arc(), report), ["label"]), AXES))
    x, y = 1 - np.cos(ANGLES[1]), 1 - np.sin(ANGLES[1])
    assert found.index == 2 and found.distance == pytest.approx((1 - x - y) / np.sqrt(2), rel=1e-6)


def test_infinite_epsilon_is_no_end_of_the_line(tidy):
    epsilons = [0.1, 0.3, 1.0, 10.0, np.inf]
    accuracies = [0.70, 0.84, 0.85, 0.86, 0.99]
    models = {
        k: {"epsilon_spent": [e] * 3, "accuracy": a + 1e-4 * NOISE}
        for k, (e, a) in enumerate(zip(epsilons, accuracies, strict=True))
    }
    found = knee(front(replicates(tidy(models), ["label"]), (PRIVACY, ACCURACY)))
    decades, drop = np.log10(3) / 2, (0.86 - 0.84) / (0.86 - 0.70)
    assert found.index == 1
    assert found.distance == pytest.approx((1 - decades - drop) / np.sqrt(2), rel=1e-6)


def test_one_seed_or_two_configurations_are_not_enough(tidy):
    one_seed = {k: {c: v[1] for c, v in columns.items()} for k, columns in _arc().items()}
    assert "one seed" in str(knee(front(replicates(tidy(one_seed), ["label"]), AXES)).reason)
    few = {k: v for k, v in _arc().items() if k < 2}
    assert "there are 2" in str(knee(front(replicates(tidy(few), ["label"]), AXES)).reason)


def test_ends_that_swap_on_report_are_no_line(tidy):
    report = _arc()
    report[0], report[4] = report[4], report[0]
    found = knee(front(replicates(tidy(_arc(), report), ["label"]), AXES))
    assert found.index is None and "cannot be told apart" in str(found.reason)


def test_three_objectives_are_refused(tidy):
    results = tidy(_arc()).assign(epsilon_spent=1.0)
    with pytest.raises(InvalidInput, match="2 objectives, not 3"):
        knee(front(replicates(results, ["label"]), (*AXES, PRIVACY)))
