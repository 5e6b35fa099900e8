"""The Explorer without a browser: what it says when things are not as hoped."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import explorer, live
from pages.shared.controls import DEFAULTS, options, refused
from tradeoffs.errors import Busy
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.scenario import Scenario

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def manager(tmp_path, monkeypatch):
    """A manager whose worker is this process, with the shipped results."""
    found = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    monkeypatch.setattr(live, "manager", lambda: found)
    yield found
    found.close()
    found.store.close()


def run() -> AppTest:
    return AppTest.from_file(APP, default_timeout=60).run()


def texts(elements) -> str:
    return "\n".join(str(element.value) for element in elements)


def test_the_default_screen_comes_from_the_shipped_results(manager):
    app = run()
    assert not app.exception
    assert {m.label for m in app.metric} >= {"Accuracy", "Gap between groups"}
    assert all(m.value for m in app.metric)
    assert app.select_slider(key="epsilon").value == "1"


def test_a_full_machine_refuses_kindly(manager, monkeypatch):
    def refuse(*args, **kwargs):
        raise Busy("50 computations are waiting for this machine")

    monkeypatch.setattr(manager, "submit", refuse)
    app = run()
    assert not app.exception
    assert "50 computations are waiting" in texts(app.warning)
    assert app.select_slider(key="epsilon").value == "1"  # the controls are still there


def test_a_failed_job_says_why(manager, monkeypatch):
    job = manager.submit("somebody", explorer.sections(Scenario()))
    job.end("failed", "The worker stopped 3 times at the same task.")
    monkeypatch.setattr(manager, "submit", lambda *args, **kwargs: job)
    app = run()
    assert not app.exception
    assert "The worker stopped 3 times" in texts(app.error)


def test_a_link_with_nonsense_is_told_and_the_default_used(manager):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["epsilon"] = "-3"
    app.query_params["colour"] = "red"
    app.run()
    assert not app.exception
    told = texts(app.warning)
    assert "epsilon='-3' is not offered" in told
    assert "'colour' is not a setting" in told
    assert app.select_slider(key="epsilon").value == "1"


@pytest.mark.parametrize("field", DEFAULTS)
def test_what_is_offered_is_not_refused(field):
    assert not [value for value in options(field) if refused({field: value})]
    assert len(set(options(field))) == len(options(field))


@pytest.mark.parametrize("value", ["-1", "1.5", "²", "10000", "", "none"])
def test_a_bad_seed_is_refused_with_its_bound(value):
    (message,) = refused({"seed": value})
    assert repr(value) in message
    assert "9999" in message


def test_a_job_dropped_while_nobody_looked_is_asked_for_again(manager, monkeypatch):
    asked = []
    submit = manager.submit

    def first_dropped(owner, scenarios, first=None):
        job = submit(owner, scenarios, first)
        asked.append(job)
        if len(asked) == 1:
            manager.cancel(owner)
            job.end("dropped")
        return job

    monkeypatch.setattr(manager, "submit", first_dropped)
    app = run()
    assert not app.exception
    assert len(asked) >= 2
    assert asked[-1].state == "done"
