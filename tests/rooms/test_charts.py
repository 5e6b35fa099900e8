"""Charts of a room: no answer is lost or invented, and what is hidden is not drawn."""

from dataclasses import replace

import numpy as np
import pytest

from tests.rooms.front import options
from tradeoffs.fronts import ACCURACY, FAIRNESS, PRIVACY
from tradeoffs.rooms.charts.approvals import Vote, approvals
from tradeoffs.rooms.charts.dot_rows import DotRow, dot_rows, stack
from tradeoffs.rooms.charts.room_front import Marks, Plane, plane_of, room_front, sunflower


def plane(**more) -> Plane:
    values = np.array([[0.10, 0.85], [0.05, 0.83], [0.02, 0.80], [0.12, 0.82]])
    both = np.stack([values, values])
    words = ("accurate", "between", "fair", "beaten")
    return Plane(x=FAIRNESS, y=ACCURACY, values=both, words=words, **more)


def traces(figure) -> dict[str, dict]:
    return {one["name"]: one for one in figure["data"]}


@pytest.mark.parametrize("count", [0, 1, 7, 300])
def test_every_answer_is_one_dot_near_its_value_and_no_two_stand_on_each_other(count):
    values = np.random.default_rng(count).uniform(0, 100, count).tolist()
    across, heights = stack(values, (0.0, 100.0))
    assert len({*zip(across, heights, strict=True)}) == count
    assert all(abs(a - b) <= 1 for a, b in zip(across, values, strict=True))


def test_dots_stay_in_their_row_however_many_are_equal():
    figure = dot_rows(
        [DotRow(title="a", values=[50] * 500), DotRow(title="b")], title="x", ends=(0, 100)
    )
    ys = figure["data"][0]["y"]
    assert min(ys) > 1 and max(ys) < 1.8
    assert figure["data"][1]["x"] == []


def test_a_mean_has_its_interval_and_a_row_without_one_has_none():
    rows = [DotRow(title="a", mean=3.0, low=2.0, high=5.0), DotRow(title="b", mean=1.0)]
    means = dot_rows(rows, title="loss", ends=(0, 10), mean="largest")["data"][-1]
    assert means["x"] == [3.0, 1.0] and means["name"] == "largest"
    assert means["error_x"]["array"] == [2.0, 0.0]
    assert means["error_x"]["arrayminus"] == [1.0, 0.0]


def test_titles_are_text():
    shown = dot_rows([DotRow(title="<b>x</b>")], title="x", ends=(0, 1))
    assert shown["layout"]["annotations"][0]["text"] == "&lt;b&gt;x&lt;/b&gt;"
    shown = approvals({"a": "<i>"}, [Vote(answered=9, approve={"a": (5, 5)})])
    assert shown["layout"]["annotations"][0]["text"] == "&lt;i&gt;"
    shown = approvals({"a": "A"}, [Vote(answered=9, approve={"a": None})])
    assert shown["layout"]["annotations"][0]["text"] == "A (hidden)"


TITLES = {"a": "A", "b": "B"}


def by_uid(figure) -> dict[str, dict]:
    return {one["uid"]: one for one in figure["data"]}


def test_shares_are_of_the_answers_of_their_own_vote():
    first = Vote(answered=12, approve={"a": (6, 6), "b": None})
    second = Vote(answered=10, approve={"a": (9, 9), "b": (5, 5)})
    shown = by_uid(approvals(TITLES, [first, second]))
    assert shown["vote0"]["x"] == [0.5] and shown["vote0"]["marker"]["symbol"] == "circle-open"
    assert shown["vote1"]["x"] == [0.9, 0.5] and shown["vote1"]["y"] == [1, 0]
    assert shown["shift"]["x"] == [0.5, 0.9, None]


def test_a_count_within_bounds_is_a_bar_and_a_hidden_one_nothing():
    shown = by_uid(approvals(TITLES, [Vote(answered=10, approve={"a": (0, 4), "b": None})]))
    assert shown["within0"]["x"] == [0.0, 0.4, None] and shown["vote0"]["x"] == []
    assert "shift" not in shown


def test_the_line_joins_what_no_setting_beats():
    line = traces(room_front(plane()))["front"]
    assert line["x"][1:-1] == [0.02, 0.05, 0.10] and line["y"][1:-1] == [0.80, 0.83, 0.85]


def test_each_seat_is_one_dot_close_to_its_setting():
    figure = room_front(plane(), Marks(seats=[0, 0, 0, 2]))
    seats = traces(figure)["one seat each"]
    assert len(set(zip(seats["x"], seats["y"], strict=True))) == 4
    low, high = sorted(figure["layout"]["xaxis"]["range"])
    assert all(abs(x - 0.10) < 0.03 * (high - low) for x in seats["x"][:3])


def test_a_place_is_the_darker_the_more_lines_exclude_it():
    lines = {"fairness": [0.04, 0.04, 0.08, 0.2], "accuracy": [0.84]}
    shapes = room_front(plane(), Marks(lines=lines))["layout"]["shapes"]
    assert [one.get("x0") for one in shapes[:3]] == [0.04, 0.08, 0.2]
    assert shapes[0]["opacity"] == 2 * shapes[1]["opacity"]
    assert shapes[0]["x1"] > 0.2 and shapes[3]["y1"] < 0.8


def test_a_hidden_share_is_told_and_not_drawn_as_none():
    marks = Marks(inside=[(12, 12), None, (0, 4), (6, 6)], answered=12)
    shown = traces(room_front(plane(), marks))["settings"]
    assert shown["marker"]["symbol"][1] == "x-thin"
    assert "hidden" in shown["text"][1] and "0 to 4 of 12 seats" in shown["text"][2]
    assert shown["marker"]["opacity"][0] == 1.0


def test_what_is_not_measurable_is_left_out_and_no_privacy_has_a_place():
    values = plane().values.copy()
    values[:, 3] = np.nan
    found = replace(plane(here=3, baseline=0), values=values)
    assert len(traces(room_front(found))["settings"]["x"]) == 3
    assert "where the room was opened" not in traces(room_front(found))
    private = replace(found, x=PRIVACY, values=np.where(values == 0.10, np.inf, values))
    figure = room_front(private, Marks(seats=[0, 1]))
    assert all(np.isfinite(traces(figure)["one seat each"]["x"]))
    assert traces(figure)["no constraint, no privacy"]["x"] == [160.0]


def test_dots_of_a_large_class_stay_apart():
    places = sunflower(40)
    apart = [abs(a - c) + abs(b - d) for i, (a, b) in enumerate(places) for c, d in places[:i]]
    assert min(apart) > 0.005


def test_a_plane_of_options_has_the_numbers_that_the_front_shows():
    found = plane_of(options(), "fairness", "accuracy")
    assert found.values[1, found.baseline].round(6).tolist() == [0.18, 0.86]
    assert found.values[1, found.here].round(6).tolist() == [0.10, 0.84]
    private = plane_of(options(), "privacy", "accuracy")
    assert np.isinf(private.values[1, private.baseline, 0])
    assert len(traces(room_front(private))["settings"]["x"]) == len(options().settings)


def test_stakeholders_travel_with_the_options():
    cards = options().people["stakeholders"]
    assert [one["title"] for one in cards][:2] == ["Female", "Male"]
