"""Points in a browser: selected by keys and clicks, pinned, compared and gone to."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def test_points_are_walked_through_pinned_and_compared_by_keys_alone(open_page, site: Server):
    page = open_page(f"{site.url}/?level=explore")
    said = page.locator(".points-told")
    chart = page.get_by_role("application", name="Points of the chart")
    expect(page.locator(".screen-status").first).to_contain_text("all trained")
    chart.focus()
    keys(page, "ArrowRight")
    expect(said).to_contain_text("Selected: your setting. Accuracy ")
    expect(page.locator(".points-ring")).to_be_visible()
    keys(page, "ArrowDown", "ArrowDown")
    expect(said).not_to_contain_text("your setting")
    keys(page, "Enter")
    expect(said).to_have_text("Pinned as A.")
    table = page.get_by_role("table", name="Pinned settings side by side")
    expect(table.get_by_role("columnheader")).to_have_count(2)  # yours beside the only one
    page.wait_for_url("**pins=**")
    expect(page.locator(".pin-table li").first).to_contain_text("your setting")

    keys(page, "ArrowLeft", "Enter")
    expect(said).to_have_text("Pinned as B.")
    expect(page.locator(".pin-table li").first).to_contain_text("B")
    expect(page.locator(".points-letter")).to_have_text(["A", "B"])

    first, second = (table.get_by_role("button", name=name, exact=True) for name in "AB")
    first.focus()
    keys(page, "ArrowRight")
    expect(second).to_be_focused()
    expect(second).to_have_attribute("aria-pressed", "true")
    keys(page, "Enter")
    expect(said).to_have_text("No longer pinned.")
    keys(page, "Escape")
    chart.focus()
    keys(page, "ArrowRight", "Escape")
    expect(page.locator(".points-ring")).to_be_hidden()
    table.get_by_role("button", name="Go there").click()
    expect(page.locator(".pin-table li").first).to_contain_text("are the same setting")


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
