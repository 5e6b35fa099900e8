"""A workshop in a real browser: opened on a front, with twelve phones, to its record."""

import subprocess
import sys

from playwright.sync_api import Page, expect

from tests.e2e.test_class import Phone, press

SEATS = 12
TOLD = ".st-key-presenter [data-testid=stAlert]"
NAMES = ("accuracy", "fairness", "privacy", "explainability")


def points(*given: int) -> dict:
    return {"points": dict(zip(NAMES, given, strict=True)), "else": ""}


def play(host: Page, phones: list[Phone], name: str, answers: list[dict], again: str = "") -> None:
    """Let the phones answer a question, from its beginning until all see it."""
    press(host, f"Let them answer{again}")
    expect(host.get_by_role("button", name="Close", exact=True)).to_be_visible()
    for phone, one in zip(phones, answers, strict=True):
        phone.ask("say", {"round": name, "answer": one})
    expect(host.locator(".room-numbers")).to_contain_text(f"{SEATS} answered")
    assert not host.locator(TOLD).count()
    press(host, "Close")
    press(host, "Show the answers")
    expect(host.locator(TOLD).first).to_be_visible()


def test_a_workshop_from_a_front_to_a_record_that_anybody_can_compute(
    open_page, site, no_overflow, tmp_path
):
    host = open_page(f"{site.url}/?level=explore&tab=choose")
    host.get_by_text("Decide together").click()
    press(host, "Open a room on this front")
    code = host.locator(".room-code").inner_text()
    phones = [Phone(site, code) for _ in range(SEATS)]
    expect(host.get_by_text("What is decided.")).to_be_visible()
    press(host, "First question")
    play(host, phones, "values", [points(70, 10, 10, 10)] * 7 + [points(10, 70, 10, 10)] * 5)
    expect(host.locator(TOLD)).to_contain_text("“Accuracy” has the highest median: 70 of 100")

    press(host, "Next question")
    expect(host.get_by_role("heading", name="2 of 6")).to_be_visible()
    press(host, "Skip this question")
    expect(host.get_by_role("heading", name="3 of 6")).to_be_visible()
    lines = dict.fromkeys(NAMES)
    strict = [lines | {"accuracy": 99.0}] * 6 + [lines | {"fairness": 10.0}] * 6
    play(host, phones, "lines", strict)
    expect(host.locator(TOLD)).to_contain_text("No setting is inside all red lines")
    host.set_viewport_size({"width": 390, "height": 844})
    no_overflow(host)
    host.set_viewport_size({"width": 1280, "height": 900})

    press(host, "Next question")
    press(host, "Skip this question")
    expect(host.get_by_role("heading", name="5 of 6")).to_be_visible()
    play(host, phones, "vote", [{"approve": ["baseline"]}] * SEATS)
    expect(host.locator(TOLD)).to_contain_text("kept until after the second one")
    press(host, "Talk, then again")
    votes = [{"approve": ["do_not_build"]}] * 7 + [{"approve": ["baseline"]}] * 5
    play(host, phones, "vote", votes, " again")
    expect(host.locator(TOLD).first).to_contain_text("“Do not build it” has most votes: 7 of 12")
    expect(host.locator(TOLD).nth(1)).to_contain_text("Majority picks “Do not build it”")

    press(host, "Next question")
    press(host, "Let them answer")
    expect(host.get_by_role("button", name="Close", exact=True)).to_be_visible()
    phones[0].ask("say", {"round": "words", "answer": {"text": "<b>Ask those refused.</b>"}})
    host.get_by_text("Texts to approve").click()
    press(host, "Approve")
    expect(host.get_by_text("Texts to approve")).to_have_count(0)
    press(host, "Close")
    press(host, "Show the answers")
    with host.expect_download() as printed:
        press(host, "Record to print")
    page = printed.value.path().read_text(encoding="utf-8")
    assert "Do not build it" in page and "<b>Ask those refused.</b>" not in page
    with host.expect_download() as kept:
        press(host, "Record as JSON")
    record = tmp_path / "record.json"
    kept.value.save_as(record)
    command = [sys.executable, "-m", "tradeoffs.cli", "rooms", "record", str(record)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
