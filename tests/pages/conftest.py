"""What all tests of pages share."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from pages.shared.explorer import live
from tradeoffs.jobs import manager
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import WarmupReport
from tradeoffs.rooms import rooms as door
from tradeoffs.rooms.rooms import Rooms


@pytest.fixture(scope="session", autouse=True)
def scanned_once() -> Iterator[None]:
    """Look for components of installed packages once, not before every run: most of its time."""
    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(autouse=True)
def nothing_warmed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train no models ahead of a first visitor, in this process and before each test."""
    monkeypatch.setattr(manager, "warm_up", lambda dataset: WarmupReport(seconds=0.0, rss=None))


@pytest.fixture
def own_manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A manager of this test alone, without a worker, that has the shipped results."""
    found = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    monkeypatch.setattr(live, "manager", lambda: found)
    yield
    found.close()
    found.store.close()


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rooms]:
    """Rooms of this test alone."""
    monkeypatch.setenv("TRADEOFFS_ROOMS", "memory")
    door._opened.cache_clear()
    yield door.rooms()
    door._opened.cache_clear()
