"""What all tests of pages share."""

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from tradeoffs.jobs import manager
from tradeoffs.jobs.worker import WarmupReport


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
