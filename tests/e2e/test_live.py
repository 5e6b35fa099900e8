"""Pages are told of results over their own socket, whatever becomes of tabs and servers."""

from __future__ import annotations

import signal
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.e2e.conftest import PATIENCE, Server
from tradeoffs.paths import APP, SERVER

CHART = ".st-key-front .js-plotly-plot"
HERE = f"""() => {{
    const traces = document.querySelector("{CHART}")._fullData;
    const star = traces.find((trace) => trace.name === "you are here");
    return star ? `${{star.x[0]}} ${{star.y[0]}}` : "";
}}"""
DONE = "all trained"
FEW = "rows=500&level=explore"  # of the training rows: nothing of it is shipped


@pytest.fixture(scope="module")
def env(tmp_path_factory) -> dict[str, str]:
    """A server below a path, which keeps what it trained."""
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    return {"STREAMLIT_SERVER_BASE_URL_PATH": "tools/explorer", "TRADEOFFS_STORE": str(store)}


@pytest.fixture(scope="module")
def server(serve, env) -> Server:
    return serve(SERVER, env)


def trained(page: Page) -> None:
    expect(page.get_by_text(DONE)).to_be_visible()
    expect(page.locator(f"{CHART} .main-svg").first).to_be_visible()


def here(page: Page) -> str:
    """Where the setting's star stands."""
    return str(page.evaluate(HERE))


def move(page: Page, slider: str, key: str = "ArrowRight") -> None:
    handle = page.get_by_role("slider", name=slider)
    handle.focus()
    handle.press(key)


def told(page: Page) -> list[str]:
    """Note the address of the page's own socket at each message that comes over it."""
    found: list[str] = []

    def opened(one: WebSocket) -> None:
        where = urlsplit(one.url).path
        if where.endswith("/live"):
            one.on("framereceived", lambda _: found.append(where))

    page.on("websocket", opened)
    return found


def test_a_tab_may_be_duplicated_reloaded_and_closed_in_mid_sweep(open_page, site):
    first = open_page(f"{site.url}/?{FEW}&seed=1")
    heard = told(first)
    move(first, "Privacy budget ε")
    first.wait_for_url("**epsilon**")
    second = first.context.new_page()
    second.goto(first.url)
    third = first.context.new_page()
    third.goto(first.url)
    expect(third.locator(".st-key-figure")).to_be_visible()
    third.close()
    first.reload()
    trained(first)
    trained(second)
    assert {*heard} == {"/tools/explorer/live"}
    assert first.get_by_test_id("stException").count() == 0


def test_a_chart_stays_while_its_server_is_gone_and_follows_the_next(
    open_page, wait_ready, serve, env, server
):
    page = open_page(f"{server.url}/?{FEW}")
    trained(page)
    page.evaluate(f"""() => document.querySelector("{CHART}").dataset.seen = "before" """)
    opened = here(page)
    move(page, "Privacy budget ε")
    page.wait_for_url("**epsilon**")
    page.wait_for_function(f"(opened) => ({HERE})() !== opened", arg=opened)
    moved = here(page)
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    page.get_by_test_id("stApp").and_(
        page.locator(":not([data-test-connection-state=CONNECTED])")
    ).wait_for()
    expect(page.locator(f"{CHART} .main-svg").first).to_be_visible()
    heard = told(page)
    serve(SERVER, env, urlsplit(server.url).port)
    end = time.monotonic() + PATIENCE / 1000
    while not heard and time.monotonic() < end:
        page.wait_for_timeout(100)
    wait_ready(page)
    page.wait_for_function(f"(moved) => ({HERE})() === moved", arg=moved)
    assert "epsilon=" in page.url  # the address that it had, and not the one it was opened with
    before = here(page)
    move(page, "Model size, hidden units")
    page.wait_for_url("**width**")
    page.wait_for_function(f"(before) => ({HERE})() !== before", arg=before)
    trained(page)
    assert page.locator(CHART).get_attribute("data-seen") == "before"  # the same node


def test_without_a_socket_pages_ask(open_page, serve, tmp_path):
    page = open_page(f"{serve(APP, {'TRADEOFFS_STORE': str(tmp_path / 's')}).url}/?{FEW}&seed=2")
    heard = told(page)
    trained(page)
    move(page, "Largest allowed gap", "ArrowLeft")
    page.wait_for_url("**max_gap**")
    trained(page)
    assert not heard
