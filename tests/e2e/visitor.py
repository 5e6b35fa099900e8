"""What a visitor with a table does on the page Data, in a browser."""

from playwright.sync_api import FrameLocator, Page, expect

from tests.e2e.conftest import opened


def choose(page: Page | FrameLocator, content: bytes) -> None:
    """Choose a file, and wait until it was read."""
    page.get_by_text("Your own table (CSV, Excel, Parquet)").click()
    page.locator('.st-key-own-file-0 input[type="file"]').set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.locator(".st-key-own-label input").wait_for()


def use(page: Page, label: str, favourable: str, protected: str) -> None:
    """Decide what the table is used for, and wait until it is there."""
    _pick(page, "own-label", label)
    _pick(page, f"own-Favourable-answers-{label}", favourable)
    page.keyboard.press("Escape")  # several may be chosen, so the list stays open
    _pick(page, "own-protected", protected)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Use this table").click()
    expect(page.get_by_text("epsilon does not cover them").first).to_be_visible()


def _pick(page: Page, key: str, option: str) -> None:
    box = page.locator(f".st-key-{key} input")
    box.wait_for()
    opened(page, box.click)
    page.get_by_role("option", name=option).first.click()
