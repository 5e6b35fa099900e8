"""What holds for all tests."""

import os

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Beside other test processes one core each: threads that wait for a core spin, and all stand still.
# Before anything imports torch, which reads it once.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# A busy machine is not a failure: how long an example takes is never what a test is about.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


class _ByFile(LoadScopeScheduling):
    """Keep a file's tests in one process where several run, and all browsers in one.

    Not by marks: pytest-xdist 3.8 puts them into ids that pytest 9.2 no longer reads.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return "browser" if path.startswith("tests/e2e/") else path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Say which tests go together."""
    return _ByFile(config, log)
