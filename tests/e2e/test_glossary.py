"""Glossary and methods in a real browser, on a phone."""

from playwright.sync_api import expect


def test_both_pages_open_and_the_search_answers(open_page, site, no_overflow):
    page = open_page(f"{site.url}/glossary", width=390, touch=True)
    expect(page.get_by_role("heading", name="Glossary")).to_be_visible()
    page.get_by_label("Search").fill("hypervolume")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="hypervolume")).to_be_visible()
    no_overflow(page)
    page.get_by_role("link", name="Methods").click()
    expect(page.get_by_role("heading", name="What a chart cannot show")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    no_overflow(page)
