import math
from dataclasses import replace

import pandas as pd
import pytest

from tests.report.conftest import HERE, UNTOUCHED, model, seen, shown, tidy
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SLIDERS
from tradeoffs.fronts import ACCURACY, FAIRNESS
from tradeoffs.report.view import View, records, row_of, scenario_of
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario


def along(view: View, slider: str, column: str) -> list:
    """Return a column of the rows along a slider."""
    return [row[column] for row in view.slices[slider]]


def test_without_results_there_is_no_view():
    assert seen(x="fairness", y="accuracy") is None


def test_without_a_model_that_has_both_objectives_there_is_no_view():
    nothing = model(HERE, fidelity=math.nan)
    assert seen(nothing, x="fairness", y="explainability") is None
    assert seen(nothing, x="fairness", y="accuracy") is not None


def test_the_setting_and_its_twin_are_found_once_they_are_there():
    found = shown(model(HERE), model(UNTOUCHED, accuracy=0.86))
    assert found.here_row is not None and found.baseline_row is not None
    assert found.points[found.here_row]["accuracy"] == pytest.approx(0.84)
    assert found.points[found.baseline_row]["accuracy"] == pytest.approx(0.86)
    assert found.x.column == FAIRNESS.column and found.x.title == "Gap in selection rates"
    assert replace(found.y, reference=ACCURACY.reference) == ACCURACY


def test_what_is_not_trained_yet_has_no_row():
    found = shown(model(HERE.but(width=8)))
    assert found.here_row is None and found.baseline_row is None


def test_an_objective_that_is_not_measurable_takes_a_model_out_and_is_never_0():
    found = shown(model(HERE, gap=math.nan), model(UNTOUCHED))
    assert found.here_row is None and len(found.table) == 1
    assert found.front.left_out["reason"].tolist() == ["the gap cannot be measured (8 of 8 seeds)"]


def test_models_used_on_other_people_are_on_no_front():
    other = HERE.but(shift_intensity=0.5)
    found = shown(model(HERE), model(other, accuracy=0.99, gap=0.0))
    assert found.table["shift_intensity"].tolist() == [0.0]
    assert along(found, "shift_intensity", "accuracy") == pytest.approx([0.84, 0.99])
    assert seen(model(HERE), here=other, x="fairness", y="accuracy") is None


@pytest.mark.parametrize("slider", SLIDERS)
def test_a_section_holds_what_differs_in_its_slider_alone_in_its_order(slider):
    there = [HERE.but(**{slider: value}) for value in reversed(SLIDERS[slider])]
    aside = HERE.but(epsilon=3.0, max_gap=0.02, width=16, shift_intensity=0.5)
    found = shown(*(model(s, sd=0.01) for s in dict.fromkeys([*there, HERE, aside])))
    values = [None if v == math.inf else v for v in along(found, slider, slider)]
    assert values == list(SLIDERS[slider])
    assert set(along(found, slider, "seeds")) == {8}
    assert along(found, slider, "accuracy_sd") == pytest.approx([0.01] * len(values))


def test_a_section_holds_a_setting_between_the_sliders_values():
    here = HERE.but(epsilon=0.7)
    found = shown(*(model(here.but(epsilon=e)) for e in (0.5, 1.0, 0.7)), here=here)
    assert along(found, "epsilon", "epsilon") == [0.5, 0.7, 1.0]


@pytest.mark.parametrize("mechanism", ["dp", "clip_only"])
def test_noise_and_clipping_alone_are_not_points_of_one_section(mechanism):
    budgets = [HERE.but(mechanism=m, epsilon=e) for m in ("dp", "clip_only") for e in (1.0, 3.0)]
    none = HERE.but(epsilon=None)
    here = HERE.but(mechanism=mechanism)
    found = shown(*(model(s) for s in (*budgets, none)), here=here)
    assert along(found, "epsilon", "epsilon") == [1.0, 3.0, math.inf]
    assert along(found, "epsilon", "mechanism") == [mechanism, mechanism, "none"]


def test_a_way_of_clipping_keeps_its_section_to_its_end_without_clipping():
    here = HERE.but(clipping="dpsgd_f")
    some = [one.but(epsilon=e) for one in (HERE, here) for e in (1.0, 3.0)]
    found = shown(*(model(s) for s in (*some, HERE.but(epsilon=None))), here=here)
    assert along(found, "epsilon", "epsilon") == [1.0, 3.0, math.inf]
    assert along(found, "epsilon", "clipping") == ["dpsgd_f", "dpsgd_f", "flat"]


def test_the_untouched_twin_of_a_stage_is_without_it():
    weighed = HERE.but(stage="reweighing", max_gap=None, epsilon=None)
    found = shown(model(weighed, accuracy=0.8), model(UNTOUCHED), here=weighed)
    assert found.here_row is not None and found.baseline_row is not None
    assert found.here_row != found.baseline_row


def test_seen_from_no_privacy_the_budget_is_that_of_noise():
    models = [model(HERE.but(epsilon=e)) for e in (1.0, None)]
    clipped = model(HERE.but(mechanism="clip_only"))
    found = shown(*models, clipped, here=HERE.but(epsilon=None))
    assert along(found, "epsilon", "mechanism") == ["dp", "none"]


def test_the_order_of_the_results_does_not_matter():
    models = [model(HERE.but(epsilon=e), accuracy=a) for e, a in ((1, 0.83), (3, 0.85), (8, 0.8))]
    one, other = shown(*models), shown(*models[::-1])
    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.here_row == other.here_row


SCENARIOS = [
    HERE,
    UNTOUCHED,
    HERE.but(mechanism="clip_only", hide=("sex", "race"), width=8),
    HERE.but(max_gap=0.0, shift_intensity=0.5, seed=4),
]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_row_leads_back_to_its_scenario(scenario):
    row = records(tidy(model(scenario, seeds=1)))[0]
    here = HERE.but(seed=9)
    assert scenario_of(row, here) == scenario.but(seed=9)


def test_a_configuration_finds_its_row_and_no_other():
    rows = [configuration(scenario) for scenario in SCENARIOS]
    assert [row_of(rows, scenario) for scenario in SCENARIOS] == list(range(len(SCENARIOS)))
    assert row_of(rows, Scenario.of(rows=999)) is None


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_key_of_a_setting_leads_back_to_it(scenario):
    assert scenario_of(configuration(scenario), HERE) == scenario.but(seed=HERE.seed)


def test_an_unknown_objective_is_refused():
    with pytest.raises((InvalidInput, KeyError), match="beauty"):
        seen(model(HERE), x="beauty", y="accuracy")


def test_without_privacy_nothing_is_clipped_and_the_budget_still_ends_there():
    here = HERE.but(clipping="dpsgd_f")
    other = here.but(clipping="flat", epsilon=3)
    models = (model(here), model(here.but(epsilon=None)), model(here.but(epsilon=8)), model(other))
    found = shown(*models, here=here)
    assert along(found, "epsilon", "clipping") == ["dpsgd_f", "dpsgd_f", "flat"]
    assert along(found, "epsilon", "epsilon") == [here.epsilon, 8, math.inf]
