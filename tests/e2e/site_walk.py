"""Walk through a static site as a learner does: `python -m tests.e2e.site_walk FOLDER`.

Pages are opened as files, without a network.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.e2e.conftest import BROWSER_FLAGS, PATIENCE


def walk(browser: Browser, folder: Path) -> list[str]:
    """Go through every page of a site and return what is wrong, in words.

    Args:
        browser: Chromium.
        folder: of the site.
    """
    context = browser.new_context(offline=True)
    context.set_default_timeout(PATIENCE)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("request", lambda asked: wrong.extend(_outside(asked, folder)))
    try:
        page.goto((folder / "index.html").as_uri())
        page.locator(".search input").wait_for()  # of the page that this one leads to
        links = page.locator("main .cards a").evaluate_all("found => found.map(one => one.href)")
        wrong += _search(page)
        for link in links:
            wrong += _lesson(page, link)
        wrong += _front(page, links[0])
    finally:
        context.close()
    if not links:
        wrong.append("the index has no lessons")
    return wrong


def _outside(asked: Request, folder: Path) -> Iterator[str]:
    """Yield a request for anything but a file of the site."""
    if not asked.url.startswith(folder.as_uri()):
        yield f"asked for {asked.url}"


def _search(page: Page) -> Iterator[str]:
    page.locator(".search input").fill("privacy budget")
    expect(page.locator(".search li a").first).to_be_visible()
    page.locator(".search input").fill("xyzzy")
    expect(page.locator(".search [role=status]")).to_contain_text("xyzzy")
    if page.locator(".search li").count():
        yield "a search for nothing finds something"


def _lesson(page: Page, link: str) -> Iterator[str]:
    """Guess at each step, move each control to each place, and arrive at the end."""
    page.goto(link)
    steps = page.locator("section.step:has(.answer)")
    for place in range(steps.count()):
        step = steps.nth(place)
        if step.locator(".answer").is_visible():
            yield f"{link}: step {place + 1} shows its answer before a guess"
        _guess(step)
        expect(step.locator(".chart .plot-container")).to_be_attached()
        for select in step.locator("select").all():
            for option in select.locator("option").all():
                select.select_option(option.get_attribute("value"))
                if not step.locator(".said li").count() or not step.locator("tbody tr").count():
                    yield f"{link}: step {place + 1} says nothing at {option.text_content()}"
    if not page.locator("#end").is_visible():
        yield f"{link}: the end does not come"
    for one in page.locator("#end a[href^='../kits']").all():
        path = Path(page.url.removeprefix("file://")).parent / (one.get_attribute("href") or "")
        if not path.resolve().is_file():
            yield f"{link}: {path} is not there"


def _guess(step) -> None:
    for field in step.locator("form [type=number]").all():
        field.fill(field.get_attribute("max") or "")
    radio = step.locator("form [type=radio]")
    if radio.count():
        radio.first.check()
    step.locator("form [type=submit]").click()


def _front(page: Page, lesson: str) -> Iterator[str]:
    page.goto(lesson.rpartition("/lessons/")[0] + "/front.html")
    expect(page.locator(".chart .plot-container")).to_be_attached()
    page.locator(".pick").select_option(index=1)
    for place, value in enumerate(page.locator(".scale .value").all_text_contents()):
        if not value:
            yield f"scale {place + 1} has no value of the setting that is picked"


def main() -> int:
    """Walk through the site in a folder; 1 if anything is wrong."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=BROWSER_FLAGS)
        wrong = walk(browser, Path(sys.argv[1]).resolve())
        browser.close()
    sys.stdout.write("\n".join([*wrong, f"{len(wrong)} faults"]) + "\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
