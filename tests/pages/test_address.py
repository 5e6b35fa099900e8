"""What a browser tells of marks and of its history: taken where it is sound, ignored where not."""

import pytest
import streamlit as st

from pages.shared.explorer import choice
from pages.shared.settings import history
from pages.shared.settings.fields import fitted


@pytest.fixture
def session(monkeypatch):
    """A session that looks at the default setting."""
    found = {"setting": fitted({"level": "explore"}), "epsilon": "1"}
    monkeypatch.setattr(st, "session_state", found)
    return found


def test_an_entry_of_the_history_moves_the_controls(session):
    query = {"epsilon": "0.3", "pins": "width:8", "at_least": "accuracy:9", "colour": "red"}
    session[history.KEY] = {"visit": {"number": 7.5, "query": query}}
    history._visit()
    assert session["epsilon"] == "0.3" and session[history.VISITED] == 7.5
    assert session["setting"] == fitted({"epsilon": "0.3", "pins": "width:8"})


@pytest.mark.parametrize(
    "told",
    [None, "back", {}, {"number": "x", "query": {}}, {"number": 1}, {"number": 1, "query": []}],
)
def test_what_is_no_entry_moves_nothing(session, told):
    before = dict(session["setting"])
    session[history.KEY] = {"visit": told}
    history._visit()
    assert session["setting"] == before and history.VISITED not in session


def test_marks_are_kept_as_they_are_written_once(session):
    session[choice.KEY] = {"marks": {"heard": 3.5, "at_least": "fairness:0.050", "epsilon": "8"}}
    choice._mark()
    assert session["setting"]["at_least"] == "fairness:0.05" and session[choice.HEARD] == 3.5
    assert session["setting"]["epsilon"] == "1"  # no mark: sliders are moved by `go`
    session[choice.KEY] = {"go": {"epsilon": "8", "colour": "red"}}
    choice._go()
    assert session["setting"]["epsilon"] == session["epsilon"] == "8"
    assert session["setting"]["at_least"] == "fairness:0.05"


@pytest.mark.parametrize("told", [None, [], {"pins": 5, "wish": None}, {"at_least": "beauty:1"}])
def test_marks_that_are_none_change_nothing(session, told):
    before = dict(session["setting"])
    session[choice.KEY] = {"marks": told, "go": {"epsilon": 3} if told else told}
    choice._mark()
    choice._go()
    assert session["setting"] == before
