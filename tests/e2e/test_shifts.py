"""The page Shifts in a real browser: what shifts move, and models along the intensity."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import opened
from tradeoffs.paths import SERVER

PATIENCE = 60_000  # ms; two busy cores also run the browser
LOSS = "A reference model errs"


@pytest.fixture(scope="module")
def server(serve, tmp_path_factory):
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    return serve(SERVER, {"TRADEOFFS_STORE": str(store), "TRADEOFFS_TABLES": "adult,gss"})


def choose(page: Page, box: str, option: str) -> None:
    """Pick an option of a list."""
    opened(page, lambda: page.get_by_role("combobox", name=box).click())
    page.keyboard.type(option)  # a long list draws only what is in view
    page.get_by_role("option", name=option, exact=True).click()


def part(page: Page, name: str) -> None:
    """Look at a part of the page, until all its results are there."""
    page.get_by_role("radio", name=name).click()
    expect(page.get_by_role("button", name="Download these numbers")).to_be_visible(
        timeout=PATIENCE
    )
    expect(page.get_by_test_id("stProgress")).to_have_count(0, timeout=PATIENCE)


def lines(page: Page) -> dict[str, list[float]]:
    """Where the first panel's lines stand, by their names."""
    return page.evaluate(
        """() => Object.fromEntries(
            document.querySelector(".st-key-along .js-plotly-plot")._fullData
                .filter((trace) => trace.yaxis === "y")
                .map((trace) => [trace.name, Array.from(trace.y)]))"""
    )


def test_a_visitor_picks_a_table_and_shifts_and_sees_what_they_do(open_page, server):
    page = open_page(f"{server.url}/shifts?other_shifts=flips:0.5")
    expect(page.get_by_text(LOSS)).to_be_visible(timeout=PATIENCE)
    choose(page, "Table", "GSS: family income in the United States, 1994 to 2006")
    page.wait_for_url("**dataset=gss**")
    choose(page, "Shifts", "prior shift")
    page.keyboard.press("Escape")
    both = "prior shift (50 %) → label noise (50 %)"
    expect(page.get_by_text(both)).to_be_visible(timeout=PATIENCE)
    handle = page.get_by_role("slider", name="Intensity of label noise")
    handle.focus()
    handle.press("End")
    page.wait_for_url("**flips%3A1.0**")
    told = page.get_by_text("answers changed (3")  # percent
    expect(told).to_be_visible(timeout=PATIENCE)
    assert page.get_by_test_id("stException").count() == 0


def test_models_are_followed_along_beside_and_together(open_page, server, no_overflow):
    page = open_page(f"{server.url}/shifts?other_shifts=flips:1%2Bprior:1")
    expect(page.get_by_text(LOSS)).to_be_visible(timeout=PATIENCE)
    part(page, "Along the intensity")
    found = lines(page)
    assert len(found) == 6 and all(len(y) == 5 for y in found.values())
    assert found["no privacy, no constraint"][-1] < found["no privacy, no constraint"][0]
    part(page, "Together and alone")
    expect(page.get_by_text("sum of each alone").first).to_be_visible()
    part(page, "Side by side")
    expect(page.locator(".st-key-side-by-side .js-plotly-plot")).to_be_visible()
    no_overflow(page)
    assert page.get_by_test_id("stException").count() == 0


def test_a_group_withholds_its_data_on_a_phone(open_page, server, no_overflow):
    page = open_page(f"{server.url}/shifts", width=390, height=844, touch=True)
    page.get_by_role("radio", name="trained on").click()
    expect(page.get_by_text("In training, a group withholds its data")).to_be_visible(
        timeout=PATIENCE
    )
    page.wait_for_url("**training_shifts=opt_out**")
    no_overflow(page)
