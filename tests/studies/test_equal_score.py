import json
from dataclasses import replace

import numpy as np
import pytest

from tradeoffs.data.load import load_encoded
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments import cross_fit
from tradeoffs.paths import DATA
from tradeoffs.scenario import Scenario
from tradeoffs.studies.equal_score import answer

MEPS = Scenario.of(
    dataset="meps", label="next_conditions_4", protected="race_ethnicity", mechanism="none"
)
LABELS = ("next_cost_over_5000", "next_conditions_4")


@pytest.fixture(scope="module")
def found():
    return {(one["label"], one["measure"]): one for one in answer(MEPS)}


def test_models_of_cost_pass_over_need_and_models_of_need_do_not(found):
    # Outside: scikit-learn's gradient boosting, cross-fitted on the 12,026 adults of panel 20, on
    # the logarithm of cost and on the number of conditions.
    outside = {
        (LABELS[0], "extra_need"): (0.24, 0.04),
        (LABELS[0], "share_of_places"): (0.169, 0.011),
        (LABELS[1], "extra_need"): (0.005, 0.014),
        (LABELS[1], "share_of_places"): (0.217, 0.012),
    }
    for what, (value, error) in outside.items():
        assert abs(found[what]["value"] - value) < 2 * error, what
    assert found[LABELS[0], "extra_need"]["low"] > 0.05
    need = found[LABELS[1], "extra_need"]
    assert need["high"] < found[LABELS[0], "extra_need"]["low"]
    places = [found[label, "share_of_places"]["value"] for label in LABELS]
    assert places[1] > places[0]


def test_the_datasheet_states_what_is_found(found):
    sheet = (DATA / "meps.md").read_text(encoding="utf-8")
    for label in dict.fromkeys(label for label, _ in found):
        need, places = found[label, "extra_need"], found[label, "share_of_places"]
        value, low, high = (f"{need[end]:.2f}" for end in ("value", "low", "high"))
        share, least, most = (f"{100 * places[end]:.1f}" for end in ("value", "low", "high"))
        assert f"| {value} ({low} to {high}) | {share} % ({least} to {most}) |" in sheet


def test_records_can_be_written_and_their_intervals_hold_the_value(found):
    assert json.loads(json.dumps(list(found.values()))) == list(found.values())
    for (_, measure), one in found.items():
        if measure == "share_of_people":
            assert one["value"] == pytest.approx(0.18, abs=0.001)
            assert one["low"] is one["high"] is None
        else:
            assert one["low"] < one["value"] < one["high"]


def test_everybody_is_scored_once_and_never_by_a_model_that_was_trained_on_them(monkeypatch):
    pool = cross_fit.everybody("meps", LABELS[1])
    assert pool.rows == (load_encoded("meps").labels[LABELS[1]] >= 0).sum() == 12_026
    at = cross_fit.alone(MEPS, LABELS[1], pool.rows // 2)
    assert at.hide == ("race_ethnicity",) and at.rows == 6_013
    before = list(cross_fit.half_scores(at, pool))
    halves = [rows for rows, _ in before]
    assert np.array_equal(np.sort(np.concatenate(halves)), np.arange(pool.rows))
    # Other answers of the first half leave its own scores as they were, and move the others'.
    label = pool.label.copy()
    label[halves[0]] = np.random.default_rng(0).permutation(label[halves[0]])
    monkeypatch.setattr(cross_fit, "halve", lambda table, stream: [table.take(r) for r in halves])
    after = list(cross_fit.half_scores(at, replace(pool, label=label)))
    assert np.array_equal(before[0][1], after[0][1])
    assert not np.array_equal(before[1][1], after[1][1])


def test_where_everybody_gets_a_place_the_group_gets_its_share():
    records = answer(MEPS.but(epsilon=1.0), labels=LABELS[1:], places=1.0, seeds=2)
    value = {one["measure"]: one["value"] for one in records}
    assert value["share_of_places"] == pytest.approx(value["share_of_people"], abs=1e-3)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"labels": ("wealth",)}, "unknown label 'wealth'; known: "),
        ({"group": "Green"}, "unknown group 'Green'; known: Hispanic, of any race; White"),
        ({"need": "shoes"}, "unknown count 'shoes'; known: conditions, next_conditions"),
        ({"seeds": 1}, r"seeds=1 must be in \[2, 50\]"),
        ({"places": 0.0, "seeds": 2}, r"places=0.0 must be in \(0, 1\]"),
    ],
)
def test_what_cannot_be_asked_is_told(options, told):
    with pytest.raises(InvalidInput, match=told):
        answer(MEPS, **({"labels": LABELS[1:]} | options))
