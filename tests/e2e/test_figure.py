"""The large chart as a finished figure in a real browser: names, axes, the move, and its files."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_explorer import CHART, choose, here, moved_from, settled, slide, taken, zoom

NAMES = {  # of the default chart
    *("front with ε = 1", "front without privacy", "no constraint, no privacy", "you"),
    "one prediction for everybody, 76.4 %",
}
BOXES = f"""() => {{
    const drawn = (selector) => [...document.querySelectorAll(selector)].map((node) => {{
        const {{ left, right, top, bottom }} = node.getBoundingClientRect();
        return {{ text: node.textContent, left, right, top, bottom }};
    }});
    return {{
        names: drawn(".chart-names text"),
        points: drawn("{CHART} .scatterlayer .points path"),
        area: drawn("{CHART} .nsewdrag")[0],
    }};
}}"""


def ranges(page: Page) -> list[list[float]]:
    """What the axes show."""
    read = f"""() => ["xaxis", "yaxis"].map((axis) =>
        document.querySelector("{CHART}").layout[axis].range)"""
    return page.evaluate(read)


def meet(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes share more than their edges."""
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return across > 1 and down > 1


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark")])
def test_names_cover_neither_points_nor_each_other(open_page, site, width, color_scheme):
    page = open_page(f"{site.url}/?level=explore", width=width, color_scheme=color_scheme)
    settled(page)
    expect(page.locator(".chart-names text").first).to_be_visible()
    found = page.evaluate(BOXES)
    names, area = found["names"], found["area"]
    assert {one["text"] for one in names} == NAMES
    for place, name in enumerate(names):
        assert not [one for one in names[place + 1 :] if meet(name, one)], name
        assert not [one for one in found["points"] if meet(name, one)], name
        assert area["left"] <= name["left"] and name["right"] <= area["right"] + 1


def test_settings_on_the_front_of_what_counts_are_dark(open_page, site):
    page = open_page(f"{site.url}/?level=explore")
    settled(page)
    dark = f"""() => document.querySelector("{CHART}").data
        .filter((trace) => Array.isArray(trace.marker?.color))
        .flatMap((trace) => trace.marker.color)
        .filter((color) => color.endsWith("0.75)")).length"""
    before = page.evaluate(dark)
    page.get_by_role("checkbox", name="Fidelity").first.uncheck()
    page.wait_for_function(f"(before) => ({dark})() < before", arg=before)
    page.wait_for_url("**counted=accuracy%2Bfairness%2Bprivacy**")


def test_a_move_leaves_a_ghost_and_the_axes_stand_still_until_they_mean_something_else(
    open_page, site
):
    page = open_page(f"{site.url}/?level=explore")
    settled(page)
    shown, before = ranges(page), here(page)
    expect(page.locator(".chart-move circle")).to_have_count(0)
    zoom(page)
    assert ranges(page) != shown
    box = page.locator(f"{CHART} .nsewdrag").first.bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + 300, box["y"] + 250)
    page.wait_for_function(
        f"""([[left]]) => document.querySelector("{CHART}").layout.xaxis.range[0] === left""",
        arg=shown,
    )
    slide(page, "epsilon", "ArrowLeft")
    moved_from(page, before)
    expect(page.locator(".chart-move circle")).to_have_count(1)
    expect(page.locator(".chart-move path")).to_have_count(1)
    settled(page)
    (x, y), held = shown, ranges(page)
    assert held[0][0] >= x[0] and held[0][1] <= x[1]  # a gap, smaller to the right
    assert held[1][0] <= y[0] and held[1][1] >= y[1]
    expect(page.locator(".figure-title")).to_contain_text("with ε = 0.5")

    page.get_by_role("button", name="Among other people").click()
    expect(page.locator(".figure-small .main-svg").first).to_be_visible()
    expect(page.locator(".figure-beside")).to_contain_text("accuracy changes by")
    page.wait_for_url("**shift_intensity**")

    choose(page, "x", "Privacy budget")
    page.wait_for_function(f'() => document.querySelector("{CHART}").layout.xaxis.type === "log"')
    expect(page.locator(".chart-move circle")).to_have_count(0)
    expect(page.locator(".figure-title")).to_contain_text("Along the front, the privacy budget")


def test_files_have_title_setting_and_source_and_the_page_needs_no_network(
    open_page, site, browser
):
    page = open_page(f"{site.url}/?level=explore")
    settled(page)
    title = page.locator(".figure-title").inner_text()
    picture = taken(page, "PNG picture").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)] == [2000, 1360]
    drawing = taken(page, "SVG drawing").read_text(encoding="utf-8")
    for words in (title.split(" and ")[0], "Your setting: ε = 1", "Source: Adult", *NAMES):
        assert words in drawing.replace("\u00a0", " ")
    alone = Path(str(taken(page, "HTML page")) + ".html")
    alone.write_bytes(taken(page, "HTML page").read_bytes())
    offline = browser.new_context(offline=True)
    there = offline.new_page()
    failed: list[str] = []
    there.on("requestfailed", lambda request: failed.append(request.url))
    there.goto(alone.as_uri())
    expect(there.locator("#figure .main-svg").first).to_be_visible()
    told = there.evaluate(
        "() => JSON.stringify(document.querySelector('#figure').layout.annotations)"
    )
    assert "Source: Adult" in json.dumps(json.loads(told)) and not failed
    offline.close()
