import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import demographic_parity_difference
from sklearn.metrics import accuracy_score

from tradeoffs.data.load import load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies import fronts_by_sample
from tradeoffs.studies.representation import IDEAS, SURVEY, kind

ASKED = Scenario(dataset="gss", label="income_25k", protected="race", rows=600, epsilon=None)


def test_every_idea_has_a_model_a_bound_and_training_on_both_splits():
    found = pd.DataFrame(fronts_by_sample.answer(ASKED, SURVEY))
    assert len(found) == len(IDEAS) * len(fronts_by_sample.BOUNDS) * fronts_by_sample.SEEDS * 2
    assert not found.drop(columns="max_gap").isna().to_numpy().any()
    loose = found["max_gap"].isna()
    assert found.loc[loose, "gap"].mean() > found.loc[found["max_gap"] == 0.02, "gap"].mean()


def test_weighed_figures_are_those_of_fairlearn_and_scikit_learn():
    report = load_split("gss", "income_25k").report
    shares = np.array([0.1, 0.4, 0.2, 0.3])
    decided = np.random.default_rng(0).random((2, report.rows)) < 0.6
    kinds = kind(report)
    weight = (shares / np.bincount(kinds))[kinds]
    for row, figures in zip(
        decided, fronts_by_sample.measured(decided, report, shares), strict=True
    ):
        right = accuracy_score(report.label, row, sample_weight=weight)
        gap = demographic_parity_difference(
            report.label, row, sensitive_features=kinds >= 2, sample_weight=weight
        )
        assert figures["accuracy"] == pytest.approx(right)
        assert figures["gap"] == pytest.approx(gap)


def test_an_unknown_idea_is_refused_with_the_known_ones():
    with pytest.raises(InvalidInput, match="unknown idea 'mine'; known: survey"):
        fronts_by_sample.answer(ASKED, "mine")
