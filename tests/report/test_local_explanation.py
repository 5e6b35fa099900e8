import math
from dataclasses import replace

import numpy as np
import pytest

from tradeoffs.report.local_explanation import (
    attribution_figure,
    attribution_table,
    display_table,
    sentences,
)
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.explanation import (
    Change,
    Explanation,
    ExplanationComparison,
    StabilitySummary,
)

HERE = Scenario()
NOTHING = StabilitySummary(twin=None, twin_top=None, seeds=None, seeds_top=None)


def explanation(attribution, *, base=-1.0, change: Change | None = None) -> Explanation:
    values = np.atleast_2d(np.array(attribution, dtype=float))
    return Explanation(
        features=("age", "hours_per_week", "workclass"),
        titles=("age", "hours worked per week", "kind of employer"),
        bins=("40 to 44", "40", "private employer"),
        seeds=tuple(range(len(values))),
        logit=base + values.sum(1),
        base=np.full(len(values), base),
        attribution=values,
        change=change,
    )


def words(here: Explanation, twin=None, stable=NOTHING) -> str:
    return "\n".join(sentences(ExplanationComparison(here=here, twin=twin, stable=stable), HERE))


def test_the_answer_follows_the_mean_logit():
    yes, no = explanation([[3, 0, 0], [1, 0, 0]]), explanation([[0.5, 0, 0], [0.1, 0, 0]])
    assert "answers “over 50,000 dollars a year”" in words(yes)
    chance = 100 / (1 + math.exp(-1))
    assert f"probability of {chance:.0f} % (50 % to 88 % over 2 training runs)" in words(yes)
    assert "answers “up to 50,000 dollars a year”" in words(no)


@pytest.mark.parametrize(
    ("attribution", "sentence"),
    [
        ([[3, 0, 0]], "It was trained once"),
        ([[3, 0, 0], [4, 0, 0]], "Both training runs, which differ by chance alone, give this"),
        ([[3, 0, 0], [4, 0, 0], [0, 0, 0]], "2 of 3 training runs"),
    ],
)
def test_it_says_how_many_trainings_agree(attribution, sentence):
    assert sentence in words(explanation(attribution))


def test_only_what_all_trainings_agree_on_is_a_reason():
    told_ = words(explanation([[3, -1, 2], [2, -2, -1]]))
    assert "speaks most strongly for it, compared with the average person: age (40 to 44)." in told_
    assert (
        "speaks most strongly against it, compared with the average person: hours worked per week "
        "(40)." in told_
    )
    assert "kind of employer (private" not in told_.split("No change")[0]
    assert "no feature of which all training runs agree" in words(
        explanation([[3, 1, 1], [-3, -1, -1]])
    )


def test_for_a_refusal_the_reasons_change_sides():
    told_ = words(explanation([[-3, 1, 0.5]]))
    assert "speaks most strongly for it, compared with the average person: age" in told_
    assert "against it, compared with the average person: hours worked per week (40), kind" in told_


def test_a_constant_model_has_no_reasons():
    assert "No feature makes a difference" in words(explanation([[0, 0, 0]]))


def test_a_change_is_told_with_its_steps_and_how_many_trainings_follow():
    change = Change(to={"hours_per_week": "45 to 49"}, steps=2, flips=3)
    told_ = words(explanation([[0, 0.2, 0]] * 4, change=change))
    assert (
        "If hours worked per week were “45 to 49” instead of “40”, the answer would change "
        "to “over 50,000 dollars a year” (2 steps; in 3 of 4 training runs)."
    ) in told_
    both = Change(
        to={"hours_per_week": "45 to 49", "workclass": "federal government"}, steps=3, flips=1
    )
    assert "“40” and kind of employer were “federal" in words(
        explanation([[0, 0, 0.1]], change=both)
    )


def test_where_no_change_helps_it_says_which_were_tried():
    told_ = words(explanation([[0, 0.2, 0]]))
    assert "Changing one or two of these would not change" in told_
    assert "hours worked per week (more or less of it), kind of employer (another)" in told_


def test_the_twin_is_told_either_way():
    here = explanation([[3, 0, 0]])
    assert "privacy the answer is the same, with a probability of 50 %" in words(
        here, explanation([[1 + 1e-9, 0, 0]])
    )
    other = words(here, explanation([[-3, 0, 0]]))
    assert "privacy the answer is “up to 50,000 dollars a year”, with a probability of 2 %" in other


def test_stability_is_told_where_it_was_measured():
    here = explanation([[3, 0, 0]])
    assert "alike" not in words(here)
    told_ = words(
        here, stable=StabilitySummary(twin=0.5, twin_top=0.25, seeds=0.75, seeds_top=None)
    )
    assert "correlation of 0.50; the three strongest of each person overlap by 25 %." in told_
    assert "two training runs of this setting have a mean rank correlation of 0.75." in told_


def test_the_table_runs_from_lowest_to_highest_the_strongest_first():
    found = ExplanationComparison(
        here=explanation([[1, -3, 0], [2, -5, 0]]), twin=None, stable=NOTHING
    )
    table = attribution_table(found)
    assert table.columns.tolist() == ["feature", "value", "mean", "low", "high"]
    assert table.iloc[0].tolist() == ["hours worked per week", "40", -4, -5, -3]
    assert table["feature"].tolist()[1:] == ["age", "kind of employer"]


def traces(figure) -> list:
    return list(figure.data)


def test_the_figure_draws_the_table_and_its_intervals():
    here, twin = explanation([[1, -3, 0], [2, -5, 0]]), explanation([[1, 1, 1]])
    found = ExplanationComparison(here=here, twin=twin, stable=NOTHING)
    table, figure = attribution_table(found), attribution_figure(found, HERE)
    own, other = traces(figure)
    assert own.x == pytest.approx(table["mean"]) and other.x == pytest.approx(table["twin_mean"])
    assert own.x + own.error_x.array == pytest.approx(table["high"])
    assert own.x - own.error_x.arrayminus == pytest.approx(table["low"])
    assert own.y[0] == "hours worked per week:<br>40"
    title = figure.to_dict()["layout"]["xaxis"]["title"]["text"]
    assert "over 50,000 dollars" in title.replace("<br>", " ")
    assert len(traces(attribution_figure(replace(found, twin=None), HERE))) == 1


def test_a_rule_after_training_is_said_to_act_after_the_score():
    bound = HERE.but(stage="group_thresholds", max_gap=0.1)
    found = ExplanationComparison(here=explanation([1.0, 0.5, -0.2]), twin=None, stable=NOTHING)
    after, usual = sentences(found, bound), sentences(found, bound.but(stage="in"))
    assert after[0] == usual[0] and after[2:] == usual[1:]
    assert after[1].startswith(
        "This is the score, not yet the decision: thresholds by group (post-processing)."
    )


def test_a_quota_is_said_to_act_after_the_score():
    free = HERE.but(notion="quota", max_gap=None, stage="in")
    found = ExplanationComparison(here=explanation([1.0, 0.5, -0.2]), twin=None, stable=NOTHING)
    lines = sentences(found, free.but(max_gap=0.1))
    assert lines[1].startswith("This is the score, not yet the decision: quota at decision time.")
    assert lines[:1] + lines[2:] == sentences(found, free)


def test_the_table_is_told_with_its_range_and_the_twin_beside():
    found = ExplanationComparison(
        here=explanation([[1, -2, 0], [2, -1, 0]]), twin=explanation([[0, 1, 0]]), stable=NOTHING
    )
    table = display_table(attribution_table(found)).set_index("feature")
    assert table.loc["age"].tolist() == [
        "40 to 44", "+1.50 (+1.00 to +2.00)", "+0.00 (+0.00 to +0.00)"
    ]  # fmt: skip
    alone = display_table(
        attribution_table(ExplanationComparison(here=found.here, twin=None, stable=NOTHING))
    )
    assert len(alone.columns) == 3
