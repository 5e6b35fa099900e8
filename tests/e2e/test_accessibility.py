"""Accessibility in a real browser: axe-core on every page, level and part, light and dark."""

from pathlib import Path
from typing import Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
VIOLATIONS = """async () => (await axe.run({ resultTypes: ["violations"] })).violations
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => [id, target.join(" "), html]))"""
DONE = "all trained"
PAGES: dict[str, tuple[str, str]] = {  # name -> address, and a text that is there at the end
    "story": ("", DONE),
    "explore": ("?level=explore", DONE),
    "lab": ("?level=lab", DONE),
    "lessons": ("lessons", "Privacy washing"),
    "lesson": ("lesson?lesson=privacy_washing", "1 of 5"),
    "data": ("data", "Datasheet"),
    "shifts": ("shifts", "A reference model has an error rate"),
    "remedies": ("remedies", "By training together"),
    "ways": ("remedies?level=explore&part=who_gains", "correction over all 9 comparisons"),
    "glossary": ("glossary", "Hidden columns"),
    "methods": ("methods", "Methods"),
}
# Of elements of Streamlit's own, by page: (rule, end of the selector), and why it stays.
STREAMLIT = {
    "data": {("presentation-role-conflict", "section"): "the drop zone for files has a name"},
}


def drawn(page: Page) -> None:
    """Wait until nothing is faint because it is drawn anew."""
    page.wait_for_timeout(300)
    page.wait_for_function("""() => !document.querySelector('[data-stale="true"]') &&
        document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'""")
    page.wait_for_timeout(700)  # a fading element


def colour(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Let the page be light or dark, and wait until all its colours are."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(
        """(dark) => {
            const back = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
            const sum = back.match(/\\d+/g).slice(0, 3).reduce((all, one) => all + Number(one), 0);
            return dark === sum < 382;
        }""",
        arg=scheme == "dark",
    )
    page.wait_for_timeout(500)
    page.wait_for_function(
        "() => document.getAnimations().every((one) => !(one instanceof CSSTransition))"
    )


def violations(page: Page) -> dict[tuple[str, str], str]:
    """What axe-core finds now: (rule, end of the selector) -> the element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(VIOLATIONS)
    return {(rule, target.split(" > ")[-1]): html[:200] for rule, target, html in found}


def unfold(page: Page) -> None:
    """Open everything that is folded."""
    for summary in page.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    drawn(page)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_violates_a_rule_of_accessibility_light_or_dark(open_page, uploads, name):
    address, end = PAGES[name]
    page = open_page(f"{uploads.url}/{address}")
    expect(page.get_by_text(end).first).to_be_visible()
    unfold(page)
    known = set(STREAMLIT.get(name, {}))
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        colour(page, scheme)
        found = violations(page)
        assert set(found) == known, (scheme, found)


def test_no_part_of_the_explorer_violates_a_rule(open_page, site):
    page = open_page(f"{site.url}/?level=lab")
    expect(page.get_by_text(DONE)).to_be_visible()
    expect(page.locator(".st-key-front .main-svg").first).to_be_visible()
    chart = page.get_by_role("application")
    chart.focus()
    chart.press("ArrowLeft")
    expect(page.get_by_role("button", name="Pin", exact=True)).to_be_visible()
    chart.press("Enter")
    expect(page.get_by_role("table", name="Pinned settings side by side")).to_be_visible()
    for part in page.get_by_role("radiogroup", name="Details").get_by_role("radio").all():
        part.click()
        drawn(page)
        found = violations(page)
        assert not found, found


LOOK = """() => {
    const looks = [];
    let node = document.activeElement;
    for (let up = 0; node && up < 5; up += 1, node = node.parentElement) {
        for (const pseudo of [null, "::before", "::after"]) {
            const { outline, boxShadow, border, backgroundColor } = getComputedStyle(node, pseudo);
            looks.push([outline, boxShadow, border, backgroundColor].join());
        }
    }
    return looks.join(";");
}"""
NAME = """() => {
    const { activeElement: node } = document;
    return node.cloneNode(false).outerHTML + node.textContent.slice(0, 60);
}"""


def stops(page: Page, most: int) -> list[str]:
    """Go on by Tab; return where it stops, each of which must look otherwise with the focus."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        page.wait_for_timeout(120)  # a change of look may take its time
        name, focused = page.evaluate(NAME), page.evaluate(LOOK)
        page.evaluate("window.last = document.activeElement; window.last.blur()")
        page.wait_for_timeout(120)
        blurred = page.evaluate(LOOK.replace("document.activeElement", "window.last"))
        assert focused != blurred, f"nothing shows the focus of {name}"
        page.evaluate("window.last.focus()")
        found.append(name)
    return found


def test_a_journey_by_keyboard_alone_shows_its_focus_and_reaches_everything(open_page, site):
    page = open_page(site.url)
    expect(page.get_by_text(DONE)).to_be_visible()
    found = stops(page, 15)
    assert "Skip to main content" in found[0]
    assert any('type="range"' in one for one in found)  # the slider of the level Story
    level = page.get_by_role("radiogroup", name="Level").get_by_role("radio", name="Explore")
    page.get_by_role("radio", name="Story").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(level).to_be_checked()
    expect(page.locator(".st-key-front .main-svg").first).to_be_visible()
    seen = "\n".join(stops(page, 40))
    for reached in ("scales-handle", "checkbox", "application"):
        assert reached in seen, reached
    menu = page.get_by_role("navigation", name="Pages")
    expect(menu.locator("[aria-current=page]")).to_have_text("Explorer")
    menu.get_by_role("link", name="Shifts").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/shifts**")
    expect(page.get_by_role("radio", name="In use")).to_be_visible()


def test_nothing_of_ours_moves_for_those_who_want_no_motion(open_page, site):
    page = open_page(site.url, reduced_motion="reduce")
    expect(page.get_by_text(DONE)).to_be_visible()
    slider = page.locator(".st-key-epsilon").get_by_role("slider")
    slider.focus()
    moving = """() => document.getAnimations()
        .filter(({ effect }) => effect.target?.closest(".screen-part, .bars")).length"""
    for _ in range(4):
        slider.press("ArrowLeft")
        for _ in range(6):
            assert page.evaluate(moving) == 0
            page.wait_for_timeout(50)
