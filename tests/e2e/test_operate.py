"""A server tells how it does, ends when it is told to, and its visitors go on with the next."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Page, expect
from prometheus_client.parser import text_string_to_metric_families
from streamlit.file_util import get_static_dir

from tests.e2e.conftest import PATIENCE, Server
from tests.e2e.test_live import CHART, FEW, HERE, here, move, told, trained
from tradeoffs.paths import SERVER


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("store") / "store.sqlite"


@pytest.fixture(scope="module")
def env(store) -> dict[str, str]:
    """A server below a path, which logs for programs."""
    return {
        "STREAMLIT_SERVER_BASE_URL_PATH": "tools/explorer",
        "TRADEOFFS_STORE": str(store),
        "TRADEOFFS_LOG": "json",
    }


@pytest.fixture(scope="module")
def server(serve, env) -> Server:
    return serve(SERVER, env)


def asked(server: Server, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Return status and text of an answer."""
    request = urllib.request.Request(f"{server.url}/{path}", headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def figures(server: Server) -> dict[str, float]:
    """Return what is measured, by name and labels."""
    status, text = asked(server, "metrics")
    assert status == 200, text
    return {
        " ".join((one.name, *one.labels.values())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


@pytest.fixture
def stalled() -> Iterator[Callable[[Server], None]]:
    """Asks for more than a socket holds, and reads nothing of it."""
    held: list[socket.socket] = []

    def ask(server: Server) -> None:
        largest = max(Path(get_static_dir()).rglob("*.js"), key=lambda file: file.stat().st_size)
        where = urlsplit(server.url)
        one = socket.create_connection((where.hostname or "", where.port or 0))
        held.append(one)
        path = f"{where.path}/static/js/{largest.name}"
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 5)

    yield ask
    for one in held:
        one.close()


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while not true():
        assert time.monotonic() < end
        time.sleep(0.2)


def lines(server: Server) -> list[dict]:
    """Return what was logged; what a server prints where it starts is no log."""
    text = server.log.read_text().splitlines()
    return [json.loads(line) for line in text if line.startswith("{")]


def test_a_server_says_that_it_is_alive_and_when_it_is_ready(server):
    assert asked(server, "health") == (200, '{"alive":true}')
    until(lambda: asked(server, "ready")[0] == 200)
    assert json.loads(asked(server, "ready")[1]) == {"ready": True, "reasons": {}}


def test_metrics_are_for_this_machine_and_not_for_whoever_is_behind_a_proxy(server):
    assert figures(server)["tradeoffs_resident_memory_bytes page"] > 5e7
    assert asked(server, "metrics", {"X-Forwarded-For": "127.0.0.1"})[0] == 403
    assert asked(server, "_stcore/metrics")[0] == 404  # the framework's own, for anybody
    assert asked(server, "metrics", {"Host": "foreign.example"})[0] == 403


def test_a_visitor_goes_on_after_the_server_was_told_to_end_in_mid_sweep(
    open_page, wait_ready, serve, env, server, store, stalled
):
    page: Page = open_page(f"{server.url}/?{FEW}")
    trained(page)
    before = figures(server)
    assert before["tradeoffs_sessions connected"] >= 1
    move(page, "Privacy budget ε")
    page.wait_for_url("**epsilon**")
    name = "tradeoffs_models_trained_total"
    until(lambda: figures(server)[name] >= before[name] + 2)
    page.evaluate(f"""() => document.querySelector("{CHART}").dataset.seen = "before" """)
    stalled(server)
    count, workers = figures(server)[name], psutil.Process(server.process.pid).children()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(60) == -signal.SIGTERM
    ended(server, workers, store, count)
    page.get_by_test_id("stApp").and_(
        page.locator(":not([data-test-connection-state=CONNECTED])")
    ).wait_for()
    expect(page.locator(".restart-notice")).to_contain_text("goes on by itself")
    page.get_by_text("Connection error").wait_for(state="attached")  # after some seconds
    expect(page.get_by_text("Connection error")).to_be_hidden()
    heard = told(page)
    again = serve(SERVER, env, urlsplit(server.url).port)
    end = time.monotonic() + PATIENCE / 1000
    while not heard and time.monotonic() < end:
        page.wait_for_timeout(100)
    wait_ready(page)
    trained(page)
    expect(page.locator(".restart-notice")).to_have_count(0)
    stood = here(page)
    move(page, "Model size, hidden units")
    page.wait_for_url("**width**")
    page.wait_for_function(f"(stood) => ({HERE})() !== stood", arg=stood)
    assert page.locator(CHART).get_attribute("data-seen") == "before"  # the same node
    found = figures(again)
    assert found["tradeoffs_results_total store"] > 0  # what had arrived was kept
    assert found["tradeoffs_first_answer_seconds_count stored"] > 0


def ended(server: Server, workers: list[psutil.Process], store: Path, count: float) -> None:
    """Nothing is left running, all that arrived is in the store, and the log names nobody."""
    assert not psutil.wait_procs(workers, timeout=60)[1]
    assert not list(store.parent.glob("*-wal"))  # it was closed
    with sqlite3.connect(store) as connection:
        assert connection.execute("SELECT count(*) FROM rows").fetchone()[0] >= count
    text, logged = server.log.read_text(), lines(server)
    assert "Traceback" not in text
    assert {"/live", "_stcore/stream", "/metrics"} <= {one.get("route") for one in logged}
    assert any("the store closed" in one["message"] for one in logged)
    assert not re.search(r"127\.0\.0\.1|epsilon|rows=", "".join(map(json.dumps, logged)))
