"""The picture of a job: in parts, and why there is none."""

import json
import math

import numpy as np
import pytest

from tests.report.conftest import HERE, UNTOUCHED, Models, job, model
from tradeoffs.report.payload import picture, results_of, why_no_picture, why_unmeasured
from tradeoffs.scenario import Scenario

NEAR = HERE.but(epsilon=8.0)


ABOUT = [one.but(seed=seed) for one in (NEAR, HERE, UNTOUCHED) for seed in range(8)]


def parts(*arrived: Models) -> dict[str, bytes]:
    found = picture(job(ABOUT, *arrived), HERE, "fairness", "accuracy")
    assert found is not None
    return found.parts()


SOME = model(HERE, sd=0.01), model(UNTOUCHED, accuracy=0.86, gap=0.2)


def test_each_trace_is_a_part_in_the_order_in_which_it_is_drawn():
    found = parts(*SOME)
    order = json.loads(found["order"])
    assert order[-1] == "you are here" and "front" in order
    assert {f"trace {name}" for name in order} == {n for n in found if n.startswith("trace ")}
    assert json.loads(found["trace front"])["name"] == "front"


def test_the_figure_has_a_title_a_setting_and_a_source_and_few_sentences_come_first():
    found = {name: json.loads(part) for name, part in parts(*SOME).items()}
    assert found["caption"]["title"].startswith("There is one setting with ε = 1: gap in ")
    assert "ε = 1" in found["caption"]["subtitle"] and "Adult" in found["caption"]["source"]
    assert found["leading"] == 3 < len(found["words"]) and found["deployment"] is None


def test_what_does_not_change_is_equal_to_the_last_byte():
    before, after = parts(*SOME), parts(*SOME, model(NEAR, accuracy=0.7, gap=0.3))
    assert parts(*SOME) == before
    alike = {name for name, part in after.items() if before.get(name) == part}
    assert {"template", "cards", "trace you are here", "deployment"} <= alike
    assert not {"order", "settings", "rows"} & alike


def test_a_setting_has_the_same_number_whatever_has_arrived():
    own = [json.loads(one["trace you are here"])["customdata"] for one in (
        parts(*SOME), parts(model(NEAR), *SOME)
    )]  # fmt: skip
    assert own == [[1], [1]]


def test_the_alternative_counts_what_is_drawn():
    told = json.loads(parts(*SOME)["text"])
    told_first = (
        "Scatter chart of 2 settings by gap in selection rates and accuracy; of the 1 with "
    )
    assert told.startswith(f"{told_first}ε = 1, 1 is on the front.")


@pytest.mark.parametrize(("done", "told"), [(False, "being trained"), (True, "No model here")])
def test_where_nothing_is_drawn_it_says_why(done, told):
    nothing = model(HERE, accuracy=math.nan, gap=math.nan)
    about = [result.scenario for result in nothing] if done else ABOUT
    one = job(about, nothing)
    assert one.active is not done
    assert picture(one, HERE, "fairness", "accuracy") is None
    assert told in why_no_picture(one, HERE, "fairness", "accuracy")


def test_an_axis_of_which_nothing_is_measured_says_why():
    one = job([Scenario()], model(Scenario(), seeds=1))
    why = why_unmeasured(one, Scenario(), "recourse_steps", "accuracy")
    assert why == ["too few of the refused are in reach to measure their steps"]
    assert not why_unmeasured(one, Scenario(), "fairness", "accuracy")


def test_where_nothing_is_measured_that_is_the_reason_on_every_axis():
    nothing = model(Scenario(), seeds=1, accuracy=math.nan, fidelity=math.nan)
    (why,) = why_unmeasured(job([Scenario()], nothing), Scenario(), "explainability", "accuracy")
    assert why == "accuracy was not measured: too few people are left, or a training diverged"


def test_some_settings_are_laid_out_as_among_all():
    one = job(ABOUT, model(NEAR, accuracy=0.83), model(HERE, sd=0.01), model(UNTOUCHED, gap=0.2))
    every, few = results_of(one, HERE), results_of(one, HERE, some=(UNTOUCHED, HERE, HERE))
    assert few.columns == every.columns and len(few.keys) == 2
    for row, key in enumerate(few.keys):
        same = every.keys.index(key)
        np.testing.assert_array_equal(few.values[:, row], every.values[:, same])
        np.testing.assert_array_equal(few.present[:, row], every.present[:, same])
