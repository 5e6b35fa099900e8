import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.report.conftest import HERE, UNTOUCHED, model, tidy
from tradeoffs.report.global_explanation import (
    attribution_figure,
    attribution_table,
    display_measures,
    display_shares,
    measures_table,
    missing,
)
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate

SHARES = {
    "attribution[age]": [0.3, 0.4, 0.35],
    "attribution[sex]": [0.1, 0.1, 0.1],
    "attribution[race]": [0.6, 0.5, 0.55],
}


def results(**more):
    return tidy(model(HERE, seeds=3, figures=SHARES, **more), model(UNTOUCHED, seeds=3))


def test_shares_are_means_over_seeds_with_t_intervals_the_largest_first():
    table = attribution_table(results(), HERE)
    assert table["feature"].tolist() == ["race", "age", "sex"]
    age = table.set_index("feature").loc["age"]
    found = estimate(np.array(SHARES["attribution[age]"]))
    assert (age["share"], (age["low"], age["high"])) == (
        pytest.approx(found.mean),
        pytest.approx(found.interval),
    )
    assert table["title"].tolist()[0] == "race"


def test_the_figure_draws_the_table():
    table = attribution_table(results(), HERE)
    figure: Any = attribution_figure(table)
    (bars,) = figure.data
    assert list(bars.x) == table["share"].tolist()[::-1]
    assert list(bars.y) == table["title"].tolist()[::-1]
    ends = np.array(bars.x) + np.array(bars.error_x.array)
    assert ends == pytest.approx(table["high"].to_numpy()[::-1])


def test_without_results_there_is_nothing_to_draw():
    assert attribution_table(tidy(), HERE).empty
    assert attribution_table(tidy(model(UNTOUCHED)), HERE).empty


def test_one_seed_has_no_interval():
    one = {name: values[:1] for name, values in SHARES.items()}
    table = attribution_table(tidy(model(HERE, seeds=1, figures=one)), HERE)
    assert np.isnan(table["low"].tolist()).all()
    assert not np.isnan(table["share"].tolist()).any()
    assert set(display_shares(table)["95 % from"]) == {"not measurable"}


def test_a_measure_undefined_in_one_seed_is_not_measurable():
    table = measures_table(results(fidelity=[0.5, math.nan, 0.7]), HERE)
    assert math.isnan(dict(zip(table["measure"], table["mean"], strict=True))["fidelity"])
    whole = measures_table(results(fidelity=[0.5, 0.6, 0.7]), HERE)
    means = dict(zip(whole["measure"], whole["mean"], strict=True))
    assert means["fidelity"] == pytest.approx(0.6)
    shown = display_measures(whole)
    told = dict(zip(shown["what"], shown["mean over seeds"], strict=True))
    assert told["Fidelity of a small tree"] == "0.6"
    assert told["Faithfulness of attributions"] == "not measurable"


NEVER = [math.nan] * 3


def why(title: str, own: pd.DataFrame, here: Scenario = HERE) -> list[str]:
    """Return why the measures are missing whose title begins so."""
    return [one for one in missing(measures_table(own, here), here, own) if one.startswith(title)]


def test_what_is_not_measurable_says_why():
    assert why("Fidelity", results(fidelity=[0.5, math.nan, 0.7])) == [
        (
            "Fidelity of a small tree is not measurable: in at least one training run fewer "
            "than 30 people get the rarer answer."
        )
    ]
    assert not why("Fidelity", results(fidelity=[0.5, 0.6, 0.7]))


def test_where_nothing_was_measured_no_answers_are_said_to_be_alike():
    assert why("", results(fidelity=NEVER, accuracy=NEVER)) == [
        (
            "No explanation metric is measurable: in at least one training run nothing was "
            "measured, because it diverged or too few people are left."
        )
    ]


COMPAS = {"dataset": "compas", "label": "rearrest"}
AFTER = {"stage": "group_thresholds", "max_gap": 0.1}
UNDEFINED = "in at least one training run too few are refused in the groups"
NOT_WRITTEN = "what people could change is not written down for this table"


@pytest.mark.parametrize(
    ("change", "overruled", "told"),
    [
        ({}, math.nan, UNDEFINED),
        (AFTER, 0.1, "a rule after the score decides"),
        (AFTER, math.nan, UNDEFINED),  # no thresholds were found
        ({"notion": "quota", "max_gap": 0.1}, 0.1, "a rule after the score decides"),
        (COMPAS, math.nan, NOT_WRITTEN),
        (COMPAS | AFTER, 0.1, NOT_WRITTEN),  # with or without thresholds
    ],
)
def test_a_missing_gap_in_recourse_says_whether_people_a_rule_or_the_table_is_why(
    change, overruled, told
):
    here = HERE.but(**change)
    own = tidy(model(here, seeds=3, figures=SHARES, recourse_gap=NEVER, overruled=overruled))
    (reason,) = why("Gap in reach between groups is not measurable: ", own, here)
    assert told in reason
