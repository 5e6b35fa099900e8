"""Reveals of a workshop: sentences follow from the answers, for each way that they can turn out."""

import numpy as np
import pytest

from tests.rooms.front import options, row
from tradeoffs.messages.wording import WORDING
from tradeoffs.rooms.candidates import candidates
from tradeoffs.rooms.front_reveal import reveal_lines, reveal_picks, reveal_point, reveal_rules
from tradeoffs.rooms.red_lines import overlap
from tradeoffs.rooms.room_reveal import (
    reveal_choice,
    reveal_nothing,
    reveal_values,
    reveal_vote,
    reveal_words,
)
from tradeoffs.rooms.rounds import Round, workshop_rounds
from tradeoffs.rooms.rules import decide

AXES = ("fairness", "accuracy")


def said(found) -> str:
    return " ".join(map(WORDING.sentence, found.sentences))


def rounds() -> dict[str, Round]:
    return {one.name: one for one in workshop_rounds(options())}


def lines(**drawn: list[float | None]):
    """Return results of a round of lines; each list has an answer a seat."""
    seats = len(next(iter(drawn.values())))
    profiles = [{name: drawn[name][k] for name in drawn} for k in range(seats)]
    found = {"answered": seats, "lines": drawn, "overlap": overlap(options(), profiles)}
    return reveal_lines(options(), AXES, found)


def test_few_answers_and_a_first_vote_are_told_apart():
    assert (
        said(reveal_nothing({"answered": 4, "kept_back": False}))
        == "4 seats have answered, too few to be shown."
    )
    few = said(reveal_nothing({"answered": 31, "kept_back": False}))
    assert few.startswith("31 answers, of which fewer than 5 by phone")
    assert "kept until after the second one" in said(
        reveal_nothing({"answered": 12, "kept_back": True})
    )


def test_the_highest_median_of_points_is_told_and_ties_are():
    names = [one["name"] for one in rounds()["values"].asks["objectives"]]
    points = dict(zip(names, ([50, 60, 40, 50, 50], [20] * 5, [10] * 5, [20] * 5), strict=True))
    results = {
        "answered": 5,
        "values": points,
        "by_table": {},
        "else": [{"id": "1", "text": "cost"}],
    }
    found = reveal_values(rounds()["values"], results)
    assert said(found) == "“Accuracy” has the highest median: 50 of 100 points (5 seats answered)."
    assert found.rows[0] == ("Accuracy", "40", "50", "60") and found.texts == ["cost"]
    results |= {"values": dict.fromkeys(names, [25] * 5)}
    assert said(reveal_values(rounds()["values"], results)).startswith("The highest median, 25 of")


def test_a_large_table_has_rows_of_its_own():
    names = [one["name"] for one in rounds()["values"].asks["objectives"]]
    points = dict.fromkeys(names, [25] * 12)
    results = {"answered": 12, "values": points, "else": []}
    results |= {"by_table": {"clinic": dict.fromkeys(names, [25] * 5)}}
    found = reveal_values(rounds()["values"], results)
    assert [one[0] for one in found.rows][:2] == ["Accuracy", "Accuracy: clinic"]
    assert found.figure is not None and len(found.figure["data"]) == 2 * len(names) + 1


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ([0, 0, 1, None, None], "3 of 5 seats stand at 2 settings; 2 chose none"),
        ([0] * 5, "All 5 seats stand at 1 setting."),
        ([None] * 5, "All 5 seats chose none of these settings."),
    ],
)
def test_none_of_these_is_counted(points, told):
    found = reveal_point(options(), AXES, {"answered": 5, "points": points})
    assert told in said(found)
    assert sum(int(count) for _, count in found.rows) == sum(p is not None for p in points)


def test_how_many_settings_break_somebodys_line():
    assert said(lines(accuracy=[None] * 5)) == "Nobody drew a red line."
    assert "All 5 settings are inside" in said(lines(accuracy=[10.0] * 5))
    some = lines(accuracy=[83.0] * 5)
    assert "3 of 5 settings break somebody's red line; 2 settings are inside" in said(some)
    assert some.rows[0] == ("Accuracy", "5", "83.0 %", "83.0 %")
    alone = said(lines(accuracy=[99.0, None, None, None, None]))
    assert alone.startswith("No setting is inside all red lines")
    assert "keeps the strictest line for “Accuracy”" in alone
    both = lines(accuracy=[85.0] * 5, fairness=[5.0] * 5)
    assert "these together: “Accuracy”, “" in said(both)


def test_strictest_and_loosest_follow_the_direction_of_the_objective():
    told = {one[0]: one[1:] for one in lines(fairness=[5.0, 20.0, None, 10.0, 10.0]).rows}
    (gap,) = [told[title] for title in told if told[title][0] == "4"]
    assert gap[1:] == ("5.0 %", "20.0 %")


def choice(*, answered=12, **bounds):
    given = {"majority": None, "worst_off_first": None, "compromise": None} | bounds
    return reveal_choice(rounds()["rule"], {"answered": answered, "bounds": given})


def test_the_rule_chosen_most_is_told_as_far_as_it_is_known():
    assert "“Majority” has most votes: 7 of 12" in said(choice(majority=(7, 7)))
    tied = said(choice(majority=(6, 6), compromise=(6, 6)))
    assert "6 of 12 each: “Majority”, “Compromise”" in tied
    unknown = "12 seats voted; what has most votes does not follow from the counts that are shown."
    assert said(choice()) == unknown
    assert said(choice(majority=(6, 6))) == unknown  # the other six may agree
    assert choice(majority=(7, 7)).rows[1][1] == "hidden"
    assert "8 to 12 of 12" in said(choice(majority=(8, 12), compromise=(0, 4)))


def vote_round(some) -> Round:
    return Round(name="vote", kind="vote", title="", question="", asks={"candidates": some})


VALUES = [{"accuracy": 70, "fairness": 10, "privacy": 10, "explainability": 10}] * 7
VALUES += [{"accuracy": 10, "fairness": 70, "privacy": 10, "explainability": 10}] * 5


def test_what_moved_most_between_two_votes_is_told_by_shares():
    some = candidates(options(), VALUES)
    asked, names = vote_round(some), [one["name"] for one in some]
    nothing = dict.fromkeys(names)
    first = {"answered": 12, "approve": nothing | {names[0]: (6, 6), names[1]: (5, 5)}}
    second = {"answered": 10, "approve": nothing | {names[0]: (5, 5), names[1]: (5, 5)}}
    found = reveal_vote(asked, second | {"before": first})
    assert "rose from 5 of 12 to 5 of 10" in said(found)
    assert found.columns == ("", "first vote, of 12", "second vote, of 10")
    assert "hidden" in found.rows[2]
    same = said(reveal_vote(asked, first | {"before": first}))
    assert "No count that is told exactly in both votes changed." in same


def test_statements_are_told_with_who_joined():
    texts = [
        {"id": "a", "text": "No.", "joined": (0, 4)},
        {"id": "b", "text": "Yes.", "joined": None},
    ]
    told = said(reveal_words({"answered": 12, "statements": texts}))
    assert "“No.” Joined by 0 to 4 of 12." in told and "is hidden" in told
    none = {"answered": 13, "statements": []}
    assert said(reveal_words(none)).startswith("No statement was written")
    assert said(reveal_words(none, 13)).startswith("13 texts wait for the host's approval")
    assert "1 text waits for the host's approval" in said(
        reveal_words({**none, "statements": texts}, 1)
    )


def rules(values, sd=0.001, approvals=None):
    some = candidates(options(sd), values)
    found = decide(options(sd), values, some, approvals)
    return reveal_rules(options(sd), some, found), found


def test_each_rule_tells_its_pick_and_every_seat_is_a_dot():
    found, decision = rules(VALUES, approvals={"baseline": (9, 9)})
    assert [one[0] for one in found.rows] == ["Majority", "Worst-off first", "Compromise"]
    assert found.figure is not None
    dots = [one for one in found.figure["data"] if one["uid"].startswith("dots")]
    assert [len(one["x"]) for one in dots] == [12, 12, 12]
    means = found.figure["data"][-1]["x"]
    assert means == [one["largest"]["value"] for one in decision["rules"]]


def test_majority_without_known_approvals_picks_nothing():
    found, _ = rules(VALUES)
    assert "Majority picks nothing" in said(found) and len(found.rows) == 2


def test_the_same_pick_is_said_to_be_the_same():
    alike = [{"accuracy": 100}] * 6
    found, _ = rules(alike, approvals={"baseline": (6, 6)})
    assert "All three rules pick the same." in said(found)


@pytest.mark.parametrize("sd", [0.001, 0.3])
def test_what_cannot_be_told_apart_is_said_so(sd):
    found, decision = rules(VALUES, sd, approvals={"do_not_build": (9, 9)})
    text = said(found)
    for one in decision["between"]:
        if not one["same"]:
            apart = [one[what]["apart"] for what in ("largest", "mean")]
            assert ("cannot be told apart" in text) or all(apart)


def test_a_pair_of_rules_is_told_in_the_order_of_what_is_lost():
    size = {"value": -2.0, "low": -3.0, "high": -1.0, "apart": True}
    pair = {"rules": ["majority", "compromise"], "same": False, "largest": size, "mean": size}
    ends = {"value": 1.0, "low": None, "high": None}
    base = {"candidate": None, "setting": row(options(), "max_gap=0.02"), "level": []}
    base |= {"largest": ends, "mean": ends, "losses": [1.0, 0.0]}
    decision = {"rules": [base | {"rule": "majority"}], "between": [pair]}
    decision["rules"].append(base | {"rule": "compromise"})
    text = said(reveal_rules(options(), [], decision))
    assert (
        "loses less by Compromise than by Majority; the difference is 2.0 (95 %: 1.0 to 3.0)"
        in text
    )
    assert np.isfinite(reveal_rules(options(), [], decision).height)


def test_picks_are_ringed_on_the_front_once_each():
    _, decision = rules(VALUES, approvals={"baseline": (9, 9)})
    figure = reveal_picks(options(), AXES, decision).figure
    assert figure is not None
    rings = [one for one in figure["data"] if one.get("marker", {}).get("symbol") == "circle-open"]
    picked = {one["setting"] for one in decision["rules"]}
    assert len(rings) == len(picked)
    assert {name for one in rings for name in one["name"].split(", ")} == {
        "Majority",
        "Worst-off first",
        "Compromise",
    }
