"""What parallel scales draw: settings by number, their objectives, and who is on which front."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from tests.report.conftest import (
    COLUMNS,
    HERE,
    UNTOUCHED,
    Models,
    halved,
    job,
    model,
    shown,
    with_split,
)
from tradeoffs.data.report_people import report_rows
from tradeoffs.fields import SEEDS
from tradeoffs.fronts import OBJECTIVES
from tradeoffs.fronts.sampling_error import accuracy_error
from tradeoffs.report import setting_values
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.group_outcomes import outcomes_table
from tradeoffs.report.payload import scale_parts
from tradeoffs.report.view import key_of
from tradeoffs.resources.size import parameters
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import share, share_error, wilson
from tradeoffs.stats.two_way import effective_size

NEAR, LARGE = HERE.but(epsilon=8.0), HERE.but(width=8)
SHIFTED = HERE.but(shift_intensity=0.5)
ABOUT = [
    one.but(seed=seed) for one in (HERE, UNTOUCHED, NEAR, LARGE, SHIFTED) for seed in range(SEEDS)
]
SOME = (
    model(HERE, sd=0.01),
    model(UNTOUCHED, accuracy=0.86, gap=0.2),
    model(NEAR, accuracy=0.85, gap=0.15, fidelity=math.nan),
)


def parts(*arrived: Models, here: Scenario = HERE) -> dict:
    return {n: json.loads(part) for n, part in scale_parts(job(ABOUT, *arrived), here).items()}


def test_the_parts_are_there_as_soon_as_one_model_is_and_not_before():
    assert not {"objectives", "values", "fronts"} & scale_parts(job(ABOUT), HERE).keys()
    found = parts(model(HERE, seeds=1))
    assert found["values"] == {"0": found["values"]["0"]}
    assert found["values"]["0"]["accuracy"] == [0.84, None, None]  # of one seed there is no spread
    assert (found["you"], found["baseline"]) == (0, None)


def test_a_setting_keeps_its_number_and_its_bytes_whatever_else_arrives():
    before = scale_parts(job(ABOUT, *SOME), HERE)
    assert scale_parts(job(ABOUT, *reversed(SOME)), HERE) == before
    after = parts(*SOME, model(LARGE))
    for name in ("values", "groups"):
        for number, value in json.loads(before[name]).items():
            assert after[name][number] == value


def test_objectives_say_direction_and_scale_and_span_all_values():
    found = {one["name"]: one for one in parts(*SOME)["objectives"]}
    assert list(found) == list(OBJECTIVES)
    assert found["fairness"]["title"] == "Gap in selection rates"
    assert found["privacy"]["infinity"] == "none" and found["privacy"]["low"] == 0.05
    assert found["accuracy"]["low"] <= found["accuracy"]["reference"] < 0.86
    assert found["accuracy"]["high"] >= 0.86


def test_what_is_not_measurable_is_null_and_no_privacy_is_infinite():
    values = parts(*SOME)["values"]
    assert values["2"]["explainability"] is None
    assert values["1"]["privacy"] == ["inf", None, None]
    assert values["0"]["privacy"] == [1, None, None]
    assert values["0"]["cost"] == [parameters(COLUMNS, 0), None, None]


def test_the_front_of_two_objectives_is_that_of_the_chart():
    arrived = (*SOME, halved(model(LARGE, accuracy=0.845, gap=0.12), accuracy=0.8))
    one = job(ABOUT, *arrived)
    found = json.loads(scale_parts(one, HERE)["fronts"])["accuracy+privacy"]
    chart = shown(*arrived, x="privacy")  # an axis shows it: every budget competes
    confirmed = {one.numbers[key_of(point)] for point in chart.front.confirmed}
    assert set(found["front"]) == confirmed and 3 not in confirmed
    assert found["hypervolume"] == pytest.approx(chart.front.hypervolume, rel=1e-5)


def test_the_front_of_a_pair_is_that_of_the_chart_where_neither_is_privacy():
    arrived = (*SOME, model(LARGE, accuracy=0.87, gap=0.12))
    one = job(ABOUT, *arrived)
    found = json.loads(scale_parts(one, HERE)["pair_fronts"])
    assert not [name for name in found if "privacy" in name]
    chart = shown(*arrived)
    confirmed = {one.numbers[key_of(point)] for point in chart.front.confirmed}
    assert set(found["accuracy+fairness"]) == confirmed == {0, 3}


def test_models_that_are_used_on_other_people_are_no_alternatives():
    found = parts(*SOME, model(SHIFTED, accuracy=0.99, gap=0.0))
    assert "4" in found["values"] and 4 not in found["alternatives"]
    assert not any(4 in front["front"] for front in found["fronts"].values())
    assert found["objectives"][0]["high"] < 0.99


def test_changes_lead_from_this_setting_to_each_and_no_privacy_has_no_mechanism():
    found = parts(*SOME)["changes"]
    assert found["0"] == {} and found["2"] == {"epsilon": "8"}
    assert found["1"] == {"epsilon": "none", "max_gap": "none"}
    back = parts(*SOME, here=UNTOUCHED)["changes"]["0"]
    assert back == {"epsilon": "1", "max_gap": "0.1", "mechanism": "dp"}


def test_group_rates_have_wilson_intervals_where_all_seeds_agree():
    from statsmodels.stats.proportion import proportion_confint

    found = parts(model(HERE))["groups"]["0"]
    for (name, rate, *ends), (selected, people) in zip(
        found, ((80, 1_000), (500, 2_000)), strict=True
    ):
        assert rate == pytest.approx(selected / people)
        assert ends == pytest.approx(proportion_confint(selected, people, method="wilson"), 1e-4)
        assert name in ("Female", "Male")


def test_survey_weights_make_rates_ratios_of_weights_among_fewer_people(monkeypatch):
    plain = evaluation_people(HERE)
    weights = np.random.default_rng(0).lognormal(size=plain.rows)
    heavy = replace(plain, sample_weight=weights)
    monkeypatch.setattr(setting_values, "evaluation_people", lambda of: heavy)
    group, names = plain.group_of("sex")
    figures = {}
    for code, name in enumerate(names):
        own = weights[group == code]
        figures |= {f"people[sex={name}]": len(own), f"selected[sex={name}]": len(own) // 4}
        figures |= {
            f"weighted_people[sex={name}]": own.sum(),
            f"weighted_selected[sex={name}]": 0.3 * own.sum(),
        }
    found = parts(model(HERE, figures=figures))["groups"]["0"]
    assert [name for name, *_ in found] == list(names)
    for code, (_, rate, *ends) in enumerate(found):
        n = effective_size(weights[group == code])
        assert rate == pytest.approx(0.3) and ends == pytest.approx(wilson(0.3 * n, n), 1e-4)


def test_an_interval_of_a_gap_covers_people_too_and_stays_above_none():
    found = parts(model(HERE, gap=0.17))["values"]["0"]["fairness"]
    error = math.sqrt(0.08 * 0.92 / 1_000 + 0.25 * 0.75 / 2_000)
    assert found == pytest.approx([0.17, 0.17 - 1.96 * error, 0.17 + 1.96 * error], rel=1e-3)
    assert parts(model(HERE, gap=0.001))["values"]["0"]["fairness"][1] == 0


def test_the_setting_has_the_intervals_that_its_decisions_tell():
    table = report_rows("adult", "income_gt_50k", ((), ""))
    decided = np.random.default_rng(0).random((SEEDS, table.rows)) < 0.2
    right = share(decided == table.label)
    bits = [np.packbits(row).tobytes() for row in decided]
    row = outcomes_table(table, HERE.protected, True, decided, decided)[0]
    assert (row["accuracy_low"], row["accuracy_high"]) == right[1:3]
    models = [
        replace(one, measurement=with_split(one.measurement, decisions=own))
        for one, own in zip(model(HERE, accuracy=right.value), bits, strict=True)
    ]
    assert parts(models)["values"]["0"]["accuracy"] == pytest.approx(right[:3], rel=1e-5)


def test_seeds_that_differ_widen_an_interval():
    few, many = (parts(model(HERE, sd=sd))["values"]["0"]["accuracy"] for sd in (0.0, 0.02))
    assert np.diff(many[1:]) > np.diff(few[1:]) > 0


@pytest.mark.parametrize("agreement", [1.0, 0.7])
def test_the_error_of_a_share_is_no_less_than_the_decisions_tell(agreement):
    rng = np.random.default_rng(0)
    label, sure = rng.random(500) < 0.3, rng.random(500) < 0.8
    kept = rng.random((SEEDS, 500)) < agreement
    decided = np.where(kept, sure, ~sure) == label
    told = accuracy_error(label, decided)
    assert share_error((decided == label).mean(), label.size - 1) >= told - 1e-12


def test_where_the_answer_is_unwanted_a_group_is_told_how_often_it_does_not_get_it():
    here = Scenario.of(dataset="compas", label="rearrest", protected="sex", rows=1_000)
    counts = {"people": 100, "positives": 20, "selected": 30}
    figures = {f"{name}[sex={g}]": n for name, n in counts.items() for g in ("Female", "Male")}
    one = job([here.but(seed=seed) for seed in range(SEEDS)], model(here, figures=figures))
    ((name, rate, low, high), _) = json.loads(scale_parts(one, here)["groups"])["0"]
    assert (name, rate) == ("Female", 0.7) and low < 0.7 < high
