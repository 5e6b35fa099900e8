"""Serving: an explorer of its own for a load test, with an empty store."""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tradeoffs.errors import TradeoffsError
from tradeoffs.paths import PROJECT
from tradeoffs.settings import STORE, environment

START_SECONDS = 60
STOP_SECONDS = 10


class NoServer(TradeoffsError):
    """There is no explorer to test; the message says where it was looked for."""


@contextmanager
def own_explorer(
    more: Mapping[str, str] | None = None, port: int | None = None
) -> Iterator[tuple[str, int]]:
    """Start an explorer as `tradeoffs app` does; yield its URL and its page process.

    Args:
        more: environment variables.
        port: of a server that was killed; None takes a free one.

    Raises:
        NoServer: it did not answer in time; the message has the last line of its log.
    """
    with tempfile.TemporaryDirectory(prefix="tradeoffs-") as folder:
        port, log = port or _free_port(), Path(folder) / "log.txt"
        command = [sys.executable, "-m", "tradeoffs.cli", "app", "--headless"]
        with log.open("wb") as written:
            process = subprocess.Popen(
                [*command, "--port", str(port), "--address", "127.0.0.1"],
                cwd=PROJECT,
                env=environment({STORE.name: str(Path(folder) / "store.sqlite"), **(more or {})}),
                stdout=written,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is ours: what was measured is told first
            )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process, log)
            yield url, process.pid
        finally:
            _stop(process)


def answers(url: str) -> bool:
    """Say whether an explorer answers at a URL."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url.rstrip('/')}/_stcore/health", timeout=5) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if answers(url):
            return
        time.sleep(0.1)
    told = log.read_text(errors="replace").strip().splitlines() or ["nothing"]
    raise NoServer(f"the explorer did not answer within {START_SECONDS} s; it said: {told[-1]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
