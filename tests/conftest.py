"""What holds for all tests."""

import os

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

# Beside other test processes one core each: threads that wait for a core spin, and all stand still.
# Before anything imports torch, which reads it once.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# A busy machine is not a failure: how long an example takes is never what a test is about.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with browsers: their files take longest, and short ones fill the last processes."""
    items.sort(key=lambda item: "e2e" not in item.path.parts)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Keep a file's tests, and what they share, in one process where several run."""
    config.option.loadscopereorder = False  # by number of tests, browsers would come last
    return LoadFileScheduling(config, log)
