"""Measures: what each kind reads from an answer, and when it is open or absent."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tradeoffs.lessons.derived_columns import values
from tradeoffs.lessons.measure import NEITHER, Reading
from tradeoffs.lessons.schema import Answer, Measure
from tradeoffs.lessons.step_state import StepState
from tradeoffs.scenario import Scenario

STUDY = Answer(study="a_study")
STATE = StepState(scenario=Scenario(epsilon=1.0), options=(("who", "b"),))
ROWS = [
    {"who": "a", "value": 0.30, "low": 0.20, "high": 0.40, "cap": 0.5, "best": "b"},
    {"who": "b", "value": 0.60, "low": 0.55, "high": 0.65, "cap": 0.9, "best": "b"},
    {"who": "c", "value": -0.2, "low": -0.3, "high": -0.1, "cap": 0.1, "best": "b"},
    {"who": "d", "value": math.nan, "low": math.nan, "high": math.nan, "cap": 0.1, "best": "b"},
]


def reading(rows=ROWS, answer=STUDY, **measures) -> Any:
    each = {k: Measure(kind="stated", at={"who": k}) for k in "abcd"}
    return Reading(
        measures=each | {name: Measure(**one) for name, one in measures.items()},
        answer=answer,
        table=pd.DataFrame(rows),
        state=STATE,
    )


def test_a_stated_measure_is_a_row_with_its_interval():
    found = reading(here={"kind": "stated", "at": {"who": "="}}).effect("here")
    assert (found.value, found.low, found.high) == (0.6, 0.55, 0.65)
    assert reading().effect("d") is None


def test_another_column_of_a_study_is_known_unless_it_states_its_ends():
    cap = {"kind": "stated", "at": {"who": "a"}, "of": "cap"}
    found = reading(cap=cap).effect("cap")
    assert found.low == found.value == found.high == 0.5
    found = reading([ROWS[0] | {"cap_low": 0.4, "cap_high": 0.7}], STUDY, cap=cap).effect("cap")
    assert (found.low, found.high) == (0.4, 0.7)


def test_what_is_known_for_certain_is_taken_off_and_turned_about():
    one = {"kind": "stated", "at": {"who": "a"}, "minus": 0.5, "turned": True}
    found = reading(x=one).effect("x")
    assert [found.value, found.low, found.high] == pytest.approx([0.2, 0.1, 0.3])
    assert reading(x=one).raw("x").value == 0.3


def test_a_difference_of_normal_estimates_has_the_interval_of_unrelated_errors():
    found = reading(x={"kind": "difference", "a": "b", "b": "a"}).effect("x")
    half = math.hypot(0.05, 0.1)  # MOVER is exact for symmetric intervals
    assert [found.value, found.low, found.high] == pytest.approx([0.3, 0.3 - half, 0.3 + half])


def test_a_difference_of_ranges_goes_from_end_to_end():
    found = reading(x={"kind": "difference", "a": "b", "b": "a", "range": True}).effect("x")
    assert [found.value, found.low, found.high] == pytest.approx([0.3, 0.55 - 0.4, 0.65 - 0.2])
    assert found.range


def test_a_ratio_covers_the_ratio_of_draws():
    a, b = np.random.default_rng(0).normal([0.6, 0.3], [0.05 / 1.96, 0.1 / 1.96], (100_000, 2)).T
    found = reading(x={"kind": "ratio", "a": "b", "b": "a"}).effect("x")
    assert found.value == pytest.approx(2.0)
    assert [found.low, found.high] == pytest.approx(np.quantile(a / b, [0.025, 0.975]), rel=0.06)
    assert reading(x={"kind": "ratio", "a": "b", "b": "c"}).effect("x") is None


@pytest.mark.parametrize(("sign", "count"), [(1, 2), (-1, 1), (0, 0), (None, 3)])
def test_a_count_is_of_intervals_that_lie_so(sign, count):
    assert reading(x={"kind": "count", "sign": sign}).effect("x").value == count


def test_the_first_of_several_lies_clear_of_all_others_or_is_open():
    assert reading(x={"kind": "largest", "among": ["a", "b", "c"]}).first("x") == "b"
    assert reading(x={"kind": "smallest", "among": ["a", "b", "c"]}).first("x") == "c"
    near = [*ROWS, ROWS[1] | {"who": "e", "value": 0.64, "low": 0.6, "high": 0.7}]
    close = {"e": {"kind": "stated", "at": {"who": "e"}}}
    assert (
        reading(near, STUDY, x={"kind": "largest", "among": ["b", "e"]}, **close).first("x") is None
    )
    assert reading(x={"kind": "largest", "among": ["a", "d"]}).first("x") is None


@pytest.mark.parametrize(
    ("among", "level", "first"),
    [("cab", 0.0, "a"), ("cab", 0.5, "b"), ("cab", 0.9, NEITHER), ("cda", 0.0, None)],
)
def test_the_first_above_a_level_may_be_neither(among, level, first):
    one = {"kind": "first_above", "among": list(among), "level": level}
    assert reading(x=one).first("x") == first


def test_a_study_may_state_which_is_first():
    assert reading(x={"kind": "stated", "at": {"who": "a"}, "of": "best"}).first("x") == "b"


def trained(values_by_epsilon):
    rows = [
        {"epsilon": epsilon, "seed": seed, "split": "report", "accuracy": value}
        for epsilon, several in values_by_epsilon.items()
        for seed, value in enumerate(several)
    ]
    answer = Answer(vary={"epsilon": ["=", "none"]}, measure=("accuracy",))
    level = {"kind": "level", "of": "accuracy"}
    cost = {"kind": "change", "of": "accuracy", "against": {"epsilon": "none"}}
    return reading(rows, answer, level=level, asked={**level, "people": 400}, cost=cost)


def test_what_a_measure_of_models_leaves_out_is_as_in_the_step():
    found = trained({1.0: [0.6, 0.8], math.inf: [0.9, 0.9]})
    assert found.effect("level").value == pytest.approx(0.7)
    assert found.effect("cost").value == pytest.approx(-0.2)
    assert found.at("epsilon", None).effect("level").value == pytest.approx(0.9)
    assert [one.value for one in found.compared("cost")] == pytest.approx([0.7, 0.9])


def test_a_level_of_equal_runs_has_the_error_of_the_people_and_says_so():
    found = trained({1.0: [0.8] * 4})
    of_people, of_runs = found.effect("asked"), found.effect("level")
    assert of_people.test_rows and not of_runs.test_rows
    half = stats.norm.ppf(0.975) * math.sqrt(0.16 / 400)
    assert of_people.high - of_people.value == pytest.approx(half, rel=0.01)


def test_an_undefined_run_leaves_the_mean_undefined():
    assert trained({1.0: [0.8, math.nan]}).effect("level") is None
    assert trained({math.inf: [0.8]}).effect("level") is None


def test_the_same_answer_for_all_is_correct_for_the_larger_part():
    table = pd.DataFrame({"people[a=x]": [10, 10], "people[a=y]": [30, 30],
                          "positives[a=x]": [5, 9], "positives[a=y]": [5, 21]})  # fmt: skip
    assert values(table, "constant_accuracy[a]").tolist() == [0.75, 0.75]


def test_rates_by_group_follow_from_counts_unless_there_are_too_few():
    counts = {"people": 100, "positives": 40, "selected": 50, "true_positives": 30}
    table = pd.DataFrame({f"{k}[a=x]": [v, v / 4] for k, v in counts.items()})
    rates = {"accuracy": 0.7, "selection_rate": 0.5, "true_positive_rate": 0.75,
             "false_positive_rate": 20 / 60, "base_rate": 0.4}  # fmt: skip
    for name, rate in rates.items():
        enough, few = values(table, f"{name}[a=x]")
        assert enough == pytest.approx(rate) and math.isnan(few)
