"""A whole lesson by keys alone, in the dark, in both languages; and what is heard of its charts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.test_accessibility import drawn, violations

PICTURE = ".st-key-lesson-picture"
SAID = re.compile(r"^(Chart|Graphique)\. .{40}")  # of a chart: what it is, and what it shows
BUTTONS = {  # language -> show, go on, finish; what "1 of 3" is; the table of a chart
    "en": ("Show what the models say", "Next →", "What did you see? →", "of", "The numbers"),
    "fr": (
        "Montrer ce que disent les modèles",
        "Suivant →",
        "Qu’avez-vous vu ? →",
        "sur",
        "Les nombres",
    ),
}

BESIDE = """() => [...document.querySelectorAll(".stMain :is(h1, h2, h3, p, label, button, a, th)")]
    .filter((node) => node.checkVisibility() && node.getBoundingClientRect().width)
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1
        || node.getBoundingClientRect().left < -1)
    .map((node) => node.outerHTML.slice(0, 200))"""


def reach(page: Page, wanted: Locator, most: int = 50) -> None:
    """Go on by Tab until an element has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        if wanted.evaluate("(node) => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab do not reach {wanted}")


def press(page: Page, name: str) -> None:
    """Reach a button and press it."""
    reach(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def guess(page: Page, step: int) -> None:
    """Guess by keys: a line at the first step, the first answer at the others."""
    if step == 1:
        for place in range(4):
            reach(page, page.get_by_role("slider").nth(place))
            page.keyboard.press("ArrowUp")
    else:
        reach(page, page.get_by_role("radio").first)
        page.keyboard.press("Space")
        expect(page.get_by_role("radio").first).to_be_checked()


@pytest.mark.parametrize("language", BUTTONS)
def test_a_lesson_is_walked_by_keys_from_the_index_to_its_end(open_page, uploads, language):
    show, go_on, finish, of, numbers = BUTTONS[language]
    page = open_page(f"{uploads.url}/lessons?lang={language}", color_scheme="dark")
    card = page.locator('a[href*="small_town"]').first
    card.scroll_into_view_if_needed()
    reach(page, card, 120)
    page.keyboard.press("Enter")
    for step in (1, 2, 3):
        heading = page.get_by_role("heading", level=2, name=f"{step} {of} 3")
        expect(heading).to_be_visible()
        guess(page, step)
        assert violations(page) == {}
        press(page, show)
        chart = page.locator(PICTURE).get_by_role("img").first
        expect(chart).to_have_accessible_name(SAID)
        expect(page.locator("summary").filter(has_text=numbers)).to_be_visible()
        drawn(page)
        assert violations(page) == {}
        press(page, go_on if step < 3 else finish)
    reach(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(page.get_by_role("radio").first).to_be_checked()
    assert violations(page) == {}


@pytest.mark.parametrize("address", ["?level=explore", "lesson?lesson=small_town", "data"])
def test_nothing_is_lost_at_a_zoom_of_200_percent(open_page, uploads, no_overflow, address):
    page = open_page(f"{uploads.url}/{address}", width=640, height=450)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    drawn(page)
    no_overflow(page)
    assert page.evaluate(BESIDE) == []
