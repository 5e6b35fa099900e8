"""What `test_offline.py` runs in a namespace without a network: a visit to every page.

Nothing may be asked for elsewhere, by the browser or by a process of the server, and nothing that a
page asks for may be refused by its Content-Security-Policy.
"""

import ipaddress
import os
import re
import socket
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ROOT, Server
from tests.e2e.test_explorer import settled, taken
from tests.e2e.visitor import choose, use
from tradeoffs.paths import PAGES, SERVER

# Loaded by every Python that the server starts: writes down whom it calls, and what it looks up.
HOOK = """
import os, sys
log = os.open(os.environ["CALLED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def seen(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        os.write(log, f"{arguments[1][0]}\\n".encode())
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        os.write(log, f"{arguments[0]}\\n".encode())
sys.addaudithook(seen)
"""
WATCH = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) =>
    window.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
OWN_SCHEMES = ("blob:", "data:")
LESSON = "lesson?lesson=which_problem"


@pytest.fixture(scope="module")
def called(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("called") / "hosts.txt"


@pytest.fixture(scope="module")
def here(serve, tmp_path_factory, called) -> Server:
    hook = tmp_path_factory.mktemp("hook")
    (hook / "sitecustomize.py").write_text(HOOK)
    env = {
        "TRADEOFFS_STORE": str(tmp_path_factory.mktemp("store") / "store.sqlite"),
        "PYTHONPATH": os.pathsep.join(map(str, (hook, ROOT))),
        "CALLED": str(called),
    }
    return serve(SERVER, env)


def refused(page: Page) -> list[str]:
    """Return what the policy refused since the page was opened."""
    found: list[str] = page.evaluate("window.refused")
    return found


def test_the_network_is_cut():
    with pytest.raises(OSError, match="unreachable"):
        socket.create_connection(("192.0.2.1", 80), 5.0)


def test_all_pages_work_from_this_server_alone(here, called, open_page, wait_ready):
    asked: set[str] = set()

    def watch(page: Page) -> None:
        page.add_init_script(WATCH)
        page.on("request", lambda one: asked.add(one.url))
        page.on("websocket", lambda one: asked.add(one.url))

    wrong: list[str] = []
    page = open_page(here.url, prepare=watch)
    wrong += refused(page)
    for name in sorted(one.stem for one in PAGES.glob("*.py") if one.stem != "lesson"):
        page.goto(f"{here.url}/{name}")
        expect(page.locator("h1")).to_be_visible()
        wait_ready(page)
        wrong += refused(page)
    page.goto(f"{here.url}/{LESSON}")
    page.locator("text=Go on without a guess").click()
    expect(page.locator(".st-key-lesson-picture .main-svg").first).to_be_visible()
    wrong += refused(page)
    page.goto(f"{here.url}/?level=explore")
    settled(page)
    for form in ("PNG picture", "HTML page"):
        assert taken(page, form).stat().st_size > 10_000
    wrong += refused(page)
    page.goto(f"{here.url}/data")
    choose(page, b"sex,hired\n" + b"m,yes\nf,no\nf,yes\nm,no\n" * 200)
    use(page, "hired", "yes", "sex")
    assert set(wrong + refused(page)) == set()
    own = here.url, here.url.replace("http", "ws", 1), *OWN_SCHEMES
    assert [one for one in asked if not one.startswith(own)] == []
    assert {one for one in called.read_text().split() if not _of_this_machine(one)} == set()


def _of_this_machine(host: str) -> bool:
    if host in ("localhost", "None", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def test_what_a_page_may_not_do_is_refused(here, open_page):
    page = open_page(f"{here.url}/glossary", prepare=lambda page: page.add_init_script(WATCH))
    for attempt in (
        "() => { setTimeout(() => { try { eval('1'); } catch {} }); }",
        "() => { new Image().src = 'http://192.0.2.1/picture.png'; }",
        "() => fetch('http://192.0.2.1/').catch(() => {})",
        "() => { const one = document.createElement('script'); one.text = 'window.ran = true';"
        " document.head.append(one); }",
        "() => document.body.append(Object.assign(document.createElement('iframe'),"
        " {src: 'http://192.0.2.1/'}))",
    ):
        page.evaluate(attempt)
    page.wait_for_function("() => window.refused.length >= 5")
    kinds = {re.match(r"[\w-]+", one)[0] for one in refused(page)}  # pyright: ignore[reportOptionalSubscript]
    assert kinds == {"script-src", "img-src", "connect-src", "script-src-elem", "frame-src"}
    assert page.evaluate("window.ran") is None
