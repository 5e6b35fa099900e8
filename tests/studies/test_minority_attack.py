"""Who is minority_attack: areas are those of an ROC curve, and promises are kept."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from tradeoffs.attacks.scores import lira
from tradeoffs.experiments import shadow_models
from tradeoffs.scenario import Scenario
from tradeoffs.studies.minority_attack import answer, difference

RNG = np.random.default_rng(0)
MODELS, PEOPLE = 64, 200
MEMBER = RNG.random((MODELS, PEOPLE)) < 0.5
SMALL = np.arange(PEOPLE) < 60


def confidences(shift):
    """Return confidences that members have higher by `shift` standard deviations."""
    return RNG.normal(0, 1, (MODELS, PEOPLE)) + shift * MEMBER


def test_the_difference_is_that_of_two_areas_by_scikit_learn():
    sure = confidences(np.where(SMALL, 1.5, 0.3))
    score = lira(sure, MEMBER, True)
    known = ~np.isnan(score)
    one, other = (
        roc_auc_score(MEMBER[:, who][known[:, who]], score[:, who][known[:, who]])
        for who in (SMALL, ~SMALL)
    )
    found = difference(sure, MEMBER, SMALL)
    assert found is not None
    value, low, high = found
    assert value == pytest.approx(one - other)
    assert 0 < low < value < high


def test_alike_groups_cannot_be_told_apart():
    found = difference(confidences(0.7), MEMBER, SMALL)
    assert found is not None and found[1] < 0 < found[2]


def test_too_few_people_are_not_measurable():
    assert difference(confidences(0.7), MEMBER, np.arange(PEOPLE) < 19) is None


def test_a_promise_bounds_every_group_and_none_is_made_without(monkeypatch):
    monkeypatch.setattr(shadow_models, "MODELS", 16)
    rows = pd.DataFrame(answer(Scenario(rows=300, width=0, epsilon=1.0), 0.3, "reversed"))
    free = rows["epsilon"].isna()
    assert rows.loc[free, "bound"].isna().all()
    kept = rows[~free & (rows["group"] != "difference")].dropna()
    assert len(kept) and bool((kept["low"] <= kept["bound"]).all())
    assert set(rows["group"]) == {"everyone", "others", "small", "difference"}


def test_without_a_budget_one_attack_is_enough(monkeypatch):
    monkeypatch.setattr(shadow_models, "MODELS", 8)
    rows = answer(Scenario(rows=300, width=0, epsilon=None), 0.3, "same")
    assert {row["epsilon"] for row in rows} == {None}
