import copy
import math
import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from tests.report.conftest import HERE, UNTOUCHED, Models, halved, model, shown
from tradeoffs.data.report_people import report_rows
from tradeoffs.fronts import Difference
from tradeoffs.report.cards import cards
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.groups import group_rates
from tradeoffs.report.sentences import gap_bound
from tradeoffs.report.sentences.headline import lead, messages, sentences
from tradeoffs.report.text import setting
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.cells import ComparedGroups, SmallGroup


def said(*models: Models, here: Scenario = HERE, gap_error: float = 0.0, **axes: str) -> str:
    """Return all sentences in one text."""
    view = shown(*models, here=here, **axes)
    told = cards(view, lambda scenario: {})
    groups = group_rates(view.own, "sex")
    return " ".join(sentences(view, told, groups, gap_error))


def test_before_the_setting_is_trained_only_that_is_said():
    view = shown(model(UNTOUCHED))
    assert sentences(view, []) == ["The models for your setting are not trained yet."]


def test_a_setting_without_a_place_on_the_chart_is_not_said_to_be_in_training():
    here = model(HERE, fidelity=math.nan)
    view = shown(here, model(UNTOUCHED), x="explainability")
    text, reason = sentences(view, [])
    assert "has no place on this chart" in text and "not there yet" not in text
    assert "in 8 of 8 seeds fewer than 30 people get the rarer answer" in reason


@pytest.mark.parametrize(("accuracy", "word"), [(0.83, "30 fewer"), (0.87, "10 more")])
def test_gains_and_losses_are_told_alike(accuracy, word):
    text = said(model(HERE, accuracy=accuracy, sd=0.001), model(UNTOUCHED, accuracy=0.86, sd=0.001))
    assert f"Of 1,000 people, {word} get a correct prediction than without constraint" in text
    low, high = re.search(rf"\(95 %.*?: (\d+) to (\d+) {word.split()[1]}\)", text).groups()  # type: ignore[union-attr]
    assert 0 < int(low) < int(word.split()[0]) < int(high)


def test_a_difference_within_chance_has_no_direction():
    text = said(model(HERE, accuracy=0.855, sd=0.02), model(UNTOUCHED, accuracy=0.86, sd=0.02))
    assert "5 fewer get a correct prediction" in text
    chance = r"(\d+) fewer to (\d+) more\), within what chance explains"
    low, high = re.search(chance, text).groups()  # type: ignore[union-attr]
    assert -int(low) < -5 < 0 < int(high)  # the interval holds zero


def test_one_seed_is_neither_chance_nor_certain():
    text = said(model(HERE, accuracy=0.83, seeds=1), model(UNTOUCHED, accuracy=0.86, seeds=1))
    assert "30 fewer get a correct prediction" in text and "one seed so far" in text


def test_a_model_is_called_untouched_only_if_it_is():
    told = "This is the model without constraint and without privacy"
    assert told in said(model(UNTOUCHED), here=UNTOUCHED)
    assert told not in said(model(HERE))  # whose twin is not trained yet
    assert "a correct prediction than" not in said(model(HERE))


@pytest.mark.parametrize(("women", "men"), [(80, 500), (400, 200)])
def test_groups_are_told_from_the_least_selected_to_the_most(women, men):
    text = said(model(HERE, figures={"selected[sex=Female]": women, "selected[sex=Male]": men}))
    rates = sorted([(women / 10, "Female"), (men / 20, "Male")])
    low, high = (f"{rate:.1f} in the group {name}" for rate, name in rates)
    assert f"Of 100 people each, {low} and {high} are predicted “over 50,000" in text


@pytest.mark.parametrize(("gap", "told"), [(0.15, True), (0.02, False)])
def test_two_groups_whose_gap_is_not_that_of_their_averages_are_the_same_groups(gap, told):
    """Of two groups the same two always lie apart: what differs is the order of averaging."""
    counts = {"selected[sex=Female]": 80, "selected[sex=Male]": 200}  # of 1,000 and 2,000
    text = said(model(HERE, gap=gap, figures=counts))
    averages = "These are averages, 2.0 % apart; the gap is computed within each seed first"
    assert (averages in text) == told
    assert "same groups" not in text


def test_groups_that_are_too_small_are_not_compared_but_named():
    small = SmallGroup(group="Female", cell="positives", people=19)
    view = replace(shown(model(HERE)), groups=ComparedGroups(groups=("Male",), left_out=(small,)))
    text = " ".join(sentences(view, [], group_rates(view.own, "sex")))
    assert "Gap in selection rates, by sex: not measurable, because fewer than two groups" in text
    assert "Female (19 with the outcome “over 50,000 dollars a year”)" in text
    assert "in the group" not in text


def test_a_gap_that_some_seeds_cannot_measure_is_told_with_the_reason():
    here = HERE.but(notion="predictive_parity", max_gap=None)
    few = {"selected[sex=Female]": [12] * 3 + [80] * 5, "gap": [math.nan] * 3 + [0.1] * 5}
    text = said(model(here, figures=few), here=here, x="explainability")
    told = (
        "Gap in precision is not measurable in 3 of 8 seeds, fewer than 30: Female (12 selected)."
    )
    assert told in text


@pytest.mark.parametrize(
    ("gap", "sd", "gap_error", "verdict"),
    [
        (0.08, 0.001, 0.0, "the bound is met on people outside the training data"),
        (0.098, 0.001, 0.008, "this cannot be told apart from the bound"),
        (0.11, 0.001, 0.0, "the bound is missed"),
        (0.11, 0.001, 0.008, "this cannot be told apart from the bound"),
        (0.2, 0.001, 0.008, "the bound is missed"),
        (0.2, 0.2, 0.0, "this cannot be told apart from the bound"),
    ],
)
def test_whether_the_gap_is_what_was_asked_for(gap, sd, gap_error, verdict):
    text = said(model(HERE, gap=gap, sd=sd), gap_error=gap_error)
    assert f"a gap of at most 10 %; {100 * gap:.1f} % is measured: {verdict}" in text


def test_a_bound_that_noise_hides_is_told_so():
    """The statistics' noise gives the tracked gap a deviation of .06 at epsilon 1, .0075 at 8."""
    assert "training sees the gap only to ±6.0 %" in said(model(HERE))
    steered = HERE.but(epsilon=8.0)
    assert "training sees the gap" not in said(model(steered), here=steered)


def test_groups_that_training_left_alone_are_named():
    told = ["Women; Men"] * 5 + [None] * 3
    text = said(model(HERE, gap=0.2, bound={"bound_unheld": told}))
    assert (
        "the bound is missed. There are too few people at this epsilon, so training left these "
        in text
    )
    assert "rates unconstrained: Women; Men." in text
    free = HERE.but(epsilon=None)
    assert "There are too few people, so" in said(
        model(free, bound={"bound_unheld": told}), here=free
    )
    assert "left these rates" not in said(model(HERE, bound={"bound_unheld": told[::-1][:4] * 2}))


def test_settings_that_seeds_cannot_tell_apart_are_not_called_beaten():
    """Better in both objectives by a hair, and alike within the seeds' spread."""
    text = said(
        model(HERE, accuracy=0.84, gap=0.1, sd=0.02),
        model(HERE.but(width=8), accuracy=0.8401, gap=0.0999, sd=0.02),
    )
    assert "your setting cannot be told apart from the front" in text and "beaten" not in text


def test_without_a_bound_none_is_judged():
    free = HERE.but(max_gap=None)
    assert "You asked" not in said(model(free), here=free)


@pytest.mark.parametrize(
    ("here", "told"),
    [
        (HERE, "guesses right at most about 73 times in 100"),
        (HERE.but(epsilon=None), "No bound is promised"),
        (HERE.but(mechanism="clip_only"), "Clipping without noise bounds no guess"),
    ],
)
def test_what_an_attacker_can_guess(here, told):
    assert told in said(model(here), model(UNTOUCHED), here=here)


def test_a_model_that_rules_cannot_explain_is_said_to_be_not_measurable():
    text = said(model(HERE, fidelity=math.nan))
    assert "not measurable" in text and "A tree of eight rules reproduces" not in text
    assert "A tree of eight rules reproduces 90.0 % of the decisions" in said(model(HERE))


def test_a_setting_that_the_untouched_model_beats_is_told_so():
    beaten = model(HERE, accuracy=0.80, gap=0.2)
    twin = model(UNTOUCHED, accuracy=0.86, gap=0.15)
    told = "dominated by the model without constraint and privacy: less accurate (−6.0 points) and "
    told += "with a larger gap (+5.0 points), each by more than the 95 % interval on its card."
    text = said(beaten, twin)
    assert told in text and "setting is beaten by" not in text  # once is enough
    text = said(beaten, twin, model(HERE.but(width=8), accuracy=0.84, gap=0.05))
    assert told in text and "is beaten by another on screen with ε = 1 (8 hidden units)" in text
    assert "beaten by the model without" not in said(beaten, twin, x="explainability", y="fairness")
    free = HERE.but(epsilon=None)
    text = said(
        model(free, accuracy=0.8, gap=0.2), twin, here=free, x="fairness", y="explainability"
    )
    assert "beaten by the model without" in text
    one = said(model(HERE, accuracy=0.8, gap=0.2, seeds=1), twin)
    assert "dominated" not in one  # one seed has no interval


def test_a_setting_that_another_beats_is_told_by_which():
    text = said(
        model(HERE, accuracy=0.80, gap=0.1),
        model(UNTOUCHED, accuracy=0.86, gap=0.15),
        model(HERE.but(max_gap=0.05, width=4), accuracy=0.84, gap=0.05),
    )
    told = (
        "beaten by another on screen with ε = 1 (gap at most 5 %, 4 hidden units): it is worse in "
    )
    told += "gap in selection rates, +5.0 points (95 % over seeds, not test rows: +5.0 to +5.0 "
    assert told in text


def test_settings_of_another_budget_or_mechanism_beat_nothing():
    others = (HERE.but(epsilon=8.0), HERE.but(epsilon=0.1), HERE.but(mechanism="clip_only"))
    better = [model(one, accuracy=0.9, gap=0.01) for one in others]
    text = said(model(HERE), model(HERE.but(width=8), gap=0.2), *better)
    assert (
        "your setting is on the front: none of the 2 settings on screen with ε = 1 beats it" in text
    )
    text = said(model(HERE), *better, x="privacy")
    assert "beaten by another on screen (ε = 0.1)" in text


def test_a_setting_that_nothing_beats_is_told_so():
    text = said(model(HERE), model(HERE.but(width=8), accuracy=0.86, gap=0.15))
    assert (
        "your setting is on the front: none of the 2 settings on screen with ε = 1 beats it" in text
        and "is beaten" not in text
    )


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        (
            0.005,
            "In 8 of 8 seeds the model predicts yes for almost nobody (over all seeds for 0.5 %",
        ),
        (
            0.995,
            (
                "In 8 of 8 seeds the model predicts yes for almost everybody (over all seeds for "
                "99.5 %"
            ),
        ),
        ([0.001] * 5 + [0.2] * 3, "In 5 of 8 seeds the model predicts yes for almost nobody"),
        ([0.001] * 4 + [1.0] * 4, "for almost nobody or almost everybody"),
        ([0.0] * 8, "predicts yes for nobody: a constant answer"),
        ([0.0] + [1.0] * 7, "predicts yes for nobody or everybody: a constant answer"),
        ([0.001] * 4 + [0.2] * 4, None),
        (0.03, None),
        (0.5, None),
    ],
)
def test_a_nearly_constant_model_is_named(rate, told):
    text = said(model(HERE, selection_rate=rate))
    assert told in text if told else "constant answer" not in text


@pytest.mark.parametrize(("gap", "small"), [(0.004, True), (0.3, False), (math.nan, False)])
def test_a_gap_is_called_small_for_want_of_decisions_only_if_it_is_smaller(gap, small):
    near = model(HERE, selection_rate=0.002, gap=gap)
    text = said(near, model(UNTOUCHED, gap=0.2), x="privacy")
    told = "nearly a constant answer, which makes its gap of 0.4 % look small."
    assert (told in text) == small and "nan" not in text
    assert "look small" not in said(near, x="privacy")  # without a twin: smaller than what?


def test_a_setting_off_the_chart_is_told_to_be_constant_if_it_is():
    here = model(HERE, fidelity=math.nan, selection_rate=0.0)
    first, second = sentences(shown(here, model(UNTOUCHED), x="explainability"), [])
    assert first.endswith("in all seeds.") and "a constant answer" in second


def test_a_setting_within_noise_of_the_untouched_model_is_told_so_once():
    text = said(model(HERE, sd=0.02), model(UNTOUCHED, accuracy=0.841, gap=0.0995, sd=0.02))
    assert text.count("cannot be told apart from the model without constraint") == 1


def test_what_seeds_tell_and_other_test_rows_might_not_is_said():
    view = shown(model(HERE, accuracy=0.8, gap=0.2), model(UNTOUCHED, accuracy=0.86, gap=0.15))
    told = cards(view, lambda scenario: {})
    blurred = Difference(
        column="gap",
        mean=0.05,
        standard_error=0.04,
        interval=(-0.03, 0.13),
        seeds=8,
        distinguishable=False,
    )
    doubt = "on others, the difference in gap could turn out differently"
    certain = "each by more than the 95 % interval"
    text = " ".join(sentences(view, told))
    assert doubt not in text and certain in text
    told = [replace(card, difference=blurred) if card.name == "gap" else card for card in told]
    text = " ".join(sentences(view, told))
    assert doubt in text and certain not in text


@pytest.mark.parametrize(
    ("reached", "gap", "told"),
    [
        ([0.0] * 5 + [1.0] * 3, 0.2, "the bound is missed: training did not meet it."),
        (
            [0.0] * 5 + [1.0] * 3,
            0.05,
            "outside the training data, although training ended above it.",
        ),
        (
            [1.0] * 5 + [0.0] * 3,
            0.2,
            "missed: training met it, but the result did not generalise to other people.",
        ),
        (
            [None] * 8,
            0.2,
            (
                "missed: training could not meet it, or the result did not generalise to other "
                "people."
            ),
        ),
    ],
)
def test_where_a_bound_was_lost_is_told_as_far_as_training_knows(reached, gap, told):
    steered = HERE.but(epsilon=8.0)
    text = said(model(steered, gap=gap, bound={"bound_reached": reached}), here=steered)
    assert told in text


def test_a_bound_that_training_came_near_is_not_said_to_be_reached():
    near = {"bound_reached": [1.0] * 8, "tracked_gap": [0.115] * 8}
    steered = HERE.but(epsilon=8.0)
    text = said(model(steered, gap=0.2, bound=near), here=steered)
    assert "the bound is missed: training came close, with 11.5 %." in text


def test_epsilon_is_no_reason_without_noise():
    clipped = HERE.but(mechanism="clip_only")
    text = said(model(clipped, gap=0.2, bound={"bound_unheld": ["Women"] * 8}), here=clipped)
    assert "too few people, so training left these rates unconstrained: Women." in text


def test_a_quota_is_kept_or_missed_by_the_decisions_not_by_training():
    here = HERE.but(notion="quota")
    text = said(model(here, gap=0.2), here=here)
    assert "20.0 % is measured: the bound is missed." in text and "raining" not in text


def test_only_groups_that_most_trainings_left_alone_are_named():
    facts = {"bound_unheld": ["Women"] * 3 + ["Women; Men"] * 3 + [None] * 2}
    assert "unconstrained: Women." in said(model(HERE, gap=0.2, bound=facts))


def test_a_bound_that_training_cannot_see_is_not_said_to_be_reached():
    text = said(model(HERE, gap=0.2, bound={"bound_reached": [1.0] * 8}))
    assert "training could not meet it, or the result did not generalise" in text
    assert "training sees the gap only to" in text


@pytest.mark.parametrize(("binding", "told"), [(0.0, True), (1.0, False)])
def test_a_bound_that_hardly_acts_is_told(binding, told):
    text = said(model(HERE, bound={"bound_binding": [binding] * 8}))
    assert ("In training, the bound has hardly any effect." in text) == told


@pytest.mark.parametrize("sign", [1, -1])
def test_along_a_slider_the_ends_are_where_the_data_put_them(sign):
    models = [
        model(HERE.but(epsilon=e), accuracy=0.84 + 0.02 * sign * k, sd=0.001)
        for k, e in ((-1, 0.1), (0, 1.0), (1, 8.0))
    ]
    told = "Along privacy budget, from ε = 0.1 to ε = 8, accuracy changes by"
    assert f"{told} {'+' if sign > 0 else '−'}4.0 points" in said(*models)


def test_where_a_curve_is_flat_it_is_said():
    models = [model(HERE.but(width=w), accuracy=0.84 + w / 1e5, sd=0.01) for w in (0, 4, 8)]
    text = said(*models)
    assert "Along model size, from logistic regression to 8 hidden units" in text
    assert "points), within chance" in text


def test_what_watching_the_gap_costs():
    text = said(model(HERE.but(mechanism="clip_only")), model(HERE))
    assert "3.5 % more noise on the gradients, and group counts known only to ±40 people" in text
    for here in (HERE.but(max_gap=None), HERE.but(epsilon=None)):
        assert "Measuring" not in said(model(here), here=here)


@pytest.mark.parametrize("clipping", ["flat", "dpsgd_f", "global_adapt"])
@pytest.mark.parametrize("by", ["in", "reweighing", "group_thresholds"])
@pytest.mark.parametrize("most", [0.1, None])
def test_what_the_budget_pays_for_is_told_by_its_true_reason(by, clipping, most):
    """A price without group counts, of clipping alone, once broke the screen."""
    here = Scenario.of(stage=by, clipping=clipping, max_gap=None if by == "reweighing" else most)
    counted = by == "reweighing" or here.max_gap is not None
    price = {"watching_price": [0.02] * 8} if counted or clipping != "flat" else {}
    facts = price | ({"sigma_counts": [12.0] * 8} if counted else {})
    text = said(model(here, bound=facts), here=here)
    assert ("behind the weights" in text) == (by == "reweighing")
    assert ("behind the thresholds" in text) == (by == "group_thresholds" and counted)
    assert ("Measuring the gap" in text) == (by == "in" and counted)
    assert ("ounting the clipped gradients" in text) == (clipping != "flat")
    assert ("±12 people" in text) == counted and ("2.0 % more" in text) == bool(price)
    assert "nan" not in text


def test_an_idle_stage_is_the_untouched_model():
    idle = UNTOUCHED.but(stage="group_thresholds")
    text = said(model(idle), model(UNTOUCHED), here=idle)
    assert "This is the model without constraint and without privacy" in text
    assert "a correct prediction" not in text


def test_as_many_people_are_not_called_fewer():
    text = said(model(HERE, accuracy=0.86, sd=0.02), model(UNTOUCHED, accuracy=0.86, sd=0.02))
    assert "as many get a correct prediction as without" in text and "0 fewer" not in text


def test_nothing_that_was_not_measured_is_told_as_a_number():
    text = said(model(HERE, fidelity=math.nan, gap=math.nan), x="privacy")
    assert "nan" not in text.lower() and "You asked" not in text


def test_every_sentence_ends_and_names_the_objectives_on_screen():
    view = shown(model(HERE), model(UNTOUCHED), x="privacy", y="explainability")
    told = sentences(view, cards(view, lambda s: {}))
    assert all(text.endswith(".") for text in told)
    assert any("By privacy budget (epsilon) and fidelity of a small tree" in t for t in told)


def test_the_few_that_are_said_first_have_a_number_and_the_others_follow_in_their_order():
    view = shown(model(HERE, sd=0.02), model(UNTOUCHED, accuracy=0.841, gap=0.0995, sd=0.02))
    told = messages(view, cards(view, lambda s: {}), group_rates(view.own, "sex"))
    first_said, others = lead(told)
    assert len(first_said) == 3 and all(re.search(r"\d", one.text) for one in first_said)
    assert first_said == sorted(first_said, key=told.index) and sorted(
        [*first_said, *others], key=told.index
    ) == list(told)
    assert any("cannot be told apart from the model" in one.text for one in others)  # no number
    assert lead(messages(shown(model(UNTOUCHED)), [])) == (
        [],
        messages(shown(model(UNTOUCHED)), []),
    )


def test_the_rates_of_groups_are_left_as_they_were():
    view = shown(model(HERE))
    groups = group_rates(view.own, "sex")
    before = copy.deepcopy(groups)
    sentences(view, [], groups)
    assert groups == before


def test_a_setting_beaten_on_select_and_on_the_front_on_report_is_told_so():
    gap = "demographic_parity_difference[sex]"
    here = halved(model(HERE, accuracy=0.86, gap=0.05), accuracy=0.8, **{gap: 0.3})
    text = said(here, model(HERE.but(width=8), accuracy=0.85, gap=0.1))
    told = (
        "none of the 2 settings on screen with ε = 1 beats yours on the rows {}, but one "
        "does on the rows {}"
    )
    assert told.format("shown", "used for choosing") in text
    assert "is beaten" not in text and "dominated" not in text
    other = halved(model(HERE, accuracy=0.8, gap=0.2), accuracy=0.9)
    text = said(other, model(HERE.but(width=8), accuracy=0.85, gap=0.1))
    assert told.format("used for choosing", "shown") in text


def test_what_the_cards_call_chance_is_not_called_better_or_worse():
    """Seeds agree to a hair, but half of the answers differ, so test rows leave much open."""
    rows = report_rows("adult", "income_gt_50k", ((), "")).rows
    rng = np.random.default_rng(0)
    mine, theirs = (np.packbits(rng.random(rows) < 0.5).tobytes() for _ in range(2))
    view = shown(model(HERE, accuracy=0.84, gap=0.101), model(UNTOUCHED, accuracy=0.841, gap=0.1))

    def decisions(scenario):
        return dict.fromkeys(range(8), mine if scenario.epsilon else theirs)

    told = cards(view, decisions)
    text = " ".join(sentences(view, told, decisions=decisions))
    assert all(c.change and "within chance" in c.change for c in told[:2])
    assert "beaten by" not in text and "interval on its card" not in text
    assert "by more than differences between seeds explain. The test rows are a sample too" in text


@pytest.mark.parametrize("reached", [0.0, 1.0, None])
@pytest.mark.parametrize("binding", [0.0, 1.0])
@pytest.mark.parametrize("unheld", [None, "Women"])
def test_thresholds_after_training_are_not_told_as_training(reached, binding, unheld):
    here = HERE.but(stage="group_thresholds")
    bound = {"bound_reached": reached, "bound_binding": binding, "bound_unheld": unheld}
    told = model(here, gap=0.2, bound={name: [value] * 8 for name, value in bound.items()})
    text = said(told, here=here)
    assert "thresholds" in text and "the bound is missed" in text
    for word in ("training did", "training could", "training reached", "training sees", "In train"):
        assert word not in text
    assert "training left" not in text and "Measuring" not in text


@pytest.mark.parametrize(
    ("notion", "called"),
    [
        ("minimax", "worst error"),
        ("bounded_group_loss", "worst squared error"),
        ("demographic_parity", "gap"),
    ],
)
def test_a_worst_error_is_called_no_gap(notion, called):
    here = HERE.but(notion=notion)
    view = shown(
        model(here, accuracy=0.8, gap=0.2),
        model(UNTOUCHED.but(notion=notion), accuracy=0.86, gap=0.15),
        here=here,
    )
    text = " ".join(sentences(view, cards(view, lambda scenario: {})))
    assert f"You asked for a {called} of at most 10 %" in text
    assert f"with a larger {called} (+5.0 points)" in text
    assert f"training sees the {called} only to" in text and f"Measuring the {called} is" in text
    if called != "gap":
        assert "gap" not in text and "alike" not in view.x.words
    assert setting("max_gap", 0.05, called) == f"{called} at most 5 %"


def test_a_change_along_a_slider_counts_that_the_test_rows_are_a_sample():
    """Also along the shift, whose two ends are measured on different rows."""
    here = HERE.but(shift="prior")
    ends = here, here.but(shift_intensity=1.0), here.but(epsilon=None)
    view = shown(*(model(one, sd=0.0005) for one in ends), here=here)
    rng = np.random.default_rng(0)

    def decisions(scenario):
        rows = evaluation_people(scenario).rows
        return {s: np.packbits(rng.random(rows) < 0.5).tobytes() for s in range(8)}

    def told(known) -> list[str]:
        return [text for text in sentences(view, [], decisions=known) if "Along" in text]

    left_out, counted = told(lambda scenario: {}), told(decisions)
    assert len(left_out) == len(counted) == 2
    assert all("over seeds, not test rows" in text for text in left_out)
    assert not any("not test rows" in text for text in counted)


def test_a_bound_is_said_to_be_kept_by_rows_where_figures_are_weighted(monkeypatch):
    models, words = (model(HERE), model(UNTOUCHED)), "enforced counting each row once"
    assert words not in said(*models)
    weighed = SimpleNamespace(codebook=SimpleNamespace(weight="finalwt"))
    monkeypatch.setattr(gap_bound, "dataset", lambda name: weighed)
    assert f"{words}; the measured gap is weighted by “finalwt”" in said(*models)
