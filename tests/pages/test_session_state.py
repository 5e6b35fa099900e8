"""A widget that asks for one value of the session gets it, and no copy of all is made."""

import ast

import pytest
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from pages.shared.kit.session_state import OnDemand, copy_on_demand


@pytest.fixture
def state(monkeypatch) -> SafeSessionState:
    monkeypatch.setattr(SafeSessionState, "filtered_state", SafeSessionState.filtered_state)
    copy_on_demand()
    found = SessionState()
    found["epsilon"], found["none"] = 1.0, None
    return SafeSessionState(found, lambda: None)


def test_it_has_what_the_copy_has(state):
    shown = state.filtered_state
    assert isinstance(shown, OnDemand)
    assert dict(shown) == {"epsilon": 1.0, "none": None} and len(shown) == 2
    assert ast.literal_eval(repr(shown)) == {"epsilon": 1.0, "none": None}
    assert "epsilon" in shown and "width" not in shown
    assert shown["none"] is None and shown.get("width", 8) == 8
    with pytest.raises(KeyError):
        shown["width"]


def test_one_value_makes_no_copy(state, monkeypatch):
    monkeypatch.setattr(SessionState, "filtered_state", property(lambda _: pytest.fail("copied")))
    assert "epsilon" in state.filtered_state and state.filtered_state["epsilon"] == 1.0
