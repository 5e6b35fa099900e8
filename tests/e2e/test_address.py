"""The address in a browser: marks are drawn at once and kept, and a link restores all."""

from playwright.sync_api import Page

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
