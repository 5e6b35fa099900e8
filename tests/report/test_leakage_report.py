from collections.abc import Mapping
from typing import Any

import pytest

from tradeoffs.attacks.leakage import AttackEstimate, MembershipInference
from tradeoffs.report.charts.roc_chart import roc_figure, roc_table
from tradeoffs.report.leakage_report import display_groups, estimates_table, group_rows, sentences
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.privacy.attack_bound import AttackBound

PROMISE = AttackBound(epsilon=1.0, delta=1e-5)
CURVE = {0.0001: None, 0.001: 0.03, 0.01: 0.1, 0.1: 0.3, 0.5: 0.8}
GROUPS = {"Female": 330, "Male": 670, "Other": SMALLEST_CELL - 1}
Curve = Mapping[float | None, float | None]


def of(attack, group: str, curve: Curve, promise: AttackBound | None) -> list[AttackEstimate]:
    """Estimates with intervals from a half to one and a half of the value."""
    found = []
    for fpr, value in curve.items():
        bound = None
        if promise and value is not None:
            bound = promise.area if fpr is None else float(promise.tpr_at(fpr))
        low, high = (None, None) if value is None else (value / 2, min(1.5 * value, 1.0))
        found.append(
            AttackEstimate(
                attack=attack, group=group, fpr=fpr, value=value, low=low, high=high, bound=bound
            )
        )
    return found


def leaked(
    ratio: Curve | None = None,
    loss: Curve | None = None,
    promise: AttackBound | None = None,
    **more,
) -> MembershipInference:
    scenario = Scenario.of(rows=1_000, epsilon=promise.epsilon if promise else None)
    groups = [
        one
        for group, area in (("Female", 0.6), ("Male", 0.7), ("Other", None))
        for one in of("lira", group, {None: area, 0.01: area and 0.05}, promise)
    ]
    fields = {
        "scenario": scenario,
        "models": 64,
        "people": 1_000,
        "attacked": 1_000,
        "groups": GROUPS,
        "promise": promise,
        "accuracy_members": 0.99,
        "accuracy_others": 0.82,
        "estimates": (
            *of("lira", "", {None: 0.7} | CURVE | dict(ratio or {}), promise),
            *of("loss", "", {None: 0.55} | dict.fromkeys(CURVE, 0.0) | dict(loss or {}), promise),
            *groups,
        ),
        "difference": 0.1,
        "chance": 0.002,
        "seconds": 1.0,
    }
    return MembershipInference(**fields | more)


def told(leak: MembershipInference) -> str:
    return " ".join(sentences(leak))


def test_what_is_recognised_is_told_in_people():
    text = told(leaked())
    assert "random half of 1,000 people" in text and "63 such models" in text
    assert (
        "recognises 10 of 100 members (95 %: 5 to 15) at a false positive rate of 1 in 100"
    ) in text
    assert "guessing would recognise 1." in text
    assert "likelihood ratio (LiRA) 3 (95 %: 1.5 to 4.5), loss threshold 0 (95 %: 0 to 0)" in text
    assert "99.0 % on the people they were trained on and 82.0 % on the others" in text


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.011, "this cannot be told apart from guessing"),
        (0.003, "fewer than guessing, which would recognise 1."),
        (0.5, "guessing would recognise 1."),
    ],
)
def test_guessing_is_called_guessing(share, words):
    assert words in told(leaked({0.01: share}))


def test_what_cannot_be_measured_is_said():
    text = told(leaked({0.01: None, 0.001: None}))
    assert "cannot be measured with so few decisions" in text
    assert "a false positive rate of 1 in 1,000 cannot be measured" in text
    assert f"Too few people, below {SMALLEST_CELL}, to be measured: Other." in text
    assert "in the group Other" not in text


def test_the_promise_is_told_as_people_too():
    text = told(leaked(dict.fromkeys([None, *CURVE], 0.001), promise=PROMISE))
    assert "At epsilon 1 no attack can recognise more than 2.7 of 100" in text
    assert "at most about 73 times in 100" in text and "does not keep" not in text
    assert "No bound is promised" in told(leaked()) and "At epsilon" not in told(leaked())


def test_more_than_is_promised_is_an_alarm():
    leak = leaked({0.01: 0.3}, promise=PROMISE)
    assert [one.fpr for one in leak.alarms] == [0.001, 0.01]
    assert "the training does not keep its promise" in told(leak)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.002, "0.002: chance alone is an unlikely explanation"),
        (0.31, ("0.31: chance can explain the difference")),
    ],
)
def test_groups_are_compared_with_what_chance_does(chance, words):
    text = told(leaked(chance=chance))
    assert "60 (95 %: 30 to 90) in the group Female, 70 (95 %: 35 to 100) in the group Male" in text
    assert words in text
    assert "Groups" not in told(leaked(chance=None, difference=None))


def test_every_group_is_in_the_table_and_small_ones_are_open():
    rows = group_rows(leaked())
    assert [row["group"] for row in rows] == ["everybody", *GROUPS]
    assert [row["people"] for row in rows] == [1_000, *GROUPS.values()]
    assert rows[1]["area"] == 0.6 and rows[1]["recognised"] == 0.05
    assert rows[3]["area"] is None and rows[3]["recognised_high"] is None


def traces(figure: Any) -> dict[str, Any]:
    return {trace.name: trace for trace in figure.data}


def test_the_chart_is_its_table_on_log_axes():
    leak = leaked({0.5: 0.9}, promise=PROMISE)
    table = roc_table(leak)
    figure: Any = roc_figure(leak)
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"
    line = traces(figure)["likelihood ratio (LiRA)"]
    mine = table[(table["attack"] == "lira") & (table["recognised"] > 0)]
    assert list(line.x) == mine["fpr"].tolist() == [0.001, 0.01, 0.1, 0.5]
    assert list(line.y) == mine["recognised"].tolist() == [0.03, 0.1, 0.3, 0.9]
    assert len(table) == 2 * len(CURVE) and not {"Female", "Male"} & set(table["attack"])
    assert list(traces(figure)["lira edge"].y) == [0.015, 0.05, 0.15, 0.45]
    assert list(traces(figure)["likelihood ratio (LiRA), 95 %"].y)[:2] == pytest.approx(
        [0.045, 0.15]
    )


def test_nobody_recognised_has_no_place_on_a_log_axis_but_its_band_has():
    drawn = traces(roc_figure(leaked()))
    assert len(drawn["loss threshold"].x) == 0
    assert min(drawn["loss edge"].y) > 0


def test_the_bound_is_drawn_where_there_is_one():
    assert "most that ε = 1 allows" not in traces(roc_figure(leaked()))
    line = traces(roc_figure(leaked(promise=PROMISE)))["most that ε = 1 allows"]
    assert list(line.y) == pytest.approx(PROMISE.tpr_at(line.x).tolist())
    assert line.x[-1] == 1 and line.y[-1] == 1
    guess = traces(roc_figure(leaked()))["guessing"]
    assert list(guess.x) == list(guess.y)


def test_a_leak_with_no_measurable_rate_draws_no_attack():
    nothing: Curve = dict.fromkeys([None, *CURVE])
    drawn = traces(roc_figure(leaked(nothing, nothing, promise=PROMISE)))
    assert set(drawn) == {"guessing", "most that ε = 1 allows"}


def test_groups_are_told_of_a_hundred_or_as_not_measurable():
    table = display_groups(group_rows(leaked())).set_index("group")
    assert table.loc["everybody"].tolist() == ["1,000", "70 (35 to 100)", "10 (5 to 15)"]
    assert set(table.loc["Other"].tolist()[1:]) == {"not measurable"}


def test_every_estimate_can_be_taken_along():
    leak = leaked(promise=PROMISE)
    table = estimates_table(leak)
    assert len(table) == len(leak.estimates)
    missing = [value is None or value != value for value in table["value"].tolist()]
    assert missing == [one.value is None for one in leak.estimates]
    assert set(table["scenario"]) == {leak.scenario.to_json()}
