"""What pinned settings differ by, and why one cannot be compared."""

import math

import numpy as np
import pytest

from tests.report.conftest import HERE, UNTOUCHED, among, model
from tests.report.test_cards import ROWS, nobody, packed
from tradeoffs.experiments.adapt import adapt
from tradeoffs.fronts import COST, MONEY, OBJECTIVES, PRIVACY, Difference
from tradeoffs.fronts.sweep import sweep
from tradeoffs.report.payload import EVERY_AXIS
from tradeoffs.report.pins import LETTERS, budget, compare, comparison_columns, pin
from tradeoffs.report.sentences.paired_difference import MEASURED, parameters_sentence
from tradeoffs.scenario import Scenario

LOOSE = HERE.but(epsilon=3.0)


def beside(one, two, *models, names=("A", "B"), decisions=nobody):
    """Return the second of two settings beside the first, of some models."""
    together = among(*models)
    results = sweep([one for some in models for one in some], together, EVERY_AXIS)
    return compare(results, together.of_setting(HERE), one, two, names, decisions)


def interval(change: Difference | None) -> tuple[float, float]:
    """Return the interval of a difference that has one."""
    assert change is not None and change.interval is not None
    return change.interval


def test_a_difference_is_told_with_its_interval():
    models = model(HERE, gap=0.1, sd=0.002), model(LOOSE, gap=0.069, sd=0.002)
    found = beside(HERE, LOOSE, *models)
    accuracy, gap, budgets, rules, size, money = found.sentences
    assert accuracy.startswith("In accuracy, A and B cannot be told apart (95 % over seeds, not")
    assert gap.startswith("The gap of B is 3.1 points smaller than that of A (95 % over seeds, not")
    assert budgets == (
        "The privacy budget of A is ε\u00a0=\u00a01, that of B ε\u00a0=\u00a03: declared, not "
        "estimated."
    )
    assert rules.startswith("In the fidelity of a small tree, A and B cannot be told apart")
    assert size == "A model of A and one of B have 105 parameters each."
    assert money == "What A and B cost is not known."
    low, high = interval(found.differences["fairness"])
    assert f"{-100 * high:.1f} to {-100 * low:.1f} points" in gap


def test_the_interval_is_that_of_scipys_paired_test():
    stats = pytest.importorskip("scipy.stats")
    one, two = model(HERE, gap=0.1, sd=0.01), model(LOOSE, gap=0.09, sd=0.02)
    seen = [
        [each.measurement.report["demographic_parity_difference[sex]"] for each in some]
        for some in (two, one)
    ]
    wanted = stats.ttest_rel(*seen).confidence_interval()
    assert interval(beside(HERE, LOOSE, one, two).differences["fairness"]) == pytest.approx(
        (wanted.low, wanted.high)
    )


def test_swapping_two_settings_flips_every_sign():
    models = model(HERE, accuracy=0.84, sd=0.003), model(LOOSE, accuracy=0.85, gap=0.02, sd=0.003)
    there, back = beside(HERE, LOOSE, *models), beside(LOOSE, HERE, *models)
    for name, change in there.differences.items():
        flipped = back.differences[name]
        assert change is not None and flipped is not None
        assert flipped.mean == pytest.approx(-change.mean)
        low, high = interval(change)
        assert interval(flipped) == pytest.approx((-high, -low))
    assert "1.0 points higher" in there.sentences[0] and "1.0 points lower" in back.sentences[0]


def test_test_rows_widen_the_interval_and_are_said_to_be_in_it():
    models = model(HERE, sd=0.002), model(LOOSE, gap=0.069, sd=0.002)
    rng = np.random.default_rng(0)
    one, two = (packed(rng.random((8, ROWS)) < 0.25) for _ in range(2))
    decided = {HERE.configuration(): one, LOOSE.configuration(): two}
    wide = beside(HERE, LOOSE, *models, decisions=lambda s: decided[s.configuration()])
    narrow = beside(HERE, LOOSE, *models)
    accuracy = wide.differences["accuracy"]
    assert "(95 %: " in wide.sentences[0] and accuracy is not None and accuracy.test_rows
    for name in ("accuracy", "fairness"):
        wider, slim = (interval(one.differences[name]) for one in (wide, narrow))
        assert wider[0] < slim[0] < slim[1] < wider[1]


def test_a_setting_beside_itself_says_so():
    models = (model(HERE),)
    found = beside(HERE, HERE, *models, names=("your setting", "A"))
    assert found.sentences == [
        "Your setting and A are the same setting: there is nothing to compare."
    ]
    assert found.differences == {}


def test_the_same_models_set_in_two_ways_are_said_to_be_so():
    idle = UNTOUCHED.but(stage="threshold_optimizer")
    found = beside(UNTOUCHED, idle, model(UNTOUCHED), model(idle))
    assert found.sentences == [
        "A and B are the same models, set in two ways, so they do not differ."
    ]


def test_what_is_not_measurable_is_never_a_zero():
    found = beside(HERE, LOOSE, model(HERE, gap=math.nan), model(LOOSE))
    assert found.differences["fairness"] is None
    assert found.words["fairness"] == "not measurable"
    assert found.sentences[1] == (
        "Whether A and B differ in their gap is not measurable: it is undefined in a "
        "training run of one of them."
    )


def test_what_is_not_there_yet_is_not_called_unmeasurable():
    waiting = beside(HERE, LOOSE, model(HERE))
    assert waiting.sentences == ["A and B are compared once models of both are trained."]
    assert waiting.differences == {}


def test_one_seed_gives_no_interval():
    found = beside(HERE, LOOSE, model(HERE, seeds=1), model(LOOSE, accuracy=0.85, seeds=1))
    assert found.sentences[0] == (
        "The accuracy of B is 1.0 points higher than that of A (one seed so far, so perhaps "
        "by chance)."
    )


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (HERE, HERE.but(max_gap=None), "is the same, ε\u00a0=\u00a01."),
        (UNTOUCHED, HERE.but(epsilon=None), "Neither A nor B has a privacy budget"),
        (HERE, UNTOUCHED, "of A is ε\u00a0=\u00a01; B promises no privacy."),
        (UNTOUCHED, HERE, "of B is ε\u00a0=\u00a01; A promises no privacy."),
        (HERE, HERE.but(mechanism="clip_only"), "clipping without noise declares none."),
    ],
)
def test_budgets_are_declared(one, two, said):
    assert said in beside(one, two, model(one), model(two)).sentences[2]


def test_every_objective_has_its_sentence():
    assert {*OBJECTIVES} == {*MEASURED, PRIVACY.name, COST.name, MONEY.name}
    assert len(beside(HERE, LOOSE, model(HERE), model(LOOSE)).sentences) == len(OBJECTIVES)


def test_the_sizes_of_models_are_counted():
    wide = HERE.but(width=8)
    models = model(HERE, parameters=98), model(wide, parameters=785)
    assert beside(HERE, wide, *models).sentences[4] == (
        "A model of A has 98 parameters, one of B 785."
    )
    assert "are not both known" in parameters_sentence(98, math.nan, "A", "B").text


def test_no_budget_is_declared_by_clipping_alone():
    assert math.isnan(budget(HERE.but(mechanism="clip_only")))
    assert budget(UNTOUCHED) == math.inf and budget(HERE) == 1.0


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (adapt(HERE.but(dataset="loanapp"))[0].model_dump(), "another table"),
        ({"shift_intensity": 0.5}, "other people"),
        ({"notion": "equal_opportunity"}, "another notion of fairness"),
        ({"protected": "race"}, "other groups"),
        ({"dataset": "nowhere"}, "It is not possible"),
    ],
)
def test_a_pin_that_is_not_comparable_says_why(changes, why):
    assert why in pin(HERE.but(**changes), HERE).why


def test_where_notion_and_attribute_have_no_part_a_pin_is_measured_as_the_setting_is():
    free = HERE.but(max_gap=None, notion="equal_opportunity", protected="race", seed=4)
    assert pin(free, HERE).setting == HERE.but(max_gap=None) and not pin(free, HERE).why
    elsewhere = HERE.but(shift="prior")  # of no intensity
    assert pin(elsewhere, HERE).setting == HERE


def test_one_pin_stands_beside_your_setting_and_several_beside_the_first():
    kept = [pin(HERE.but(epsilon=value), HERE) for value in (0.1, 0.3, 3.0, 8.0)]
    assert [name for name, _ in comparison_columns(kept, HERE)] == list(LETTERS)
    assert [name for name, _ in comparison_columns(kept[:1], HERE)] == ["your setting", "A"]
    other = pin(adapt(HERE.but(dataset="loanapp"))[0], HERE)
    assert [name for name, _ in comparison_columns([other, kept[0]], HERE)] == ["your setting", "B"]
    assert comparison_columns([], HERE) == []


def test_every_setting_of_the_sweep_can_be_pinned():
    assert not pin(Scenario(), Scenario()).why
