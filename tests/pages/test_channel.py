"""What a page gives to its browser so that it is told, with and without a socket."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from server.hub import HUB

SPOKEN = {"language": "en", "pages": "Pages"}


def app(page: str = "Explorer", more: bool = True) -> None:
    import streamlit as st
    from streamlit.components.v2 import component

    from pages.shared.kit import channel

    class Work:
        value = 1

        def version(self) -> int:
            return self.value

        def parts(self) -> dict[str, bytes]:
            return {"cards": b'{"n":[1]}', "words": '"ε"'.encode()}

        def touch(self) -> None:
            st.session_state["touched"] = True

    work = st.session_state.setdefault("work", Work())
    channel.begin(page)
    draw = component("drawn", js="export default () => {}")
    if page == "Explorer":
        channel.mount(draw, key="front", source=work, height=10)
    if more:
        channel.follow("models", work)
    st.text(" ".join(sorted(channel.channel().shown())))


def told(test: AppTest) -> dict[str, dict]:
    """What the browser gets for each key."""
    assert not test.exception
    every = [json.loads(one.proto.bytes) for one in test.get("bidi_component")]
    return {one["key"]: one for one in every}


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setattr(HUB, "served", True)


@pytest.mark.usefixtures("served")
def test_with_a_socket_the_page_sends_nothing_but_a_secret():
    test = AppTest.from_function(app).run()
    first = told(test)
    token = first["front"]["channel"]
    assert len(token) >= 22 and HUB.find(token) is not None
    assert first == {
        "page": {"channel": token, "key": "page", "whole": True, **SPOKEN},
        "front": {"channel": token, "key": "front", "language": "en"},
        "models": {"channel": token, "key": "models", "seen": "1"},
    }
    test.session_state["work"].value = 2
    assert told(test.run()) == first | {"models": first["models"] | {"seen": "2"}}
    assert told(AppTest.from_function(app).run())["front"]["channel"] != token


def test_without_a_socket_the_parts_come_with_the_page():
    test = AppTest.from_function(app).run()
    parts = {"cards": {"n": [1]}, "words": "ε"}
    assert told(test) == {
        "page": {"channel": None, "key": "page", "whole": True, **SPOKEN},
        "front": {"channel": None, "key": "front", "language": "en", "parts": parts},
        "models": {"channel": None, "key": "models", "seen": "1"},
    }


@pytest.mark.usefixtures("served")
def test_a_browser_that_asks_gets_the_parts_with_the_page(monkeypatch):
    test = AppTest.from_function(app).run()
    assert "parts" not in told(test)["front"]
    monkeypatch.setattr("pages.shared.kit.channel._asks", lambda: True)
    assert told(test.run())["front"]["parts"]["words"] == "ε"


def test_what_a_run_does_not_follow_and_what_another_page_showed_is_hidden():
    test = AppTest.from_function(app, kwargs={"page": "Explorer", "more": True}).run()
    assert test.text[0].value == "front models" and test.session_state["touched"]
    again = AppTest.from_function(app, kwargs={"page": "Explorer", "more": False})
    again.session_state["channel"] = test.session_state["channel"]
    again.session_state["channel page"] = "Explorer"
    assert again.run().text[0].value == "front"
    other = AppTest.from_function(app, kwargs={"page": "Data", "more": False})
    other.session_state["channel"] = test.session_state["channel"]
    other.session_state["channel page"] = "Explorer"
    assert other.run().text[0].value == ""
