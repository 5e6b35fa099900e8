"""The page Remedies in a real browser: a dial, a way and a part, without losing the place."""

import re

from playwright.sync_api import expect

TOLD = re.compile(r"By training together, \S+ of the 9 communities gains? over training alone")
LEFT = re.compile(r"With “federated averaging \(FedAvg\)”, \S+ of the 9 communities")


def test_a_visitor_moves_the_people_and_compares_ways(open_page, site, no_overflow):
    page = open_page(f"{site.url}/remedies")
    expect(page.get_by_text(TOLD)).to_be_visible()
    few = page.locator(".panel-card").first.inner_text()
    handle = page.get_by_role("slider", name="People each community has")
    handle.focus()
    handle.press("ArrowRight")
    page.wait_for_url("**rows=200**")
    page.wait_for_function(
        "(few) => document.querySelector('.panel-card').innerText !== few", arg=few
    )
    expect(handle).to_be_focused()
    page.get_by_role("radio", name="Explore").click()
    page.get_by_role("radio", name="Who gains").click()
    expect(page.get_by_role("heading", name=LEFT)).to_be_visible()
    home = page.get_by_role("row", name="South Atlantic")
    expect(home.get_by_role("cell").last).to_contain_text("points")
    no_overflow(page)
    assert page.get_by_test_id("stException").count() == 0


def test_a_link_opens_a_part_and_says_what_it_cannot_use(open_page, site):
    page = open_page(f"{site.url}/remedies?level=explore&part=gain_curve&remedy=pooled&home=Rome")
    expect(page.get_by_text("home='Rome' is not offered; use one of: New England")).to_be_visible()
    expect(page.locator(".panel-figure .js-plotly-plot")).to_be_visible()
    expect(page.get_by_role("radio", name="The dial")).to_be_checked()
    assert "home" not in page.url
