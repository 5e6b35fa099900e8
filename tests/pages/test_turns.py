"""Runs take turns: those of a slowed tab come last, and its channel knows."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.kit import turns, visit
from server.turns import Turns
from server.visits import Visit


class Watched(Turns):
    """Turns that note what asked for them."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []

    def first(self):
        self.taken.append("first")
        return super().first()

    def last(self):
        self.taken.append("last")
        return super().last()

    def give_way(self):
        self.taken.append("way")
        super().give_way()


def app() -> None:
    import streamlit as st

    from pages.shared.kit.channel import channel

    st.text(str(channel().slowed))
    st.text("more")


@pytest.fixture
def taken(monkeypatch) -> list[str]:
    """What the runs of a test ask for."""
    line = Watched()
    monkeypatch.setattr(turns, "TURNS", line)
    for name in ("_run_script", "_enqueue_forward_msg"):  # undone after the test
        monkeypatch.setattr(turns.ScriptRunner, name, getattr(turns.ScriptRunner, name))
    turns.take_turns()
    return line.taken


def test_a_run_goes_first_unless_its_tab_is_slowed(monkeypatch, taken):
    here = Visit("192.0.2.1")
    monkeypatch.setattr(visit, "VISITS", {"": here})
    test = AppTest.from_function(app).run()
    assert [one.value for one in test.text] == ["False", "more"] and taken[0] == "first"
    taken.clear()
    here.slow = lambda: True
    test.run()
    assert [one.value for one in test.text] == ["True", "more"] and taken[0] == "last"
    assert taken.count("way") >= 3  # at the beginning, and at each command
    taken.clear()
    here.slow = lambda: False
    test.run()
    assert [one.value for one in test.text] == ["False", "more"] and "last" not in taken


def test_who_has_no_visit_is_not_slowed(taken):
    test = AppTest.from_function(app).run()
    assert test.text[0].value == "False" and taken[0] == "first"
