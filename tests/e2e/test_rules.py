"""Rules in a browser: a place makes what its rules do not admit faint in all pictures."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Server, opened

LEFT = re.compile(r"(\d+) of (\d+) settings are admissible under US rules on hiring.*: (\d+) are")


def test_a_place_is_chosen_and_what_it_does_not_admit_is_faint(open_page, site: Server):
    page = open_page(f"{site.url}/?level=explore")
    page.locator(".scales-you").wait_for(state="attached")
    page.locator(".points-chart").wait_for(state="attached")
    expect(page.locator(".scales-line.out")).to_have_count(0)
    page.get_by_role("radio", name="Rules", exact=True).click()
    expect(page.get_by_role("table", name="Regulations").get_by_role("row")).to_have_count(13)
    opened(page, page.get_by_role("combobox", name="Jurisdiction").click)
    page.get_by_role("option", name="United States, hiring").click()
    told = page.locator(".scales-told")
    expect(told).to_contain_text(LEFT)
    found = LEFT.search(told.inner_text())
    assert found is not None
    out = page.locator(".scales-line.out").count()
    assert 0 < out == int(found[3]) < int(found[2])
    expect(page.locator(".points-faint").first).to_be_attached()
    page.wait_for_url("**place=us_employment**")
    page.reload()
    expect(page.locator(".scales-line.out")).to_have_count(out)


def test_on_a_phone_the_table_of_rules_needs_no_scrolling_aside(open_page, site: Server):
    page = open_page(
        f"{site.url}/?level=explore&place=quebec", width=390, color_scheme="dark", touch=True
    )
    page.get_by_role("radio", name="Rules", exact=True).click()
    table = page.get_by_role("table", name="Regulations")
    expect(table).to_contain_text("a duty, which no number can fulfil")
    expect(page.locator(".points-faint")).to_have_count(0)  # duties rule nothing out
    assert table.evaluate("one => one.scrollWidth") <= 390
