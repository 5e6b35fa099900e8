"""One screen for all who look, which asks again for what was dropped."""

import gc
import json
import weakref
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from pages.shared.explorer import live, parts
from pages.shared.explorer.part_cache import PartCache
from pages.shared.explorer.screen import End, Screen, screen
from pages.shared.explorer.visits import values
from tests.report.conftest import HERE, UNTOUCHED, deliver, job, model
from tradeoffs.data.table_handle import PREFIX
from tradeoffs.errors import Busy, WorkerError
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.scenario import Scenario

AXES = "fairness", "accuracy"


@pytest.fixture
def manager(tmp_path, monkeypatch) -> Iterator[Manager]:
    found = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    monkeypatch.setattr(live, "manager", lambda: found)
    monkeypatch.setattr(live, "owner", lambda: "me")
    yield found
    found.close()
    found.store.close()


@pytest.fixture
def shown(manager) -> Screen:
    found = screen(Scenario(), *AXES)
    found.submit("me")
    return found


def told(one: Screen) -> dict[str, Any]:
    return {name: json.loads(part) for name, part in one.parts().items()}


def refuse(*args: object, **named: object) -> None:
    raise Busy("too much is asked for")


def test_sessions_that_look_alike_share_a_screen_as_long_as_one_looks(shown):
    assert screen(Scenario(), *AXES) is shown
    assert screen(Scenario(), "privacy", "accuracy") is not shown
    assert screen(Scenario(seed=1), *AXES) is not shown
    left = weakref.ref(screen(HERE, *AXES))
    gc.collect()
    assert left() is None


def test_nothing_is_painted_twice_without_news(shown, monkeypatch):
    first = shown.parts()
    monkeypatch.setattr(
        "pages.shared.explorer.screen.picture", lambda *args: pytest.fail("painted again")
    )
    assert shown.parts() == first and shown.version() == shown.version()
    assert len(zlib.compress(b"".join(first.values()))) < 20_480  # as a socket sends it


def test_what_is_done_is_drawn_once_for_all_who_come_later(shown, manager, monkeypatch):
    first = shown.parts()
    manager.cancel("me")
    again = Screen(Scenario(), *AXES, manager)
    again.submit("another")
    assert again.job is not shown.job
    with monkeypatch.context() as changed:
        changed.setattr(
            "pages.shared.explorer.screen.picture", lambda *a, **n: pytest.fail("drawn")
        )
        assert again.parts() == first
    turned = Screen(Scenario(), AXES[1], AXES[0], manager)
    turned.submit("another")
    assert turned.parts()["order"] and turned.parts()["layout"] != first["layout"]
    assert again.picture() is not None  # for who wants more of it than its parts


def test_what_is_not_done_is_not_kept(manager, monkeypatch):
    some = model(HERE)
    drawn = []
    monkeypatch.setattr(
        "pages.shared.explorer.screen.scale_parts", lambda *a, **n: drawn.append(a) or {}
    )
    for _ in range(2):
        one = Screen(HERE, *AXES, manager, charted=False)
        one.job = job([result.scenario for result in some])
        deliver(one.job, some[:7])
        one.parts()
    assert len(drawn) == 2


def test_what_arrives_while_scales_are_drawn_is_on_the_chart_that_is_kept(manager, monkeypatch):
    own, other = model(HERE), model(HERE.but(epsilon=3.0), accuracy=0.9)
    asked = [result.scenario for result in (*own, *other)]
    late = Screen(HERE, *AXES, manager)
    late.job = job(asked)
    deliver(late.job, own)

    def arrives(*of: Any, **named: Any) -> dict[str, bytes]:
        deliver(late.job, own, other)
        return {}

    with monkeypatch.context() as changed:
        changed.setattr("pages.shared.explorer.screen.scale_parts", arrives)
        late.parts()
    assert late.job.state == "done"
    whole = Screen(HERE, *AXES, manager)
    whole.job = job(asked)
    deliver(whole.job, own, other)
    drawn = []
    for one in (late, whole):
        monkeypatch.setattr("pages.shared.explorer.screen.PART_CACHE", PartCache())
        drawn.append(one.parts())
    assert drawn[0] == drawn[1]


def test_what_could_not_be_read_is_not_kept(manager, monkeypatch):
    kept = PartCache()
    monkeypatch.setattr("pages.shared.explorer.screen.PART_CACHE", kept)
    first = Screen(Scenario(), *AXES, manager)
    first.submit("me")
    manager.cancel("me")
    poor = Screen(Scenario(), *AXES, manager)
    monkeypatch.setattr(manager.store, "decisions", lambda keys: {})
    poor.submit("me")
    for one in poor.job.results():
        monkeypatch.setattr(type(one.measurement), "bits", None)
    poor.parts()
    assert poor.job.undecided and kept.find(poor._key(poor.job)) is None


def test_what_is_drawn_of_an_own_table_is_not_kept(shown, monkeypatch):
    kept = PartCache()
    monkeypatch.setattr("pages.shared.explorer.screen.PART_CACHE", kept)
    with monkeypatch.context() as changed:
        changed.setattr(Job, "datasets", {"adult", f"{PREFIX}table"})
        assert shown.parts()["values"]
    key = shown._key(shown.job)
    assert kept.find(key) is None
    shown._drawn = None, {}
    again = shown.parts()
    found = kept.find(key)
    assert found and found.items() <= again.items()


def test_what_was_left_a_moment_ago_is_not_asked_for_again(manager):
    some = model(HERE)
    left = Screen(HERE, *AXES, manager)
    left.job = job([result.scenario for result in some])
    deliver(left.job, some[:5])
    drawn = left.parts()
    deliver(left.job, some[:7])
    version = left.version()
    left.job.end("dropped")
    assert left.version() == version
    assert left.parts() == drawn  # whatever the painter has missed
    assert left.job.just_left


def test_what_was_dropped_while_nobody_looked_is_asked_for_again(shown, manager, monkeypatch):
    monkeypatch.setattr("tradeoffs.jobs.job.LEAVE_SECONDS", 0.0)
    version, dropped = shown.version(), shown.job
    manager.cancel("me")
    dropped.end("dropped")
    assert shown.version() != version
    assert told(shown)["status"]["state"] == "done"
    assert shown.job is not dropped


def test_a_refusal_to_ask_again_is_told_once_and_can_be_tried_again(shown, manager, monkeypatch):
    monkeypatch.setattr("tradeoffs.jobs.job.LEAVE_SECONDS", 0.0)
    shown.job.end("dropped")
    manager.cancel("me")
    with monkeypatch.context() as changed:
        changed.setattr(manager, "submit", refuse)
        assert told(shown)["status"]["failure"] == "Too much is asked for."
        changed.setattr(manager, "submit", lambda *args, **named: pytest.fail("asked for twice"))
        assert told(shown)["status"]["state"] == "failed"
    parts._ask_again()
    shown.submit("me")
    assert told(shown)["status"]["state"] == "done"


def test_a_failed_job_says_why_and_can_be_asked_for_again(shown):
    failed = shown.job
    failed.end("failed", WorkerError("worker_stopped"))
    assert told(shown)["status"]["failure"] == "The worker stopped."
    shown.submit("me")
    assert shown.job is failed  # seen by who asks: not tried at every move
    parts._ask_again()
    shown.submit("me")
    assert shown.job is not failed and told(shown)["status"]["failure"] == ""


def test_axes_only_widen_while_models_arrive_and_fit_at_the_end(manager):
    far, last = model(HERE, gap=[0.9, *[0.1] * 7]), model(UNTOUCHED, gap=0.1)
    one = Screen(HERE, *AXES, manager)
    one.job = job([result.scenario for result in (*far, *last)])

    def shown_up_to() -> float:
        return max(json.loads(one.parts()["layout"])["xaxis"]["range"])

    deliver(one.job, far[:1])
    wide = shown_up_to()
    deliver(one.job, far[1:], last[:1])
    assert shown_up_to() == wide > 0.9
    deliver(one.job, last)
    assert not one.job.active and shown_up_to() < wide


def test_what_needs_a_finished_job_is_drawn_again_at_its_end_alone():
    some = model(HERE)
    waiting = job([result.scenario for result in some])
    before = End(waiting).version()
    deliver(waiting, some[:7])
    assert End(waiting).version() == before
    deliver(waiting, some)
    assert End(waiting).version() != before


def test_values_of_a_setting_are_told_of_a_finished_job_alone(shown, monkeypatch):
    assert values(shown).keys() >= {"accuracy", "fairness", "privacy"}
    left = job([result.scenario for result in model(HERE)])
    left.end("dropped")  # as by the move that asks for them
    shown.job = left
    monkeypatch.setattr("pages.shared.explorer.screen.scale_parts", lambda *a, **n: pytest.fail())
    assert values(shown) == {}
