"""What the last move did is told once, when the models of both settings are there."""

import json

import pytest

from pages.shared.explorer import live
from pages.shared.explorer.moves import KEY, MoveSource
from pages.shared.explorer.screen import Screen
from tests.report.conftest import job, model
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.scenario import Scenario

HERE, BEFORE = Scenario.of(epsilon=0.5), Scenario.of(epsilon=1.0)


@pytest.fixture
def screen(tmp_path, monkeypatch):
    """The screen of a setting of which nothing is there; `screen.job` may be another."""
    by = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    monkeypatch.setattr(live, "manager", lambda: by)
    yield Screen(HERE, "fairness", "accuracy", by)
    by.close()
    by.store.close()


def models(of: Scenario, accuracy: float = 0.84) -> list:
    return model(of, sd=0.001, accuracy=accuracy)


def told(screen: Screen, before: Scenario | None = BEFORE) -> str | None:
    part = MoveSource(screen, before).parts().get(KEY)
    return None if part is None else json.loads(part)


def test_a_move_is_told_when_the_models_of_both_settings_are_there(screen):
    now, before = models(HERE, accuracy=0.8), models(BEFORE, accuracy=0.84)
    more = Scenario.of(epsilon=0.1)
    about = [one.scenario for one in [*now, *before, *models(more)]]
    screen.job = job(about, now, before)
    assert screen.job.active  # of another setting models are to come
    text = told(screen)
    assert text is not None and text.startswith("From ε = 1 to ε = 0.5: accuracy from 84.0 % to ")
    source = MoveSource(screen, BEFORE)
    version = source.version()
    screen.job.deliver({})
    assert source.version() == version  # what arrives later is no reason to say it again


def test_nothing_is_told_before_they_are_there_or_where_nothing_moved(screen):
    now, before = models(HERE), models(BEFORE)
    screen.job = job([one.scenario for one in [*now, *before]], now, before[:3])
    assert told(screen) is None
    screen.job = job([one.scenario for one in [*now, *before]], now, before)
    assert told(screen, None) is None
    screen.job = job([one.scenario for one in [*now, *before]])
    screen.job.end("dropped")  # another move took its place
    assert told(screen) is None


def test_a_setting_that_is_not_on_the_screen_is_not_compared(screen):
    now = models(HERE)
    screen.job = job([one.scenario for one in now], now)
    text = told(screen, Scenario.of(epsilon=1.0, rows=1_000))
    assert text is not None and text.startswith("Now: accuracy 84.0 %;")
