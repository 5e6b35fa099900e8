"""What holds for all tests."""

import os

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

BROWSERS = "tests/e2e"

# Beside other test processes one core each: threads that wait for a core spin, and all stand still.
# Before anything imports torch, which reads it once.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# Each worker of a server imports torch, seconds of a core.
os.environ.setdefault("TRADEOFFS_WORKERS", "1")

# A busy machine is not a failure: how long an example takes is never what a test is about.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands train in this process, with no worker."""
    from tradeoffs.jobs import executor

    monkeypatch.setattr(executor, "open_executor", lambda machine: executor.Synchronous())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with browsers: they take longest, and short files fill the last processes."""
    items.sort(key=lambda item: not item.nodeid.startswith(BROWSERS))


class ByFile(LoadFileScheduling):
    """Keep a file's tests, and what they share, in one process, and so all that need a browser.

    Two browsers beside two servers would wait for each other's cores, and start twice.
    """

    def _split_scope(self, nodeid: str) -> str:
        return BROWSERS if nodeid.startswith(BROWSERS) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Let files run in the order of collection, one after another as processes are free."""
    config.option.loadscopereorder = False  # by number of tests, browsers would come last
    return ByFile(config, log)
