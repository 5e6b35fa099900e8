"""The explorer behind nginx: TLS, a path, both sockets, and a table that stays in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.deploy.proxy import Proxy, proxying
from tests.e2e.visitor import choose
from tradeoffs.paths import SERVER

ROWS = 10_000  # of a table of 0.1 MB: nginx would keep 16 kB of it in memory


@pytest.fixture(scope="module")
def proxy(serve, tmp_path_factory) -> Iterator[Proxy]:
    env = {
        "STREAMLIT_SERVER_BASE_URL_PATH": "explorer",
        "TRADEOFFS_PROXIES": "127.0.0.1",
        "TRADEOFFS_EMBED": "course.example.org",
        "TRADEOFFS_STORE": str(tmp_path_factory.mktemp("store") / "store.sqlite"),
    }
    port = urlsplit(serve(SERVER, env).url).port
    assert port is not None
    with proxying(tmp_path_factory.mktemp("proxy") / "nginx", [port], "one") as one:
        yield one


@pytest.fixture
def page(proxy, profile) -> Iterator[Page]:
    """A page of a browser that takes the certificate; all it asks for is there, and from here."""
    wrong: list[str] = []
    with profile(ignore_https_errors=True).new_page() as page:
        page.on("request", lambda one: wrong.extend([one.url] if foreign(proxy, one.url) else []))
        page.on("response", lambda one: wrong.extend([one.url] if one.status >= 400 else []))
        page.on("console", lambda one: wrong.extend([one.text] if one.type == "error" else []))
        page.on("pageerror", lambda one: wrong.append(str(one)))
        yield page
        assert not wrong


def foreign(proxy: Proxy, url: str) -> bool:
    return not url.startswith(("data:", "blob:", f"{proxy.url}/"))


def test_a_move_of_a_slider_is_answered_over_tls(proxy, page, wait_ready):
    sockets: list[WebSocket] = []
    page.on("websocket", lambda one: sockets.append(one))
    page.goto(f"{proxy.url}/?rows=500&level=explore")
    wait_ready(page)
    handle = page.get_by_role("slider", name="Privacy budget ε")
    handle.focus()
    handle.press("ArrowRight")
    page.wait_for_url("**epsilon**")
    expect(page.get_by_text("all trained")).to_be_visible()
    address = f"wss://127.0.0.1:{proxy.port}/explorer"
    assert {one.url for one in sockets} == {f"{address}/_stcore/stream", f"{address}/live"}
    assert not any(one.is_closed() for one in sockets)


def test_a_table_goes_through_memory_alone(proxy, page, wait_ready):
    lines = ["sex,town,hired", *(f"{'mf'[i % 2]},{i % 7},{i * 7 % 3 > 0}" for i in range(ROWS))]
    page.goto(f"{proxy.url}/data")
    wait_ready(page)
    choose(page, "\n".join(lines).encode())  # nginx has nowhere to write it
    sent = re.findall(r" PUT /explorer/_stcore/upload_file (\d+) ", proxy.log)
    assert sent == ["204"]


@pytest.mark.parametrize(("site", "shown"), [("course", True), ("evil", False)])
def test_a_frame_on_a_course_page_works_and_one_elsewhere_is_refused(proxy, profile, site, shown):
    with profile(ignore_https_errors=True).new_page() as page:
        # The course's page, which is made here, has no address, and the frame's is this machine's.
        page.context.grant_permissions(["local-network-access"])
        framed = f'<iframe src="{proxy.url}/data" width="1200" height="800"></iframe>'
        course = f"https://{site}.example.org/"
        page.route(course, lambda route: route.fulfill(body=framed, content_type="text/html"))
        if not shown:
            with page.expect_event("requestfailed") as refused:
                page.goto(course)
            assert refused.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"
            return
        page.goto(course)
        frame = page.frame_locator("iframe")
        expect(frame.locator("h1")).to_have_text("Data")
        choose(frame, b"sex,hired\n" + b"m,yes\nf,no\nf,yes\nm,no\n" * 200)
        apart = {one["name"]: one for one in page.context.cookies() if one.get("partitionKey")}
        cookie = apart["_streamlit_xsrf"]
        assert cookie["secure"] and cookie["sameSite"] == "None"
