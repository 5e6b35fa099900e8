"""What comes back from the browser as a line, and what is refused."""

import json
import math
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.lesson import sketch as module
from pages.shared.lesson.sketch import MOST_COLUMNS, line, sketch
from tradeoffs.errors import InvalidInput


def app(drawn: list[float] | None = None, locked: bool = False) -> None:
    import streamlit as st

    from pages.shared.lesson.sketch import sketch

    st.text(repr(sketch("line", ["a", "b"], 0, 1, "%", "x", "y", drawn, locked)))


def test_nothing_is_drawn_before_somebody_draws():
    test = AppTest.from_function(app).run()
    assert not test.exception
    assert test.text[0].value == "None"


def test_a_line_to_begin_with_is_shown_and_returned():
    test = AppTest.from_function(app, kwargs={"drawn": [0, 0.5], "locked": True}).run()
    assert test.text[0].value == "[0.0, 0.5]"
    proto = test.get("bidi_component")[0].proto
    sent = json.loads(proto.json)
    assert (sent["drawn"], sent["locked"], sent["xs"]) == ([0.0, 0.5], True, ["a", "b"])
    assert len(proto.js_content) < 600


def test_a_line_within_the_bounds_is_taken():
    assert line([0, 0.25, 1], 3, 0, 1) == [0.0, 0.25, 1.0]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([0.5], "1 of them, must be 2"),
        ([0.5, 0.5, 0.5], "3 of them, must be 2"),
        ([0.5, math.nan], r"values\[1\]=nan must be a number in \[0, 1\]"),
        ([math.inf, 0.5], r"values\[0\]=inf"),
        ([0.5, 1.01], r"values\[1\]=1.01"),
        ([-0.01, 0.5], r"values\[0\]=-0.01"),
        ([0.5, None], r"values\[1\]=none"),
        ([0.5, True], r"values\[1\]=True"),
        ([0.5, "0.5"], r"values\[1\]='0.5'"),
        ("ab", "must be a list of 2 numbers"),
        ({"0": 0.5, "1": 0.5}, "must be a list of 2 numbers"),
        (0.5, "must be a list of 2 numbers"),
    ],
)
def test_what_is_no_line_is_refused(values, message):
    with pytest.raises(InvalidInput, match=message):
        line(values, 2, 0, 1)


@pytest.mark.parametrize("values", [[0.5], [0.5, math.nan], [0.5, 7], {"a": 1}])
def test_a_page_that_gets_no_line_says_so_and_goes_on(values, monkeypatch):
    monkeypatch.setattr(module, "_MOUNT", lambda **_: {"values": values})
    test = AppTest.from_function(app).run()
    assert not test.exception
    assert test.text[0].value == "None"
    assert "The line cannot be read: values" in test.warning[0].value


def test_what_the_browser_says_is_returned_and_a_lock_keeps_the_line(monkeypatch):
    monkeypatch.setattr(module, "_MOUNT", lambda **_: {"values": [1, 0]})
    assert AppTest.from_function(app).run().text[0].value == "[1.0, 0.0]"
    held = AppTest.from_function(app, kwargs={"drawn": [0.5, 0.5], "locked": True}).run()
    assert held.text[0].value == "[0.5, 0.5]"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"xs": []}, "xs has 0 columns"),
        ({"xs": ["a"] * (MOST_COLUMNS + 1)}, f"must be 1 to {MOST_COLUMNS}"),
        ({"low": 1.0}, "low below high"),
        ({"high": math.inf}, "must be finite"),
        ({"y_title": " "}, "y_title=' ' must say what is shown"),
        ({"drawn": [0.5]}, "1 of them, must be 2"),
    ],
)
def test_a_sketch_that_cannot_be_drawn_is_refused(change, message):
    shape: dict[str, Any] = {"xs": ["a", "b"], "low": 0, "high": 1, "unit": ""}
    shape |= {"x_title": "x", "y_title": "y"}
    with pytest.raises(InvalidInput, match=message):
        sketch("line", **shape | change)
