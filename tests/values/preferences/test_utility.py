"""Utility: the same from rates, from counts and from fairlearn's frames, person by person."""

from dataclasses import astuple

import numpy as np
import pytest
from fairlearn.metrics import MetricFrame

from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.notion import GroupCounts
from tradeoffs.values.preferences.utility import (
    UtilityMatrix,
    claimants_utility,
    expected_utility,
    outcome_shares,
)

MATRIX = UtilityMatrix(
    true_positive=2.0, false_positive=-0.5, false_negative=-1.0, true_negative=0.25
)
RNG = np.random.default_rng(0)
GROUP = RNG.integers(0, 3, 2000)
LABEL = (RNG.random(2000) < 0.3 + 0.1 * GROUP).astype(np.float32)
DECISION = (RNG.random(2000) < 0.2 + 0.4 * LABEL).astype(np.float32)


def counts(weight: np.ndarray | None = None) -> GroupCounts:
    member = np.eye(3, dtype=np.float32)[GROUP]
    return GroupCounts.of(DECISION[None], DECISION[None].astype(float), LABEL, member, weight)


def worth(label, decision):
    """The mean of what each person gets."""
    place = np.where(decision == 1, np.where(label == 1, 0, 1), np.where(label == 1, 2, 3))
    return np.array(astuple(MATRIX))[place].mean()


def test_it_is_the_mean_of_what_each_person_of_a_group_gets():
    frame = MetricFrame(metrics=worth, y_true=LABEL, y_pred=DECISION, sensitive_features=GROUP)
    found = expected_utility(outcome_shares(counts()), MATRIX)[0]
    assert found == pytest.approx(frame.by_group.to_numpy(dtype=float))


def test_it_is_the_same_by_way_of_the_rates():
    of = counts()
    base, hit, mistaken = of.base_rate, of.true_positive_rate, of.false_positive_rate
    by_rates = base * (2.0 * hit - 1.0 * (1 - hit))
    by_rates += (1 - base) * (-0.5 * mistaken + 0.25 * (1 - mistaken))
    assert np.allclose(expected_utility(outcome_shares(of), MATRIX), by_rates)


def test_claimants_are_those_for_whom_yes_is_right():
    hit = counts().true_positive_rate
    assert np.allclose(claimants_utility(outcome_shares(counts()), MATRIX), 2 * hit - (1 - hit))


def test_whoever_wants_a_yes_gets_the_selection_rate_and_people_weigh_what_the_survey_says():
    wants = UtilityMatrix(true_positive=1.0, false_positive=1.0)
    for weight in (None, RNG.random(2000) + 0.5):
        of = counts(weight)
        assert np.allclose(expected_utility(outcome_shares(of), wants), of.selection_rate)


def test_shares_add_up_and_a_small_group_is_not_measurable():
    assert np.allclose(outcome_shares(counts()).sum(axis=-1), 1.0)
    few = np.full((1, 1), SMALLEST_CELL - 1.0)
    small = GroupCounts(
        people=few, positives=few, selected=few, true_positives=few, scores=few, squared_errors=few
    )
    assert np.isnan(outcome_shares(small)).all()
