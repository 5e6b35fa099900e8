"""A class in a real browser: the host's screen, a phone beside it, others over the network."""

import json
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_accessibility import violations

PICTURE = ".st-key-lesson-picture .main-svg"
STATEMENT = ".st-key-presenter [data-testid=stAlert]"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def opened(open_page, site, lesson: str = "small_town?step=1", **look) -> tuple[Page, str]:
    """Open a room from a lesson; return the host's page and the room's code."""
    page = open_page(f"{site.url}/lesson?lesson={lesson.replace('?', '&')}", **look)
    page.get_by_text("For teachers").click()
    press(page, "Open a room for this lesson")
    expect(page.locator(".room-code")).to_be_visible()
    code = page.locator(".room-code").inner_text()
    assert f"code={code}" in page.url
    return page, code


class Phone:
    """A phone that speaks JSON, as the page's script does."""

    def __init__(self, site, code: str) -> None:
        """Take a seat."""
        self.url, self.seat = f"{site.url}/r/{code}", ""
        self.seat = self.ask("join", {"table": ""})["token"]

    def ask(self, what: str, body: dict) -> dict:
        headers = {"Content-Type": "application/json", "X-Seat": self.seat}
        data = json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/{what}", data, headers, method="POST")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"{}")

    def guess(self, name: str, value) -> None:
        self.ask("say", {"round": name, "answer": {"guess": value}})


def test_a_class_guesses_talks_and_guesses_again(open_page, site):
    host, code = opened(open_page, site, "which_problem?step=1")
    phone = open_page_of_a_phone(host, site, code)
    others = [Phone(site, code) for _ in range(15)]
    expect(host.locator(".room-numbers")).to_contain_text("16 in the room")

    press(host, "First question")
    press(host, "Let them answer")
    phone.get_by_text("more often", exact=True).click()
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("main")).to_contain_text("Your answer has arrived")
    for place, one in enumerate(others):
        one.guess("guess-1", "less often" if place < 10 else "more often")
    expect(host.locator(".room-numbers")).to_contain_text("16 in the room, 16 answered")
    assert not host.locator(PICTURE).count() and not host.locator(STATEMENT).count()
    press(host, "Close")
    expect(phone.locator("main")).to_contain_text("Answers are closed.")
    assert not host.locator(STATEMENT).count()
    press(host, "Show the answers")
    expect(host.locator(STATEMENT)).to_contain_text("10 of 16 guessed “less often”.")
    expect(host.locator(PICTURE).first).to_be_visible()
    expect(phone.locator("main")).to_contain_text("The result is on the large screen.")

    press(host, "Talk, then again")
    expect(host.locator(".room-timer")).to_contain_text("to talk")
    expect(host.locator(STATEMENT)).to_have_count(0)
    press(host, "Let them answer again")
    expect(host.get_by_role("button", name="Close", exact=True)).to_be_visible()
    for one in others:
        one.guess("guess-1", "less often")
    press(host, "Close")
    press(host, "Show the answers")
    expect(host.locator(STATEMENT)).to_contain_text(
        "The first time, 10 of 16 guessed “less often”."
    )


def open_page_of_a_phone(host: Page, site, code: str) -> Page:
    """Open the room's page as a phone has it, and take part."""
    page = host.context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.url}/r/{code}")
    page.get_by_role("button", name="Take part").click()
    expect(page.get_by_role("heading", name=f"You are in room {code}")).to_be_visible()
    return page


def test_the_host_comes_back_and_hosts_from_two_screens_without_showing_the_key(
    open_page, site, wait_ready
):
    host, code = opened(open_page, site)
    host.context.grant_permissions(["clipboard-read", "clipboard-write"])
    host.get_by_text("More", exact=True).click()
    press(host, "Copy the host's link")
    expect(host.get_by_text("Whoever has this link hosts the room")).to_be_visible()
    link = host.evaluate("() => navigator.clipboard.readText()")
    key = link.partition("#")[2]
    assert len(key) > 20 and key not in host.content() + host.url
    host.reload()
    expect(host.locator(".room-code")).to_have_text(code)

    other = open_page(link)
    expect(other.locator(".room-code")).to_have_text(code)
    assert "#" not in other.url
    press(other, "First question")
    expect(host.get_by_role("heading", name="1 of 3")).to_be_visible()
    host.keyboard.press("PageDown")  # a clicker presses the one button
    expect(other.get_by_role("button", name="Close", exact=True)).to_be_visible()

    stranger = open_page(f"{site.url}/room?code={code}#{key[::-1]}")
    expect(stranger.get_by_text("this is not the host's link")).to_be_visible()
    host.evaluate("location.hash = 'a-heading'")  # is no key
    host.reload()
    expect(host.locator(".room-code")).to_have_text(code)
    host.get_by_text("More", exact=True).click()
    press(host, "End and delete")
    press(host, "End and delete now")
    expect(host.get_by_text("the room has ended and is deleted")).to_be_visible()
    expect(other.get_by_text("the room has ended and is deleted")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_a_room_fits_its_screen_and_can_be_used_by_all(open_page, site, no_overflow, width, scheme):
    host, _ = opened(open_page, site, width=width, color_scheme=scheme)
    no_overflow(host)
    expect(host.locator(".room-note")).to_contain_text("start it by tradeoffs app --room")
    assert not host.locator(".room-address").inner_text()
    expect(host.locator(".room-picture")).to_be_hidden()  # it would lead phones nowhere
    press(host, "First question")
    expect(host.get_by_text("how many of 100 predictions are correct")).to_be_visible()
    no_overflow(host)
    button = host.get_by_role("button", name="Let them answer", exact=True).bounding_box()
    assert button and button["y"] + button["height"] <= 900  # in sight, however long the question
    assert not violations(host)
