"""A table of one's own in a real browser: brought, shown as text, trained on, and gone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.data.upload.conftest import as_csv, people
from tests.e2e.visitor import choose, use
from tradeoffs.paths import APP

SCRIPT = "<script>document.title='owned'</script>"
SECRET = "Quetzalcoatl"


def bring(page: Page, content: bytes) -> None:
    choose(page, content)
    use(page, "hired", "yes", "sex")


def test_a_file_is_brought_shown_as_text_and_trained_on_and_nothing_is_kept(
    open_page, uploads, scratch
):
    page = open_page(f"{uploads.url}/data")
    columns = people()
    columns["town"] = [SECRET, "South", "<b>West</b>"] * 200
    bring(page, as_csv({SCRIPT: columns["sex"], **columns}))
    page.get_by_role("link", name="Open in the Explorer").click()
    expect(page.get_by_text(re.compile("all trained"))).to_be_visible()
    expect(page.locator(".st-key-front .main-svg").first).to_be_visible()
    assert "dataset=own-" in page.url
    expect(page.get_by_text("epsilon protects a row").first).to_be_visible()
    expect(page.get_by_text("‹script›").first).to_be_visible()
    assert not page.locator(".stApp script").count()
    assert "owned" not in page.title()

    other = open_page(page.url)  # another visitor, with the same link
    expect(other.get_by_text("kept for their tab alone")).to_be_visible()

    assert (scratch / "store.sqlite").exists()
    for file in [uploads.log, *(one for one in scratch.rglob("*") if one.is_file())]:
        assert SECRET.encode() not in file.read_bytes(), file


def test_a_table_is_gone_when_its_tab_is_closed(open_page, serve, tmp_path_factory):
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    demo = serve(APP.parent / "tests/e2e/apps/leaving_demo.py", {"TRADEOFFS_STORE": str(store)})
    owner, other = open_page(demo.url), open_page(demo.url)
    owner.get_by_role("button", name="Bring").click()
    expect(owner.get_by_text("held: 1")).to_be_visible()
    other.get_by_role("button", name="Look").click()
    expect(other.get_by_text("held: 1")).to_be_visible()
    owner.close()
    for _ in range(100):
        other.get_by_role("button", name="Look").click()
        other.wait_for_timeout(200)
        if other.get_by_text("held: 0").count():
            return
    pytest.fail("the table is still held")
