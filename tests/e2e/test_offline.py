"""Cut off from the network, everything works, and nothing is asked for elsewhere."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.e2e.conftest import ROOT

# A namespace of its own, as a user who may make one: it has loopback alone, which is down at first.
CUT = ["unshare", "--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$@"', "cut"]


def test_browser_and_server_without_a_network():
    if not all(map(shutil.which, ("unshare", "ip", "chromium"))):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no namespaces or no browser here")
    visits = [sys.executable, "-m", "pytest", "-q", "-n", "0", "tests/e2e/cut_off.py"]
    done = subprocess.run([*CUT, *visits], cwd=ROOT, capture_output=True, text=True, timeout=800)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "3 passed" in done.stdout
