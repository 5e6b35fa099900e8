"""What holds for all tests."""

import pytest
from hypothesis import settings

# A busy machine is not a failure: how long an example takes is never what a test is about.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests in one process where several run, and all browsers in one."""
    for item in items:
        group = "browser" if "e2e" in item.path.parts else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
