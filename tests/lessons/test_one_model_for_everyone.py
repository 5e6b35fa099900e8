"""The room of the lesson: three rules, decided on one half and measured on the other."""

import numpy as np
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.comparison import Comparison, rows
from tradeoffs.experiments.score import train_seeds
from tradeoffs.lessons.one_model_for_everyone import study
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario
from tradeoffs.studies.nine_regions import BOUNDS, gap_weight

COUNTRY = Scenario(dataset="gss", label="income_25k", protected="sex", epsilon=None, rows=300)
GAPS = np.array([0.30, 0.20, 0.12, 0.05, 0.03, 0.01])
RIGHT = np.array([0.80, 0.79, 0.78, 0.77, 0.74, 0.70])


@pytest.fixture
def measured(monkeypatch):
    """Answer with made-up accuracy and gaps: (bounds, runs, splits)."""
    accuracy = RIGHT[:, None, None] + np.arange(3)[None, :, None] / 1e4 + np.zeros((6, 3, 2))
    gap = np.broadcast_to(GAPS[:, None, None], accuracy.shape)
    monkeypatch.setattr(study, "_measured", lambda scenario: (accuracy, gap))
    return accuracy, gap


def told(kind, seats):
    return [one for one in study.answer(COUNTRY, seats=seats) if one["kind"] == kind]


@pytest.mark.parametrize(
    ("seats", "rules"),
    [("none+none+0", {"majority": None, "maximin": 0.05, "compromise": 0.05})],
)
def test_the_rules_take_the_bounds_of_their_definitions(measured, seats, rules):
    assert {one["rule"]: one["max_gap"] for one in told("worst", seats)} == rules


def test_a_room_of_one_mind_loses_nothing_by_any_rule(measured):
    losses = told("loss", "10+10")
    assert len(losses) == 2 and not any(one["value"] for one in losses)
    assert told("between", "10+10")[0]["value"] == 0


@pytest.mark.parametrize("seats", ["none+none+0", "0+0+none", "50+20+1+1", "none+10"])
def test_the_worst_off_never_lose_more_where_they_come_first(measured, seats):
    assert told("between", seats)[0]["value"] >= -1e-12


def test_every_seat_has_a_loss_by_every_bound_that_a_rule_takes(measured):
    losses, worst = told("loss", "none+5+5+0"), told("worst", "none+5+5+0")
    bounds = {one["max_gap"] for one in worst}
    assert {(one["seat"], one["max_gap"]) for one in losses} == {
        (seat, bound) for seat in range(1, 5) for bound in bounds
    }
    for one in worst:
        own = [loss["value"] for loss in losses if loss["max_gap"] == one["max_gap"]]
        assert one["value"] == max(own) and one["test_rows"] is False


def test_one_seat_chooses_what_a_room_of_it_alone_does(measured):
    chosen = [one for one in study.answer(COUNTRY, trade=1) if one["kind"] == "change"]
    assert {one["max_gap"] for one in chosen} == {told("worst", "1")[0]["max_gap"]}
    assert chosen[0]["bound"] == study.bound_id(chosen[0]["max_gap"])


def test_accuracy_and_gap_are_those_of_the_pipeline():
    accuracy, gap = study._measured(COUNTRY)
    setting = COUNTRY.but(max_gap=BOUNDS[3])
    results = [
        Result(scenario=one.scenario, measurement=one.measurement) for one in train_seeds(setting)
    ]
    told = rows(results, Comparison.of([setting]))
    report = [one for one in told if one["split"] == "report"]
    assert accuracy[3, :, 1] == pytest.approx([one["accuracy"] for one in report])
    found = [one["demographic_parity_difference[sex]"] for one in report]
    assert gap[3, :, 1] == pytest.approx(found)


def test_a_trade_is_a_weight_and_none_is_below_zero():
    assert [gap_weight(one) for one in (None, 1, 4, 0)] == [0.0, 0.5, 0.2, 1.0]
    with pytest.raises(InvalidInput, match="trade=-1"):
        study.answer(COUNTRY, trade=-1)
