"""A phone in a room, in Chromium: with and without script, locked, dark, narrow, by keyboard."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.postgres_server import free_port
from tests.server.rooms.hall import ASKED
from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.rooms import Rooms
from tradeoffs.rooms.rounds import Round
from tradeoffs.settings import ROOMS

from .conftest import PATIENCE, START_TIMEOUT

ROOT = Path(__file__).parents[2]


@dataclass
class Site:
    """Rooms served alone, and those that this test opens in the same file."""

    url: str
    rooms: Rooms
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes]

    def open(self, *names: str) -> tuple[str, Callable[..., None]]:
        """Return the address of a new room, and its host's buttons."""
        rounds = [
            Round(
                name=name, kind=ASKED[name][0], title=f"About {name}", question="What?", asks=asks
            )
            for name in names
            for asks in [ASKED[name][1]]
        ]
        code, key = self.rooms.open(rounds, tables=("clinic", "patients"))

        def act(*actions: str) -> None:
            for one in actions:
                self.rooms.act(code, key, one)

        return f"{self.url}/r/{code}", act


def wait_until_served(url: str) -> None:
    end = time.monotonic() + START_TIMEOUT
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
                assert json.load(answer)["alive"]
                return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, port = tmp_path_factory.mktemp("rooms"), free_port()
    file, url = folder / "rooms.sqlite", f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tradeoffs.cli", "rooms", "--port", str(port)]
    environment = os.environ | {ROOMS.name: str(file)}

    def start() -> subprocess.Popen[bytes]:
        with (folder / "log.txt").open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        wait_until_served(url)
        return process

    found = Site(url, Rooms(RoomStore(file)), start, start())
    yield found
    found.process.terminate()
    found.process.wait(START_TIMEOUT)
    assert "Traceback" not in (folder / "log.txt").read_text()


def arrive(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_text("Nobody here can see which answer is yours")).to_be_visible()
    page.get_by_label("Your table").select_option("clinic")
    page.get_by_role("button", name="Take part").click()
    expect(page.get_by_role("heading", name="You are in room")).to_be_visible()


def arrived(page: Page) -> None:
    expect(page.locator("main").get_by_text("Your answer has arrived")).to_be_visible()


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.fixture
def open_phone(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_phone(script=True, **options) -> Page`: a new phone, 320 points wide."""
    contexts, errors = [], []

    def heard(message: ConsoleMessage) -> None:
        if "Content Security" in message.text:
            errors.append(message.text)

    def open_(script: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": 320, "height": 640}, java_script_enabled=script, **options
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", heard)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not errors


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_goes_through_a_room_without_a_reload(site, open_phone, scheme):
    url, act = site.open("number", "values", "words")
    page = open_phone(color_scheme=scheme)
    arrive(page, url)
    accessible(page)
    act("next", "open")
    heading = page.get_by_role("heading", name="About number")
    expect(heading).to_be_focused()
    page.get_by_label("Of <100>").fill("30")
    page.keyboard.press("Enter")
    arrived(page)
    expect(page.locator("#status")).to_contain_text("Your answer has arrived")
    expect(page.locator("#said")).to_be_focused()
    accessible(page)
    act("close", "reveal", "next", "open")
    page.get_by_label("Accuracy").fill("60")
    page.get_by_label("Gap").fill("30")
    expect(page.get_by_text("Points left: 10")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("points sum to 90")
    expect(page.get_by_label("Gap")).to_have_value("30")
    page.get_by_label("Gap").fill("40")
    page.get_by_role("button", name="Send").click()
    arrived(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    accessible(page)


def test_what_is_typed_stays_when_something_else_changes(site, open_phone):
    url, act = site.open("number")
    page = open_phone()
    arrive(page, url)
    act("next", "open")
    page.get_by_label("Of <100>").fill("42")
    version = page.locator("main").get_attribute("data-version")
    act("lock")
    expect(page.locator("main")).not_to_have_attribute("data-version", version or "")
    expect(page.get_by_label("Of <100>")).to_have_value("42")


def test_a_phone_that_lost_its_cookie_and_a_server_that_was_killed_lose_nothing(site, open_phone):
    url, act = site.open("number", "one-of")
    page = open_phone()
    arrive(page, url)
    act("next", "open")
    page.get_by_label("Of <100>").fill("7")
    site.process.kill()
    site.process.wait(START_TIMEOUT)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("interrupted")
    site.process = site.start()
    arrived(page)
    page.context.clear_cookies()
    page.reload()
    arrived(page)
    expect(page.get_by_label("Of <100>")).to_have_value("7")
    act("close", "reveal", "next")
    expect(page.get_by_role("heading", name="About one-of")).to_be_visible()


def test_a_browser_without_script_takes_part(site, open_phone):
    url, act = site.open("one-of")
    page = open_phone(script=False)
    page.goto(site.url + "/r/")
    page.get_by_label("Code of the room").fill(url[-5:].lower())
    page.get_by_role("button", name="Enter").click()
    page.get_by_role("button", name="Take part").click()
    act("next", "open")
    page.reload()
    page.get_by_label("more").check()
    page.get_by_role("button", name="Send").click()
    arrived(page)
    expect(page.get_by_label("more")).to_be_checked()


def test_where_events_are_held_back_a_phone_asks(site, open_phone):
    url, act = site.open("number")
    page = open_phone()
    page.route("**/events", lambda route: route.abort())
    arrive(page, url)
    act("next", "open")
    expect(page.get_by_role("heading", name="About number")).to_be_visible()


def test_a_phone_says_that_the_room_has_ended_and_asks_no_more(site, open_phone):
    url, act = site.open("number")
    page = open_phone()
    page.route("**/events", lambda route: route.abort())
    arrive(page, url)
    act("end")
    expect(page.get_by_role("heading", name="There is no room")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(4_000)  # longer than a phone waits between two questions
    assert asked == [] and page.evaluate("localStorage.length") == 0


def test_a_line_is_drawn_by_finger_or_typed(site, open_phone):
    url, act = site.open("line")
    page = open_phone()
    arrive(page, url)
    act("next", "open")
    pad = page.locator("svg.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    for share in (0.25, 0.75):
        page.mouse.click(box["x"] + box["width"] * share, box["y"] + box["height"] * (1 - share))
    expect(page.get_by_label("Rounds: 1")).to_have_value("25")
    expect(page.get_by_label("Rounds: 2")).to_have_value("75")
    page.get_by_role("button", name="Send").click()
    arrived(page)
