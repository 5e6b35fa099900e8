"""The page Shifts in a real browser: what shifts move, and models along the intensity."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import opened

LOSS = "A reference model has an error rate"
BOTH = "With “prior shift” (50 %), then “label noise” ({} %)"


def choose(page: Page, box: str, option: str) -> None:
    """Pick an option of a list."""
    opened(page, lambda: page.get_by_role("combobox", name=box).click())
    page.keyboard.type(option)  # a long list draws only what is in view
    page.get_by_role("option", name=option, exact=True).click()


def part(page: Page, name: str) -> None:
    """Look at a part of the page, until all its results are there."""
    page.get_by_role("radio", name=name).click()
    expect(page.locator(".bars")).to_have_count(0)
    expect(page.get_by_role("button", name="Download these numbers")).to_be_visible()
    expect(page.get_by_test_id("stProgress")).to_have_count(0)


def lines(page: Page) -> dict[str, list[float]]:
    """Where the first panel's lines stand, by their names, once all have every intensity."""
    page.wait_for_function(
        """() => document.querySelector(".st-key-along .js-plotly-plot")?._fullData
            ?.filter((trace) => trace.yaxis === "y").every((trace) => trace.y.length === 5)"""
    )
    return page.evaluate(
        """() => Object.fromEntries(
            document.querySelector(".st-key-along .js-plotly-plot")._fullData
                .filter((trace) => trace.yaxis === "y")
                .map((trace) => [trace.name, Array.from(trace.y)]))"""
    )


def test_a_visitor_picks_a_table_and_shifts_and_sees_what_they_do(open_page, site):
    page = open_page(f"{site.url}/shifts?other_shifts=flips:0.5")
    expect(page.get_by_text(LOSS)).to_be_visible()
    choose(page, "Table", "GSS: family income in the United States, 1994 to 2006")
    page.wait_for_url("**dataset=gss**")
    choose(page, "Shifts", "prior shift")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name=BOTH.format(50))).to_be_visible()
    handle = page.get_by_role("slider", name="Intensity of label noise")
    handle.focus()
    handle.press("End")
    page.wait_for_url("**flips%3A1.0**")
    expect(page.get_by_role("heading", name=BOTH.format(100))).to_be_visible()
    changed = page.get_by_role("row", name="People whose answer changed")
    expect(changed.get_by_role("cell", name="3")).to_be_visible()  # of ten
    assert page.get_by_test_id("stException").count() == 0


def test_models_are_followed_along_beside_and_together(open_page, site, no_overflow):
    page = open_page(f"{site.url}/shifts?other_shifts=flips:1%2Bprior:1")
    expect(page.get_by_text(LOSS)).to_be_visible()
    part(page, "Along the intensity")
    found = lines(page)
    assert len(found) == 6 and all(len(y) == 5 for y in found.values())
    assert found["no privacy, no constraint"][-1] < found["no privacy, no constraint"][0]
    part(page, "Together and alone")
    expect(page.get_by_text("sum of their separate effects").first).to_be_visible()
    part(page, "Side by side")
    expect(page.locator(".st-key-side-by-side .js-plotly-plot")).to_be_visible()
    no_overflow(page)
    assert page.get_by_test_id("stException").count() == 0
