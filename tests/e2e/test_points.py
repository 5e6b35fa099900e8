"""Points in a browser: selected by keys and clicks, pinned, compared and gone to."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def test_points_are_walked_through_pinned_and_compared_by_keys_alone(open_page, site: Server):
    page = open_page(f"{site.url}/?level=explore&pins=epsilon:8")
    said, first_told = page.locator(".points-told"), page.locator(".pin-table li").first
    chart = page.get_by_role("application", name="Points of the chart")
    table = page.get_by_role("table", name="Pinned settings side by side")
    expect(page.locator(".screen-status").first).to_contain_text("all trained")
    expect(table.get_by_role("columnheader")).to_have_count(2)  # yours beside the only one
    expect(first_told).to_contain_text("that of your setting")
    chart.locator(".main-svg").first.wait_for()
    chart.focus()
    keys(page, "ArrowRight")
    expect(said).to_contain_text("Selected: your setting. Accuracy ")
    expect(page.locator(".points-ring")).to_be_visible()
    keys(page, "Enter")
    expect(said).to_have_text("Pinned as B.")
    expect(page.locator(".points-letter")).to_have_text(["A", "B"])
    page.wait_for_url("**pins=epsilon%3A8%7Eepsilon%3A1")
    expect(first_told).to_contain_text("The accuracy of B is")
    keys(page, "ArrowDown")
    expect(said).not_to_contain_text("your setting")
    keys(page, "Escape")
    expect(page.locator(".points-ring")).to_be_hidden()

    first, second = (table.get_by_role("button", name=name, exact=True) for name in "AB")
    first.focus()
    keys(page, "ArrowRight")
    expect(second).to_be_focused()
    expect(second).to_have_attribute("aria-pressed", "true")
    keys(page, "Enter")
    expect(said).to_have_text("No longer pinned.")
    expect(second).to_have_count(0)
    page.wait_for_url(lambda url: "%7E" not in url)
    first.focus()
    keys(page, "g")
    expect(first_told).to_contain_text("are the same setting")
    page.wait_for_url("**epsilon=8**")


def test_a_click_shows_the_card_of_a_point_and_what_its_models_look_at(
    open_page, site, no_overflow
):
    page = open_page(f"{site.url}/?level=explore", width=390)
    expect(page.locator(".screen-status").first).to_contain_text("all trained")
    page.locator(".points-chart").scroll_into_view_if_needed()
    star = page.locator(".points-chart .scatterlayer .points path").last
    star.click(force=True)
    card = page.locator(".point-card")
    expect(card.locator("dt").first).to_have_text("Accuracy")
    expect(card.locator(".point-interval").first).to_have_text(re.compile(r"95 %: \d"))
    card.get_by_text("What its models look at").click()
    expect(card.locator(".point-looks li")).to_have_count(5)
    card.get_by_role("button", name="Pin").click()
    expect(page.locator(".pin-table h3")).to_be_visible()
    no_overflow(page)
