"""A Streamlit server and a browser for tests that look at pages as people see them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).parents[2]
START_TIMEOUT = 120  # s; a busy machine imports slowly
EXPECT_TIMEOUT = 60  # s; how long `expect` waits for what is not there yet
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERVER_FLAGS = [
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--server.fileWatcherType=none",
    "--browser.gatherUsageStats=false",
]

# Pages for the browser, not tests: importing them would run them.
collect_ignore_glob = ["apps/*"]

_servers: list[Server] = []


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A running app: its address, its process and the file that holds its log."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


Serve = Callable[..., Server]
OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as e2e."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show the servers' logs below a failure."""
    report = yield
    if report.failed and item.path.is_relative_to(Path(__file__).parent):
        for server in _servers:
            tail = server.log.read_text(errors="replace")[-4000:]
            report.sections.append((f"log of {server.url}", tail))
    return report


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """`serve(script, env=None, port=None) -> Server`: start an app and wait until it answers.

    The server lives until the end of the file, so give it to several tests through a fixture of
    your own with scope "module".  `env` adds variables, e.g.
    `{"STREAMLIT_SERVER_BASE_URL_PATH": "explorer"}`, which then is part of the url; `port` is that
    of a server that has ended.
    """

    def start(
        script: Path | str, env: dict[str, str] | None = None, port: int | None = None
    ) -> Server:
        log = tmp_path_factory.mktemp("server") / "log.txt"
        server = _start(Path(script), env or {}, log, port)
        _servers.append(server)
        _wait_healthy(server)
        return server

    yield start
    for server in _servers:
        server.process.terminate()
    for server in _servers:
        try:
            server.process.wait(5)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait()
    _servers.clear()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium.  Without one the tests are skipped, but fail where CI is set.

    It ends with its file: until then an event loop runs, and tests of other files begin their own.
    """
    path = shutil.which("chromium")
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no chromium on this machine")
    expect.set_options(timeout=1000 * EXPECT_TIMEOUT)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """`open_page(url, width=1280, ...) -> Page`: a page in a fresh profile, ready for use.

    `color_scheme` is "light" or "dark", `touch=True` makes a phone, `reduced_motion` is "reduce" or
    "no-preference", `prepare(page)` runs before the address is opened (to block a request, say).
    At the end the test fails if a script on the page raised an error that nobody caught.
    """
    contexts, errors = [], []

    def open_(
        url: str,
        *,
        width: int = 1280,
        height: int = 900,
        color_scheme: Literal["light", "dark"] = "light",
        touch: bool = False,
        reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
        prepare: Callable[[Page], object] | None = None,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=color_scheme,
            has_touch=touch,
            is_mobile=touch,
            reduced_motion=reduced_motion,
        )
        context.set_default_timeout(1000 * EXPECT_TIMEOUT)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(error))
        if prepare:
            prepare(page)
        page.goto(url)
        _wait_ready(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not errors, f"scripts on the page failed: {errors}"


@pytest.fixture
def wait_ready() -> Callable[[Page], None]:
    """`wait_ready(page)`: wait until the app is connected and no script runs.

    While results arrive, a script runs several times a second: wait for a text of your own then.
    """
    return _wait_ready


@pytest.fixture
def no_overflow() -> Callable[[Page], None]:
    """`no_overflow(page)`: nothing on the page is wider than the window."""

    def check(page: Page) -> None:
        widths = page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll("section, .stMain")]
                .map((node) => [node.scrollWidth, node.clientWidth])"""
        )
        assert all(inner <= outer for inner, outer in widths), widths

    return check


def _wait_ready(page: Page) -> None:
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def _start(script: Path, env: dict[str, str], log: Path, port: int | None) -> Server:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = port or int(probe.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [*command, *SERVER_FLAGS],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), **env},
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    base = env.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
    return Server(url=f"http://127.0.0.1:{port}/{base}".rstrip("/"), process=process, log=log)


def _wait_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except (urllib.error.URLError, OSError):
            pass  # not listening yet
        time.sleep(0.1)
    log = server.log.read_text(errors="replace")
    raise RuntimeError(f"the app did not start within {START_TIMEOUT} s:\n{log}")


def opened(page: Page, press: Callable[[], None]) -> None:
    """Open a list of options; a run of the page that ends just then closes it, so press again."""
    for attempt in range(10):
        press()
        try:
            page.get_by_role("option").first.wait_for(timeout=3_000)
        except PlaywrightTimeout:
            if attempt == 9:
                raise
        else:
            return
