"""A purse in a browser: what its budget does not cover is faint, and a link keeps it."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Server, opened

COVERED = re.compile(r"\(([\d,]+)\) covers (\d+) of (\d+) settings; (\d+) cost more")


def test_a_budget_fades_what_it_does_not_cover_and_a_larger_one_brings_it_back(
    open_page, site: Server
):
    page = open_page(f"{site.url}/?level=explore&tab=cost")
    page.locator(".points-chart").wait_for(state="attached")
    expect(page.locator(".scales-line.out")).to_have_count(0)
    opened(page, page.get_by_role("combobox", name="Purse").click)
    page.get_by_role("option", name="Village clinic").click()
    told = page.locator(".scales-told")
    expect(told).to_contain_text(COVERED)
    found = COVERED.search(told.inner_text())
    assert found is not None and int(found[4]) == int(found[3]) - int(found[2]) > 0
    expect(page.locator(".scales-line.out")).to_have_count(int(found[4]))
    expect(page.locator(".points-faint").first).to_be_attached()
    page.wait_for_url("**purse=village_clinic**")
    page.get_by_text("Its budget and prices").click()
    budget = page.get_by_role("spinbutton", name="Budget, money")
    budget.fill("100000")
    budget.press("Enter")
    expect(page.locator(".scales-line.out")).to_have_count(0)
    page.wait_for_url("**purse=village_clinic%2Bbudget%3A100000**")
    page.reload()
    expect(page.locator(".scales-told")).to_contain_text("(100,000) covers")
