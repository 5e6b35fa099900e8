"""What a browser tells of marks and of its history: taken where it is sound, ignored where not."""

import pytest
import streamlit as st

from pages.shared.details import details
from pages.shared.details.take_home import reach
from pages.shared.explorer import choice
from pages.shared.settings import history
from pages.shared.settings.fields import fitted, refused


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


def test_opening_a_part_is_in_the_link_and_no_step(session):
    session["details"] = "Who pays"
    details._note()
    session["details"] = "Take home"  # a link taken there opens the part before it
    details._note()
    assert session["setting"]["tab"] == "who_pays"
    session[history.KEY] = {"visit": {"number": 1, "query": {"epsilon": "0.3"}}}
    history._visit()
    assert session["setting"] == fitted({"epsilon": "0.3", "tab": "who_pays"})
    told = "tab='nonsense' is not offered; use one of: words, who_pays, "
    assert any(one.startswith(told) for one in refused({"tab": "nonsense"}))


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("localhost:8501", "This address works on this computer only."),
        ("127.0.0.1", "This address works on this computer only."),
        ("[::1]:80", "This address works on this computer only."),
        ("192.168.1.7:8501", "This address works in this network only."),
        ("10.0.0.3", "This address works in this network only."),
        ("example.org", ""),
        ("8.8.8.8", ""),
    ],
)
def test_an_address_that_others_cannot_open_is_said_to_be_so(host, told):
    assert reach(f"http://{host}/?epsilon=0.3") == told


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
