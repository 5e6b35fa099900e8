"""Glossary and methods in a real browser, large and on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture(scope="module")
def url(serve, tmp_path_factory):
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    return serve(APP, {"TRADEOFFS_STORE": str(store)}).url


@pytest.mark.parametrize(("width", "touch"), [(1280, False), (390, True)])
def test_both_pages_open_and_the_search_answers(open_page, url, no_overflow, width, touch):
    page = open_page(f"{url}/glossary", width=width, touch=touch)
    expect(page.get_by_role("heading", name="Glossary")).to_be_visible()
    no_overflow(page)
    page.get_by_label("Search").fill("hypervolume")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="hypervolume")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    no_overflow(page)
    page.get_by_role("link", name="Methods").click()
    expect(page.get_by_role("heading", name="What a chart cannot hold")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    no_overflow(page)


def test_a_link_leads_to_its_term(open_page, url):
    page = open_page(f"{url}/glossary?term=knee")
    expect(page.get_by_role("heading", name="knee")).to_be_visible()
    expect(page.get_by_role("button", name="All terms")).to_be_visible()
