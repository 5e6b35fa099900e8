"""Displays: figure, table and text of what the library answers."""

import tomllib

import numpy as np
import pandas as pd
import pytest

import tradeoffs as to
from tradeoffs.api.display import Chart, Display
from tradeoffs.api.engine_audit import Audit
from tradeoffs.audit.finding import exact
from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.fronts import ACCURACY, FAIRNESS, front
from tradeoffs.fronts.replicates import replicates
from tradeoffs.paths import PROJECT
from tradeoffs.report.charts import light_theme
from tradeoffs.results import CONFIGURATION

SMALL = to.Scenario(rows=300)
OPEN = SMALL.but(epsilon=None)


@pytest.fixture(scope="module")
def results() -> to.Results:
    axes = {"epsilon": [1.0, None], "max_gap": [0.02, None]}
    return to.run(to.Sweep(base=SMALL, axes=axes, seeds=3), progress=False)


@pytest.fixture(scope="module")
def displays(results) -> dict[str, Display]:
    finding = exact("one", "is <one>", 1.0, 1.0, source="arithmetic")
    return {
        "front": to.front(results),
        "report": to.report(SMALL, seeds=1, progress=False),
        "attack": to.attack(OPEN, shadows=8),
        "explain": to.explain(OPEN, "teacher", seeds=1),
        "account": to.account(sigma=2, sample_rate=0.1, steps=50, delta=1e-5, accountant="rdp"),
        "audit": Audit(findings=(finding,)),
    }


DRAWN = ("front", "report", "attack", "explain")
EVERY = (*DRAWN, "account", "audit")


@pytest.mark.parametrize("name", EVERY)
def test_a_display_has_text_and_table_and_a_figure_only_where_there_is_one(displays, name):
    one = displays[name]
    assert isinstance(one, Chart) is hasattr(one, "figure") is (name in DRAWN)
    assert isinstance(one.table(), pd.DataFrame) and len(one.table())
    assert one.text() and repr(one) == one.text()


@pytest.mark.parametrize("name", EVERY)
def test_a_display_shows_itself_in_a_notebook(displays, name):
    shown = displays[name]._repr_html_()
    assert shown.count("<li>") == len([line for line in displays[name].text().splitlines() if line])
    assert "<table" in shown and ("plotly" in shown) is (name in DRAWN)
    assert "is <one>" not in shown  # what it says is text, not markup


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_needs_nothing_of_the_app(displays, name):
    assert "var(--" not in displays[name].figure().to_json()
    assert len(displays[name].figure().data)


def test_a_point_of_the_front_says_its_setting_and_what_was_measured(displays):
    data = displays["front"].figure().data
    told = {point[1] for trace in data if trace.customdata for point in trace.customdata}
    assert told == {
        f"{bound}, {budget}"
        for budget in ("ε = 1", "no privacy")
        for bound in ("gap at most 2 %", "no constraint")
    }


def test_a_front_is_chosen_on_one_split_and_shown_by_the_other(results, displays):
    table, tidy = displays["front"].table(), results.to_pandas()
    plain = front(replicates(tidy, CONFIGURATION, ["accuracy", "gap"]), [FAIRNESS, ACCURACY])
    for name in ("gap", "gap_sd", "accuracy", "accuracy_select"):
        assert sorted(table[name]) == pytest.approx(sorted(plain.table[name]))
    assert np.array_equal(displays["front"].view.front.select, plain.select)


def test_a_front_marks_the_baseline_where_all_settings_share_one(displays):
    shown = displays["front"].view
    assert shown.here_row is None
    baseline = shown.points[shown.baseline_row]
    assert (baseline["epsilon"], baseline["max_gap"]) == (np.inf, None)


def test_the_front_among_the_models_of_a_report_is_the_explorers(displays):
    report = displays["report"]
    again = to.front(report.results.select(shift_intensity=0.0))
    theirs = report.picture.view
    assert sorted(again.table()["gap"]) == pytest.approx(sorted(p["gap"] for p in theirs.points))
    assert again.view.front.select.sum() == theirs.front.select.sum()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"protected": "race"}, "apart"),
        ({"notion": "equal_opportunity"}, "apart"),
        ({"shift_intensity": 0.5}, "apart_deployed"),
    ],
)
def test_models_that_do_not_compare_have_no_front(fields, code):
    mixed = to.run([OPEN, OPEN.but(max_gap=0.1, **fields)], progress=False)
    with pytest.raises(InvalidInput) as caught:
        to.front(mixed)
    assert caught.value.code == code


def test_a_front_needs_two_objectives_and_values_of_both(results):
    for axes, code in (
        (("fairness", "speed"), "unknown"),
        (("fairness", "fairness"), "objectives_alike"),
    ):
        with pytest.raises(InvalidInput) as caught:
            to.front(results, *axes)
        assert caught.value.code == code
    clipped = to.run(SMALL.but(mechanism="clip_only"), progress=False)
    with pytest.raises(NotMeasurable, match="epsilon"):
        to.front(clipped, "privacy", "accuracy")


def test_an_account_needs_epsilon_or_noise():
    run = {"sample_rate": 0.1, "steps": 50, "delta": 1e-5}
    for given in ({}, {"epsilon": 1.0, "sigma": 1.0}):
        with pytest.raises(InvalidInput) as caught:
            to.account(**given, **run)
        assert caught.value.code == "sigma_or_epsilon"
    nothing = to.account(epsilon=np.inf, **run, models=3)
    assert (nothing.sigma, nothing.epsilon) == (0.0, np.inf)
    assert nothing.table()["joint_epsilon"].tolist() == [np.inf]


def test_the_light_theme_is_that_of_the_app():
    theme = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text())["theme"]
    light = {**theme, **theme["light"]}
    assert tuple(light["chartCategoricalColors"]) == light_theme.CATEGORICAL
    found = (light["textColor"], light["backgroundColor"], light["primaryColor"])
    assert found == (light_theme.TEXT, light_theme.BACKGROUND, light_theme.PRIMARY)
