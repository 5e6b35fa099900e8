"""What a room votes on, and what one seat sees of its own."""

import json
from dataclasses import replace

import pytest

from tests.rooms.front import DOMINATED, options, row
from tests.rooms.test_rules import NAMES, drawn
from tradeoffs.rooms.candidates import MOST_TITLE, candidates
from tradeoffs.rooms.own_point import yours
from tradeoffs.rooms.rounds import MOST_CANDIDATES
from tradeoffs.rooms.rules import decide, point_of, utilities
from tradeoffs.values.preferences.aggregation import picks


@pytest.mark.parametrize("seats", [0, 4, 5, 12])
def test_the_baseline_and_not_building_are_always_there(seats):
    found = candidates(options(), drawn(seats))
    assert found[0]["name"] == "baseline" and found[0]["setting"] == options().now
    assert found[-1]["name"] == "do_not_build" and found[-1]["setting"] is None
    names = [one["name"] for one in found]
    assert len(set(names)) == len(names) <= MOST_CANDIDATES + 2
    assert all(one["words"] and one["title"] for one in found)
    assert len({one["title"] for one in found}) == len(found)
    json.dumps(found, allow_nan=False)


def test_candidates_are_the_best_in_each_objective_and_what_the_rules_pick():
    values = drawn(9, 2)
    found = {one["setting"]: one["reasons"] for one in candidates(options(), values)[:-1]}
    for one in options().objectives:
        best = "Highest" if one.better == "high" else "Lowest"
        assert f"{best} {one.lower}" in found[point_of(options(), {one.name: 100})]
    for rule, place in picks(utilities(options(), values)).items():
        wanted = {
            "majority": "By the points, no other setting is the first choice of more seats",
            "worst_off_first": "With no other setting does the seat that loses most lose less",
            "compromise": "With no other setting do all seats together lose less",
        }[rule]
        assert wanted in found[place]
    assert row(options(), DOMINATED.to_query()["width"]) not in found


def test_fewer_than_five_seats_nominate_nothing():
    alone = candidates(options(), [{"explainability": 100}] * 4)
    assert alone == candidates(options(), [])
    assert alone != candidates(options(), [{"explainability": 100}] * 5)


def test_what_keeps_most_red_lines_is_a_candidate_from_five_seats_on():
    values, lines = drawn(6), [{"fairness": 5.0}] * 5
    found = candidates(options(), values, lines)
    (kept,) = [
        one for one in found if "No setting keeps the red lines of more seats" in one["reasons"]
    ]
    assert kept["setting"] == row(options(), "max_gap=0.02")
    assert candidates(options(), values, lines[:4]) == candidates(options(), values)
    never = [{"accuracy": 100.0, "fairness": 0.0}] * 5  # no setting keeps both
    assert candidates(options(), values, never) == candidates(options(), values)


def test_settings_are_called_what_only_they_have_and_the_rest_is_said_once():
    made = options()
    assert made.same.startswith("logistic regression") is False  # one of them is wider
    assert "no shift" in made.same.split(", ")
    for one in candidates(made, drawn(9, 2))[1:-1]:
        setting = made.settings[one["setting"]]
        assert one["title"] == setting["differs"] and len(one["title"]) <= MOST_TITLE
        assert one["words"].startswith("Measured: ") and "no shift" not in one["words"]
        assert {*one["title"].split(", "), *made.same.split(", ")} == {
            *setting["words"].split(", ")
        }


def test_a_setting_whose_words_are_long_or_not_its_own_has_a_letter():
    made, values = options(), drawn(9, 2)
    rows = [one["setting"] for one in candidates(made, values)[1:-1]]
    for told in ("x" * (MOST_TITLE + 1), made.settings[rows[1]]["differs"]):
        settings = [*made.settings]
        settings[rows[0]] = {**settings[rows[0]], "differs": told}
        first = candidates(replace(made, settings=tuple(settings)), values)[1]
        assert first["title"] == "Setting A" and first["words"].startswith(f"{told}. Measured: ")


def test_a_seat_sees_its_point_in_words_and_its_own_losses():
    points = {"accuracy": 100, "fairness": 0, "privacy": 0, "explainability": 0}
    found = yours(options(), {"values": {"points": points, "else": ""}})
    assert found["point"]["setting"] == options().now
    assert "accuracy 86.0 %" in found["point"]["words"]
    assert found["point"]["people"] == "Of 1,000 people, it predicts 860 correctly."
    assert [one["title"] for one in found["point"]["neighbours"]] == [
        "Lower gap in selection rates",
        "Lower privacy budget (epsilon)",
        "Higher fidelity of a small tree",
    ]
    assert "losses" not in found and yours(options(), {}) == {}
    decision = decide(options(), [points] * 5)
    told = yours(options(), {"values": {"points": points}}, decision)
    assert {one["value"] for one in told["losses"].values()} == {0.0}
    assert set(points) == set(NAMES)
