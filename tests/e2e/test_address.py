"""The address in a browser: marks are drawn at once and kept, and a link restores all."""

from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server

FILE = """() => performance.getEntriesByType("resource")
    .map((one) => one.name).find((name) => name.endsWith("/choice.js"))"""


def choice(page: Page) -> dict:
    """What the pictures of the page read."""
    file = page.wait_for_function(FILE).json_value()
    page.evaluate("async (file) => { window.choice = await import(file); }", file)
    page.wait_for_function("() => choice.get().counted")
    return page.evaluate("() => choice.get()")


def test_a_mark_is_drawn_at_once_and_the_address_follows(open_page, site: Server):
    page = open_page(f"{site.url}/?level=explore&at_least=accuracy:0.8&pins=width:8~rows:7")
    page.get_by_text("the pin 'rows:7' is left out").wait_for()
    page.wait_for_url("**pins=width%3A8")
    assert (choice(page)["at_least"], choice(page)["pins"]) == ("accuracy:0.8", "width:8")
    drawn = page.evaluate(
        """() => {
            const drawn = [];
            const stop = choice.subscribe((now) => drawn.push([now.at_least, now.selected]));
            choice.set({ at_least: "fairness:0.050", selected: 3 });
            choice.set({ at_least: "fairness:0.04" });
            stop();
            return drawn;
        }"""
    )
    assert drawn == [["fairness:0.050", 3], ["fairness:0.04", 3]]  # without waiting
    page.wait_for_url("**at_least=fairness%3A0.04**")
    page.evaluate("() => choice.go({ epsilon: '0.1' })")
    page.wait_for_url("**epsilon=0.1**")
    page.wait_for_function("() => choice.pin() === 'epsilon:0.1'")
    assert choice(page)["selected"] is None  # it was a number of another job
    page.reload()
    page.wait_for_url("**at_least=fairness%3A0.04**")
    page.get_by_role("slider").first.wait_for()
    assert choice(page)["at_least"] == "fairness:0.04"
    assert choice(page)["counted"] == "accuracy+fairness+privacy+explainability"


def setting(page: Page, budget: str) -> None:
    """Wait until the slider of the privacy budget says this."""
    slider = page.locator(".st-key-epsilon").get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", budget)


def test_a_move_is_undone_and_redone_by_keys_buttons_and_the_browser(open_page, site: Server):
    page = open_page(f"{site.url}/?level=explore&width=4")
    undo, redo = (page.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    expect(undo).to_have_attribute("aria-disabled", "true")
    slider = page.locator(".st-key-epsilon").get_by_role("slider")
    slider.focus()
    for budget in ("0.5", "0.3"):
        slider.press("ArrowLeft")
        page.wait_for_url(f"**epsilon={budget}**")
    undo.click()
    setting(page, "0.5")
    page.go_back()  # the browser's own
    setting(page, "1")
    expect(undo).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Control+Z")  # nothing is left to undo: the app is not left
    slider.focus()
    page.keyboard.press("Control+Shift+Z")
    setting(page, "0.5")
    page.reload()
    setting(page, "0.5")
    redo.click()
    setting(page, "0.3")
    expect(redo).to_have_attribute("aria-disabled", "true")
    box = page.locator(".st-key-notion input")
    box.focus()
    page.keyboard.press("Control+Z")  # of the text that is typed there
    page.keyboard.press("Escape")
    setting(page, "0.3")

    page.get_by_role("link", name="Glossary", exact=True).click()
    page.wait_for_url("**/glossary")
    page.go_back()
    setting(page, "0.3")
    expect(undo).to_have_attribute("aria-disabled", "false")  # the page is there again
    page.keyboard.press("Control+Z")
    setting(page, "0.5")
    slider.focus()
    slider.press("ArrowRight")  # another way on: what was undone is gone
    setting(page, "1")
    expect(redo).to_have_attribute("aria-disabled", "true")
    page.wait_for_url("**width=4**")


def test_a_drag_is_one_step_and_its_marks_too(open_page, site: Server):
    page = open_page(f"{site.url}/?level=explore")
    choice(page)
    chart = page.locator("h1")
    chart.hover()
    page.mouse.down()
    for line in ("0.01", "0.02", "0.03"):
        page.evaluate("(line) => choice.set({ at_least: `fairness:${line}` })", line)
        page.wait_for_url(f"**fairness%3A{line}**")
    page.mouse.up()
    page.go_back()
    page.wait_for_url(lambda url: "at_least" not in url)
    page.wait_for_function("() => choice.get().at_least === ''")
    page.get_by_role("button", name="Redo").click()
    page.wait_for_function("() => choice.get().at_least === 'fairness:0.03'")


ALL = (
    "level=lab&epsilon=0.3&max_gap=0.05&x=privacy&y=fairness&counted=accuracy%2Bprivacy"
    "&at_least=accuracy%3A0.8&pins=width%3A8&curves=epsilon&wish=points.accuracy%3A60"
    "&place=quebec&tab=who_pays"
)


def test_the_link_and_the_documents_hold_what_the_screen_does(open_page, site: Server):
    page = open_page(f"{site.url}/?{ALL}")
    expect(page.get_by_text("all trained")).to_be_visible()
    page.get_by_role("radio", name="Take home").click()
    expect(page.get_by_text("This address works on this computer only.")).to_be_visible()
    told = page.get_by_test_id("stCode").filter(has_text="epsilon=").first
    link = told.inner_text().strip()
    assert parse_qs(urlsplit(link).query) == parse_qs(ALL)
    with page.expect_download() as download:
        page.get_by_role("button", name="Report", exact=True).click()
    report = unescape(Path(download.value.path()).read_text(encoding="utf-8"))
    finding = page.locator(".figure-title").inner_text()
    assert finding and finding in report and link in report

    other = open_page(link)
    expect(other.get_by_text("all trained")).to_be_visible()
    setting(other, "0.3")
    assert choice(other) == choice(page)
    assert choice(other)["pins"] == "width:8" and choice(other)["place"] == "quebec"
    expect(other.get_by_role("radio", name="Lab")).to_be_checked()
    expect(other.get_by_role("radio", name="Who pays")).to_be_checked()
    assert other.locator(".st-key-x input").input_value() == "Privacy budget (epsilon)"
