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
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tradeoffs.commands.app import MEMORY
from tradeoffs.paths import SERVER

ROOT = Path(__file__).parents[2]
START_TIMEOUT = 120  # s; a busy machine imports slowly
PATIENCE = 120_000  # ms; how long a busy machine is waited for
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A learner's guesses are gone, and a run that is under way keeps none of them again.
FORGET = "() => { try { localStorage.clear(); Storage.prototype.setItem = () => {}; } catch {} }"
SERVER_FLAGS = [
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--server.fileWatcherType=none",
    "--browser.gatherUsageStats=false",
]

# Loaded by every Python that the server starts: writes down each file that is opened for writing.
HOOK = """
import os, sys
log = os.open(os.environ["OPENED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def seen(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if (flags or 0) & (os.O_WRONLY | os.O_RDWR) or set(str(mode or "")) & set("wxa+"):
            os.write(log, f"{path}\\n".encode())
sys.addaudithook(seen)
"""

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
    """Mark everything in this folder as e2e; a visit has many waits.

    CI's machine is busy with other tests: there, one that fails may try once more, and the summary
    names it. What a visitor loses is held by tests that press at stated times, as in test_clicks.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(900))
            if os.environ.get("CI") and item.path.stem != "test_clicks":
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show the servers' logs below a failure."""
    report = yield
    if report.failed and item.path.is_relative_to(Path(__file__).parent):
        for server in _servers:
            tail = server.log.read_text(errors="replace")[-4000:]
            report.sections.append((f"log of {server.url}", tail))
    return report


@contextmanager
def _serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    started: list[Server] = []

    def start(
        script: Path | str, env: dict[str, str] | None = None, port: int | None = None
    ) -> Server:
        log = tmp_path_factory.mktemp("server") / "log.txt"
        server = _start(Path(script), env or {}, log, port)
        started.append(server)
        _servers.append(server)
        _wait_healthy(server)
        return server

    yield start
    for server in started:
        server.process.terminate()
    for server in started:
        try:
            server.process.wait(5)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait()
        _servers.remove(server)


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """`serve(script, env=None, port=None) -> Server`: start an app and wait until it answers.

    The server lives until the end of the file, so give it to several tests through a fixture of
    your own with scope "module".  `env` adds variables, e.g.
    `{"STREAMLIT_SERVER_BASE_URL_PATH": "explorer"}`, which then is part of the url; `port` is that
    of a server that has ended.
    """
    with _serving(tmp_path_factory) as start:
        yield start


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of `site`."""
    return tmp_path_factory.mktemp("store") / "store.sqlite"


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Iterator[Server]:
    """The whole app, one for all files: below a path, taking no files, its log without errors."""
    env = {
        "STREAMLIT_SERVER_BASE_URL_PATH": "tools/explorer",
        "TRADEOFFS_UPLOADS": "off",
        "TRADEOFFS_STORE": str(store),
    }
    with _serving(tmp_path_factory) as start:
        server = start(SERVER, env)
        yield server
        assert "Traceback" not in server.log.read_text()


@pytest.fixture(scope="package")
def opened_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list of files that the processes of `uploads` have opened for writing."""
    return tmp_path_factory.mktemp("opened") / "files.txt"


@pytest.fixture(scope="package")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `uploads` has its store and its temporary files."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="package")
def uploads(
    tmp_path_factory: pytest.TempPathFactory, opened_files: Path, scratch: Path
) -> Iterator[Server]:
    """The whole app at the root of its name, in French too, taking files, as `tradeoffs app`."""
    hook = tmp_path_factory.mktemp("hook")
    (hook / "sitecustomize.py").write_text(HOOK)
    env = {
        "TRADEOFFS_STORE": str(scratch / "store.sqlite"),
        "TRADEOFFS_IMPORT_SECONDS": "600",
        "TRADEOFFS_LANGUAGES": "en,fr",
        "TMPDIR": str(scratch),
        "PYTHONPATH": os.pathsep.join(map(str, (hook, ROOT))),
        "OPENED": str(opened_files),
    }
    with _serving(tmp_path_factory) as start:
        yield start(SERVER, env | MEMORY)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, one for all files.  Without one the tests are skipped, but fail where CI is set.

    It ends with this folder: until then an event loop runs, and other tests begin their own.
    """
    path = shutil.which("chromium")
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def profile(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """`profile(**options) -> BrowserContext`: one for all pages of the same options.

    It keeps the scripts that were loaded and compiled, seconds of a core a page. What belongs to a
    visitor is kept by the server a page, and forgotten with it.
    """

    @cache
    def kept(**options: Any) -> BrowserContext:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context

    yield kept


@pytest.fixture
def open_page(profile: Callable[..., BrowserContext]) -> Iterator[OpenPage]:
    """`open_page(url, width=1280, ...) -> Page`: a page of its own, ready for use.

    `color_scheme` is "light" or "dark", `touch=True` makes a phone, `reduced_motion` is "reduce" or
    "no-preference", `prepare(page)` runs before the address is opened (to block a request, say).
    At the end the test fails if a script on the page raised an error that nobody caught.
    """
    pages, errors = [], []

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
        context = profile(
            color_scheme=color_scheme,
            has_touch=touch,
            is_mobile=touch,
            reduced_motion=reduced_motion,
        )
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(error))
        if prepare:
            prepare(page)
        page.goto(url)
        _wait_ready(page)
        return page

    yield open_
    for page in pages:
        for one in page.context.pages:  # those that a test opened beside it too
            one.evaluate(FORGET)
            one.close()
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
