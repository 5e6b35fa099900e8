"""The live chart in a real browser: what survives an update, what reaches Python, how it looks."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

APP = Path(__file__).parent / "apps" / "chart_demo.py"
CLOUD = ".st-key-cloud .live-chart"
GROUPS = ".st-key-groups .live-chart"
POINTS_AT_END = 200


@pytest.fixture(scope="module")
def url(serve):
    return serve(APP).url


def drawn(page: Page, chart: str = CLOUD) -> Locator:
    """The plotly div of a chart, once it is there."""
    expect(page.locator(f"{chart} .main-svg").first).to_be_visible(timeout=20_000)
    return page.locator(f"{chart} .js-plotly-plot")


def start_job(page: Page) -> None:
    page.get_by_role("button", name="Start").press("Enter")  # leaves the mouse where it is
    expect(page.get_by_text("working")).to_be_visible()


def wait_job(page: Page) -> None:
    expect(page.get_by_text("at rest")).to_be_visible(timeout=40_000)
    expect(page.locator(f"{CLOUD} .main-svg").first).to_have_attribute(
        "aria-label", f"{POINTS_AT_END} models by epsilon and accuracy."
    )


def open_groups(page: Page) -> Locator:
    page.get_by_role("tab", name="Second tab").click()
    return drawn(page, GROUPS)


def centre(page: Page, chart: str, index: int) -> tuple[float, float]:
    """Where the marker with this index is in the window."""
    marker = page.locator(f"{chart} .points path").nth(index)
    marker.scroll_into_view_if_needed()
    box = place(marker)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def place(locator: Locator) -> FloatRect:
    """Where something visible is in the window, in px."""
    box = locator.bounding_box()
    assert box is not None
    return box


def colour_of(page: Page, variable: str) -> str:
    """A colour of the theme, in the browser's own notation."""
    return page.evaluate(
        """(variable) => {
            const probe = document.createElement("i");
            probe.style.color = `var(${variable})`;
            document.querySelector(".live-chart").append(probe);
            const { color } = getComputedStyle(probe);
            probe.remove();
            return color;
        }""",
        variable,
    )


def fill(locator: Locator, name: str = "fill") -> str:
    return locator.evaluate("(node, name) => getComputedStyle(node)[name]", name)


def test_a_whole_job_is_drawn_in_one_node_and_keeps_zoom_hidden_series_and_label(open_page, url):
    page = open_page(url)
    node = drawn(page)
    node.evaluate(
        """(node) => {
            [node.kept, node.updates, window.added] = [true, 0, 0];
            new MutationObserver((changes) => {
                for (const { addedNodes } of changes)
                    for (const added of addedNodes)
                        window.added += added.matches?.(".live-chart, .js-plotly-plot") ? 1 : 0;
            }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    page.locator(f"{CLOUD} .legendtoggle").nth(1).click()
    expect(page.locator(f"{CLOUD} .legend .traces").nth(1)).to_have_css("opacity", "0.5")
    box = place(page.locator(f"{CLOUD} .nsewdrag"))
    page.mouse.move(box["x"] + 100, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 400, box["y"] + 260, steps=5)
    page.mouse.up()
    ranges = "({ layout }) => [...layout.xaxis.range, ...layout.yaxis.range]"
    page.wait_for_function(
        "(node) => node.layout.xaxis.autorange === false", arg=node.element_handle()
    )
    zoomed = node.evaluate(ranges)
    node.evaluate("(node) => node.on('plotly_react', () => (node.updates += 1))")
    start_job(page)
    wait_job(page)
    assert page.evaluate("window.added") == 0
    assert node.evaluate("(node) => node.kept")
    # A slow machine may skip some of the 26 payloads, as only the latest counts.
    assert 5 <= node.evaluate("(node) => node.updates") <= 30
    assert node.evaluate(ranges) == zoomed
    visible = node.evaluate("({ data }) => data.map(({ visible }) => visible ?? true)")
    assert visible == [True, "legendonly", True, True]
    page.locator(f"{CLOUD} .legendtoggle").nth(1).click()
    expect(page.locator(f"{CLOUD} .points path")).to_have_count(POINTS_AT_END)


def test_hover_label_outlives_updates(open_page, url):
    page = open_page(url)
    drawn(page)
    page.mouse.move(*centre(page, CLOUD, 0))
    expect(page.locator(f"{CLOUD} .hovertext")).to_be_visible()
    start_job(page)
    wait_job(page)
    expect(page.locator(f"{CLOUD} .hovertext")).to_be_visible()


def test_it_has_a_text_alternative_and_the_same_payload_is_not_drawn_again(
    open_page, url, wait_ready
):
    page = open_page(url)
    node = drawn(page)
    expect(page.get_by_role("img", name="32 models by epsilon and accuracy.")).to_be_visible()
    # Plotly's own buttons stay within reach of the keyboard, and so outside of the image.
    assert page.locator("[role=img] :is(button, a, [tabindex])").count() == 0
    node.evaluate("(node) => node.on('plotly_afterplot', () => (node.again = true))")
    slider = page.get_by_role("slider")
    slider.press("ArrowRight")
    expect(page.get_by_text("1.50")).to_be_visible()
    wait_ready(page)
    assert node.evaluate("(node) => node.again ?? false") is False


def test_click_reaches_python(open_page, url):
    page = open_page(url)
    drawn(page)
    position = centre(page, CLOUD, 0)
    page.mouse.move(*position)
    expect(page.locator(f"{CLOUD} .nsewdrag")).to_have_css("cursor", "pointer")
    page.mouse.click(*position)
    first_in_series = page.locator(f"{CLOUD} .js-plotly-plot").evaluate(
        "({ _fullData }) => Number(_fullData[0].customdata[0])"
    )
    expect(page.get_by_text(f"clicked {first_in_series}")).to_be_visible()
    expect(page.get_by_text(f"callback got [{first_in_series}].")).to_be_visible()


def test_box_selection_reaches_python(open_page, url):
    page = open_page(url)
    open_groups(page).hover()
    page.locator(f"{GROUPS} .modebar-btn[data-title='Box Select']").click()
    (left, top), (right, bottom) = centre(page, GROUPS, 1), centre(page, GROUPS, 0)
    page.mouse.move(min(left, right) - 30, min(top, bottom) - 30)
    page.mouse.down()
    page.mouse.move(max(left, right) + 30, max(top, bottom) + 30, steps=5)
    page.mouse.up()
    expect(page.get_by_text("selected ['young', 'old']")).to_be_visible()


def test_dark_theme_and_switch_of_theme(open_page, url):
    page = open_page(url, color_scheme="dark")
    node = drawn(page)
    node.evaluate("(node) => (node.kept = true)")
    label = page.locator(f"{CLOUD} .xtitle")
    line = page.locator(f"{CLOUD} .js-line").first
    dark = colour_of(page, "--st-text-color")
    assert fill(label) == dark
    assert dark.removeprefix("rgb(").rstrip(")") in fill(line, "stroke")
    assert fill(line, "strokeOpacity") == "0.6"
    page.mouse.move(*centre(page, CLOUD, 0))
    panel = page.locator(f"{CLOUD} .hovertext path").first
    expect(panel).to_be_visible()
    assert fill(panel) == colour_of(page, "--st-secondary-background-color")
    assert fill(panel, "fillOpacity") == "1"

    page.emulate_media(color_scheme="light")
    expect(label).not_to_have_css("fill", dark)
    light = colour_of(page, "--st-text-color")
    assert light != dark
    expect(label).to_have_css("fill", light)
    expect(line).to_have_css("stroke", light)
    assert node.evaluate("(node) => node.kept")


def test_it_fits_a_phone_whose_finger_scrolls_over_it_and_taps_it(open_page, url, no_overflow):
    page = open_page(url, width=390, height=600, touch=True)
    drawn(page)
    no_overflow(page)
    plot = place(page.locator(f"{CLOUD} .nsewdrag"))
    title = place(page.locator(f"{CLOUD} .xtitle"))
    legend = place(page.locator(f"{CLOUD} .legend"))
    assert plot["height"] > 200
    assert legend["y"] >= title["y"] + title["height"] > plot["y"] + plot["height"]
    for box in (title, legend):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    expect(page.locator(f"{CLOUD} .modebar")).to_be_hidden()
    x, y = centre(page, CLOUD, 0)
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": [*points]})
        page.wait_for_timeout(30)

    touch("Start", {"x": x, "y": y})
    for step in range(1, 8):
        touch("Move", {"x": x, "y": y - 15 * step})
    touch("End")
    assert page.locator(".stMain").evaluate("(node) => node.scrollTop") > 40
    expect(page.get_by_text("clicked None")).to_be_visible()
    page.touchscreen.tap(*centre(page, CLOUD, 0))
    expect(page.get_by_text(re.compile(r"callback got \[\d+\]\."))).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.get_by_text(re.compile(r"callback got \[\d+\]\."))).to_be_visible()


def test_payloads_that_overtake_the_code_do_no_harm(open_page, url):
    held = []

    def hold(page: Page) -> None:
        page.route("**/chart.js*", lambda route: held.append(route))

    page = open_page(url, prepare=hold)
    start_job(page)
    expect(page.get_by_text("at rest")).to_be_visible(timeout=40_000)
    held[0].continue_()
    drawn(page)
    expect(page.locator(f"{CLOUD} .points path")).to_have_count(POINTS_AT_END)


def test_message_where_plotly_does_not_load(open_page, url):
    def block(page: Page) -> None:
        page.route("**/plotly.min.js*", lambda route: route.abort())

    page = open_page(url, prepare=block)
    message = page.locator(CLOUD).get_by_role("status")
    expect(message).to_contain_text("could not be drawn: plotly.js did not load")
    expect(message).to_contain_text("32 models by epsilon and accuracy.")


def test_message_for_a_colour_that_no_theme_has(open_page, url):
    page = open_page(url)
    open_groups(page)
    room = place(page.locator(f"{GROUPS} .nsewdrag"))
    page.get_by_text("Unknown colour").click()
    expect(page.locator(GROUPS).get_by_role("status")).to_contain_text("var(--st-no-color)")
    page.get_by_text("Unknown colour").click()
    expect(page.locator(f"{GROUPS} .points path").first).to_be_visible()
    expect(page.locator(GROUPS).get_by_role("status", include_hidden=True)).to_be_hidden()
    again = place(page.locator(f"{GROUPS} .nsewdrag"))
    assert (again["width"], again["height"]) == (room["width"], room["height"])


def test_hidden_tab_is_drawn_when_it_opens(open_page, url):
    page = open_page(url)
    drawn(page)
    expect(page.locator(f"{GROUPS} .main-svg")).to_have_count(0)
    open_groups(page)
    shown = place(page.locator(f"{GROUPS} .main-svg").first)["width"]
    assert shown == place(page.locator(GROUPS))["width"] > 500


@pytest.mark.parametrize("reduced_motion", ["no-preference", "reduce"])
def test_points_glide_unless_motion_is_unwanted(open_page, url, reduced_motion):
    page = open_page(url, reduced_motion=reduced_motion)
    open_groups(page).evaluate(
        """(node) => {
            window.heights = new Set();
            const look = () => {
                const marker = node.querySelector(".points path");
                if (marker) heights.add(Math.round(marker.getBoundingClientRect().y));
                requestAnimationFrame(look);
            };
            look();
        }"""
    )
    page.get_by_role("slider").press("ArrowRight")
    expect(page.locator(f"{GROUPS} .xtick").last).to_have_text("6")
    expect(page.locator(f"{GROUPS} .gtitle")).to_have_text("Groups at shift 1.5")
    expect(page.locator(f"{GROUPS} .ytitle")).to_have_text("Rate x 1.5")
    heights = page.evaluate("heights.size")
    assert heights > 2 if reduced_motion == "no-preference" else heights == 2


def test_removed_chart_is_purged_and_comes_back(open_page, url):
    page = open_page(url)
    open_groups(page).evaluate("(node) => (window.old = node)")
    page.get_by_text("Show groups").click()
    expect(page.locator(GROUPS)).to_have_count(0)
    page.wait_for_function("window.old._fullLayout === undefined")
    page.get_by_text("Show groups").click()
    drawn(page, GROUPS)
