"""Membership inference, without a browser: asked for by a button, told with what was attacked."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.explorer import live
from tradeoffs.attacks.leakage import MembershipInference
from tradeoffs.errors import Busy, WorkerError
from tradeoffs.experiments.attack import membership_inference
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import attack
from tradeoffs.scenario import Scenario

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture(scope="module")
def leaked() -> MembershipInference:
    """A leak of few people and models."""
    return membership_inference(Scenario.of(rows=400, epsilon=1), 16)


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Every question about a leak, with its answer, on the shipped results."""
    found = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    questions: list[tuple[Scenario, Future[MembershipInference]]] = []

    def ask(function, *arguments, payer=None):
        if function is not attack:
            return Future()
        for scenario, answer in questions:
            if scenario == arguments[0]:
                return answer
        questions.append((arguments[0], Future()))
        return questions[-1][1]

    monkeypatch.setattr(live, "manager", lambda: found)
    monkeypatch.setattr(found, "ask", ask)
    monkeypatch.setattr(found, "retry", lambda *arguments: questions.clear())
    yield questions
    found.close()
    found.store.close()


def part() -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["level"] = "explore"
    app.session_state["details"] = "Privacy"
    return app.run()


def press(app: AppTest, label: str) -> None:
    (button,) = [button for button in app.button if button.label == label]
    button.click().run()


def texts(elements) -> str:
    return "\n".join(str(element.value) for element in elements)


def test_nothing_is_attacked_before_the_button_is_pressed(asked):
    app = part()
    assert not app.exception and not asked
    assert "random half of its 3,000 people" in texts(app.markdown)
    assert "guess of each of them" in texts(app.markdown)


def test_what_was_measured_is_told_with_the_setting(asked, leaked):
    app = part()
    press(app, "Measure the leakage")
    assert "being trained and attacked" in texts(app.caption)
    ((scenario, answer),) = asked
    assert scenario == Scenario()
    answer.set_result(leaked)
    app.run()
    assert not app.exception
    told = texts(app.markdown)
    assert "random half of 400 people" in told
    assert "16 models of ε = 1" in texts(app.caption)
    assert "this is a lower bound on the leak" in texts(app.caption)
    (groups,) = [frame.value for frame in app.dataframe if "group" in frame.value]
    assert groups["group"].tolist() == ["everybody", "Female", "Male"]
    assert not [button for button in app.button if button.label == "Measure the leakage"]


def test_another_setting_hides_the_leak_and_the_same_brings_it_back(asked, leaked):
    app = part()
    press(app, "Measure the leakage")
    asked[0][1].set_result(leaked)
    app.select_slider(key="epsilon").set_value("3").run()
    assert "400 people" not in texts(app.markdown)
    assert [button for button in app.button if button.label == "Measure the leakage"]
    app.select_slider(key="epsilon").set_value("1").run()
    assert "random half of 400 people" in texts(app.markdown)
    assert len(asked) == 1


def test_where_the_model_is_used_changes_nothing_about_the_leak(asked, leaked):
    app = part()
    press(app, "Measure the leakage")
    asked[0][1].set_result(leaked)
    app.select_slider(key="shift_intensity").set_value("1").run()
    assert "random half of 400 people" in texts(app.markdown)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (WorkerError("the worker stopped"), "The worker stopped."),
        (ValueError("inside"), "unexpected error (ValueError)"),
    ],
)
def test_a_leak_that_cannot_be_had_is_told_and_can_be_asked_for_again(asked, error, told):
    app = part()
    press(app, "Measure the leakage")
    asked[0][1].set_exception(error)
    app.run()
    assert not app.exception
    assert told in texts(app.warning)
    press(app, "Try again")
    assert not asked
    assert [button for button in app.button if button.label == "Measure the leakage"]


def test_a_full_machine_refuses_kindly(asked, monkeypatch):
    app = part()

    def refuse(*arguments):
        raise Busy("8 questions are waiting; ask again in a minute")

    monkeypatch.setattr(live, "membership_inference", refuse)
    press(app, "Measure the leakage")
    assert not app.exception
    assert "8 questions are waiting" in texts(app.warning)
