"""Visits to the Explorer in a real browser, on the real worker: a page is opened once a visit."""

import csv
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.e2e.conftest import opened
from tradeoffs.report.charts.front_chart import STANDINGS

LINE = 25  # px: words of the models that have arrived may need one more than those of all
CHART = ".st-key-front .js-plotly-plot"
PEOPLE = ".icons-group svg[role=img]"
DONE = "all trained"


def settled(page: Page) -> None:
    """Wait until everything is trained and drawn."""
    expect(page.get_by_text(DONE)).to_be_visible()
    expect(page.locator(f"{CHART} .main-svg").first).to_be_visible()


def here(page: Page) -> tuple[float, float]:
    """Where the setting's star stands, in the units of the axes."""
    return tuple(
        page.evaluate(
            f"""() => {{
                const plot = document.querySelector("{CHART}");
                const trace = plot._fullData.find((trace) => trace.name === "you are here");
                return [trace.x[0], trace.y[0]];
            }}"""
        )
    )


def moved_from(page: Page, before: tuple[float, float]) -> None:
    page.wait_for_function(
        f"""(before) => {{
            const plot = document.querySelector("{CHART}");
            const trace = plot && plot._fullData.find((trace) => trace.name === "you are here");
            return trace && (trace.x[0] !== before[0] || trace.y[0] !== before[1]);
        }}""",
        arg=list(before),
    )


def unfold(page: Page) -> None:
    """Open the choices of table, label and groups."""
    page.locator(".st-key-data summary").click()
    page.wait_for_timeout(700)  # a list that opens while they unfold is closed again


def choose(page: Page, key: str, option: str) -> None:
    """Choose an option of a select box by keyboard alone."""
    box = page.locator(f".st-key-{key} input")

    def press() -> None:
        box.focus()
        box.press("ArrowDown")

    opened(page, press)
    page.keyboard.type(option)
    expect(page.get_by_role("option").first).to_contain_text(option)
    page.keyboard.press("Enter")


def slide(page: Page, field: str, key: str) -> None:
    """Move the slider of a field by keyboard alone."""
    handle = page.locator(f".st-key-{field}").get_by_role("slider")
    handle.focus()
    handle.press(key)


def look_at(page: Page, part: str) -> None:
    """Choose what is shown below the front."""
    page.get_by_role("radio", name=part).click()


def downloaded(page: Page) -> list[dict[str, str]]:
    """Take the numbers of the part along."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these numbers").click()
    with open(download.value.path(), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def taken(page: Page, kind: str) -> Path:
    """Take the figure along."""
    page.locator(".figure-menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=kind).click()
    return Path(download.value.path())


def sound(page: Page) -> bool:
    return page.get_by_test_id("stException").count() == 0


def test_a_first_visitor_sees_clicks_and_takes_along(open_page, site):
    page = open_page(f"{site.url}/?level=explore")
    settled(page)
    names = page.evaluate(
        f'() => document.querySelector("{CHART}")._fullData.map((trace) => trace.name)'
    )
    assert {"front", "you are here", "no constraint, no privacy"} <= set(names)
    assert page.locator(f"{CHART} .legend").count() == 0
    told = page.locator(".screen-words li:visible")
    expect(told).to_have_count(3)
    assert all(any(sign.isdigit() for sign in text) for text in told.all_inner_texts())
    assert "accuracy falls by" in page.locator(".figure-title").inner_text()
    label = page.locator(f"{CHART} .main-svg").first.get_attribute("aria-label") or ""
    assert "Scatter chart" in label
    assert page.locator(".screen-cards > div").count() == 3

    ends = page.locator(".ends").first
    expect(ends).to_have_css("display", "flex")
    star = page.locator(f"{CHART} .scatterlayer .points path").last
    star.scroll_into_view_if_needed()
    box = star.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".point-box")).to_be_visible()
    expect(ends).to_have_css("display", "flex")

    rows = list(csv.DictReader(taken(page, "CSV table").read_text("utf-8").splitlines()))
    names = list(STANDINGS.values())
    points = page.evaluate(
        f"""() => document.querySelector("{CHART}")._fullData
            .filter((t) => {names}.includes(t.name))
            .reduce((sum, t) => sum + t.x.length, 0)"""
    )
    elsewhere = [row for row in rows if float(row["shift_intensity"])]
    assert len(elsewhere) == 4 and {row["on_front"] for row in elsewhere} == {"False"}
    assert len(rows) - len(elsewhere) == points
    assert {"accuracy", "gap", "epsilon_spent", "fidelity", "on_front"} <= rows[0].keys()

    figure = page.locator(PEOPLE).first
    expect(figure).to_be_visible()
    assert "Female, of 100 people: " in (figure.get_attribute("aria-label") or "")
    expect(page.locator(".icons-group .head")).to_have_count(200)
    look_at(page, "Who pays")
    rows = downloaded(page)
    assert {row["attribute"] for row in rows} == {"sex", "sex*race"}
    empty = [row for row in rows if not row["selection_rate"]]
    assert empty and all(int(row["people"]) < 30 for row in empty)

    look_at(page, "Privacy")
    expect(page.get_by_text("and so the screen as a whole promises nothing")).to_be_visible()
    own, best, noisy, everything = (float(row["epsilon"]) for row in downloaded(page))
    assert own <= 1 < best < noisy < everything == float("inf")
    slide(page, "epsilon", "ArrowLeft")
    page.wait_for_url("**epsilon=0.5**")
    expect(page.get_by_text("against 0.49")).to_be_visible()
    assert sound(page)


def zoom(page: Page) -> str:
    """Show a curve and zoom in; return what the chart is to keep."""
    page.get_by_role("button", name="Along model size").click()
    area = page.locator(f"{CHART} .nsewdrag").first
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 320, box["y"] + 200, steps=6)
    page.mouse.up()
    page.wait_for_timeout(600)
    return kept(page)


def kept(page: Page) -> str:
    return page.evaluate(
        f"""() => {{
            const plot = document.querySelector("{CHART}");
            const along = plot.data.filter((trace) => trace.meta?.section && trace.visible);
            return JSON.stringify([plot.layout.xaxis.range, along.map((trace) => trace.name)]);
        }}"""
    )


def test_each_slider_retrains_by_keyboard_alone_and_what_was_zoomed_stays(open_page, site):
    page = open_page(f"{site.url}/?level=explore")
    settled(page)
    people = page.locator(PEOPLE).first
    expect(people).to_be_visible()
    label = people.get_attribute("aria-label")
    zoomed = zoom(page)
    assert "along model size" in zoomed and "privacy budget" not in zoomed
    for field, key, value in (
        ("epsilon", "ArrowLeft", "0.5"),
        ("max_gap", "ArrowLeft", "0.2"),
        ("width", "ArrowRight", "4"),
        ("shift_intensity", "ArrowRight", "0.25"),
        ("rows", "ArrowLeft", "1000"),
    ):
        before = here(page)
        slide(page, field, key)
        moved_from(page, before)
        page.wait_for_url(f"**{field}={value}**")
        settled(page)
    assert kept(page) == zoomed
    changed = f":not([aria-label={label!r}])" if label else ""
    expect(page.locator(f"{PEOPLE}{changed}").first).to_be_visible()
    star = here(page)
    page.reload()
    settled(page)
    assert here(page) == star  # the link alone brings the setting back


def test_a_link_restores_the_setting_and_tells_what_it_could_not_use(open_page, site):
    bad = "width=banana&rows=-5&nonsense=1&protected=raised&notion=kindness"
    page = open_page(f"{site.url}/?{bad}&x=privacy&y=privacy&epsilon=none&max_gap=0&seed=2")
    settled(page)
    for field in ("width='banana'", "rows='-5'", "'nonsense'", "'raised'", "'kindness'"):
        expect(page.get_by_text(field)).to_be_visible()
    values = page.locator(".st-key-max_gap").get_by_role("slider").get_attribute("aria-valuetext")
    assert values == "0 %"
    expect(page.get_by_text("Both axes show Privacy budget")).to_be_visible()
    title = page.evaluate(f'() => document.querySelector("{CHART}").layout.xaxis.title.text')
    assert "Privacy budget" in title
    assert sound(page)


def test_everything_is_within_reach_on_a_phone(open_page, site, no_overflow, wait_ready):
    page = open_page(f"{site.url}/?protected=race", width=390, height=844, touch=True)
    settled(page)
    no_overflow(page)
    for part in ("Who pays", "In words"):
        look_at(page, part)
        expect(page.get_by_role("radio", name=part)).to_be_checked()
        wait_ready(page)
        page.wait_for_timeout(500)
        no_overflow(page)

    people = page.locator(".icons-groups")  # stay in view beside the sliders, and no longer
    for name in ("shift_intensity", "max_gap"):
        slider = page.locator(f".st-key-{name}")
        slider.evaluate("(node) => node.scrollIntoView({block: 'end'})")
        expect(people).to_be_in_viewport(ratio=0.9)
        expect(slider).to_be_in_viewport()
    page.get_by_role("radio", name="Privacy").evaluate("(node) => node.scrollIntoView()")
    expect(people).not_to_be_in_viewport()

    look_at(page, "Explanation")
    expect(page.get_by_text("never a real record")).to_be_visible()
    expect(page.get_by_text("The model answers")).to_be_visible()
    choose(page, "case-adult", "A teacher of 36")
    expect(page.get_by_text("The model answers")).to_be_visible()
    bars = page.locator(".st-key-attributions .main-svg").first
    assert "12 features" in (bars.get_attribute("aria-label") or "")
    no_overflow(page)

    look_at(page, "Privacy")
    measure = page.get_by_role("button", name="Measure the leakage")
    expect(measure).to_be_visible()
    no_overflow(page)
    measure.click()
    curves = page.locator(".st-key-roc .main-svg").first
    expect(curves).to_be_visible()
    no_overflow(page)
    slide(page, "epsilon", "ArrowLeft")  # what leaks belongs to its setting
    expect(measure).to_be_visible()
    expect(curves).not_to_be_visible()
    slide(page, "epsilon", "ArrowRight")
    expect(curves).to_be_visible()
    assert sound(page)


def stored(store: Path) -> int:
    """How many results a store holds."""
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute("SELECT count(*) FROM rows").fetchone()[0]


def workers_of(pid: int) -> list[int]:
    """The processes below a server that train."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                command = (folder / "cmdline").read_text()
            except (OSError, IndexError):
                continue
            if parent == pid and "LokyProcess" in command:
                found.append(int(folder.name))
    return found


def test_models_arrive_without_a_run_or_a_jump_and_a_killed_worker_is_replaced(
    open_page, site, store
):
    runs: list[int] = []

    def listen(page: Page) -> None:
        def opened(socket: WebSocket) -> None:
            if socket.url.endswith("/_stcore/stream"):
                socket.on("framesent", lambda _: runs.append(1))

        page.on("websocket", opened)

    page = open_page(f"{site.url}/?seed=31&rows=1000", prepare=listen)
    place = "() => document.querySelector('.st-key-details').getBoundingClientRect().top"
    expect(page.get_by_text("Training models:")).to_be_visible()
    expect(page.locator(".st-key-y input")).to_be_visible()  # loaded when it is drawn
    before, top = len(runs), page.evaluate(place)
    settled(page)
    assert before and len(runs) == before
    assert abs(page.evaluate(place) - top) < LINE

    results = stored(store)
    slide(page, "rows", "End")  # everybody: several seconds of training
    expect(page.get_by_text("Training models:")).to_be_visible()
    pids = workers_of(site.process.pid)
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    expect(page.get_by_text("The worker was restarted")).to_be_visible()
    settled(page)
    assert stored(store) > results
    assert sound(page)


def test_lists_change_by_keyboard_and_a_link_brings_them_back(open_page, site):
    page = open_page(f"{site.url}/?max_gap=0.05")
    settled(page)
    choose(page, "notion", "equalised odds")
    page.wait_for_url("**notion=equalized_odds**")
    unfold(page)
    choose(page, "protected", "sex × race")
    page.wait_for_url("**protected=sex*race**")
    expect(page.get_by_text("among 10 groups by sex × race")).to_be_visible()
    settled(page)
    page.reload()
    settled(page)
    expect(page.get_by_text("among 10 groups by sex × race")).to_be_visible()
    title = page.evaluate(f'() => document.querySelector("{CHART}").layout.xaxis.title.text')
    assert "true or false positive rates" in title
    unfold(page)
    choose(page, "dataset", "COMPAS")
    page.wait_for_url("**dataset=compas**")
    settled(page)
    assert "max_gap=0.05" in page.evaluate("() => location.search")
    look_at(page, "Who pays")
    expect(page.get_by_text("people are predicted “not arrested again”")).to_be_visible()
    assert sound(page)


WORDS_ABOVE = """() => {
    const top = document.querySelector(".icons-group svg").getBoundingClientRect().top;
    const main = document.querySelector(".stMain");
    const every = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const words = [];
    while (every.nextNode()) {
        range.selectNodeContents(every.currentNode);
        const { width, height, bottom } = range.getBoundingClientRect();
        if (width > 1 && height > 1 && bottom <= top) words.push(every.currentNode.textContent);
    }
    return words.join(" ").trim().split(/\\s+/).length;
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_a_bare_visit_opens_a_story_of_one_slider_and_fetches_no_chart(open_page, site, width):
    fetched: list[str] = []
    page = open_page(
        site.url,
        width=width,
        height=844,
        reduced_motion="reduce",
        prepare=lambda one: one.on("request", lambda request: fetched.append(request.url)),
    )
    figures = page.locator(PEOPLE)
    expect(figures).to_have_count(2)
    assert page.get_by_role("slider").count() == 1
    assert 0 < page.evaluate(WORDS_ABOVE) <= 41  # one is the name of the other language
    expect(page.locator(".screen-words li")).to_have_count(2)
    for one in (figures.first, page.locator(".st-key-epsilon"), page.locator(".st-key-compact")):
        expect(one).to_be_in_viewport()  # a move and its consequence, without scrolling
    before = figures.first.get_attribute("aria-label")
    assert page.locator(".ring").count() == 0
    slide(page, "epsilon", "ArrowLeft")
    page.wait_for_url("**epsilon=0.5**")
    expect(page.locator(f"{PEOPLE}:not([aria-label={before!r}])").first).to_be_visible()
    expect(page.locator(".icons-group .ring").first).to_be_attached()
    expect(page.locator(".icons-legend")).to_contain_text("changed with the last move")
    expect(page.locator("[aria-live]", has_text="From ε = 1 to ε = 0.5: accuracy")).to_be_attached()
    assert not [url for url in fetched if "plotly" in url]
    assert sound(page)


def test_the_lab_has_every_switch(open_page, site):
    page = open_page(f"{site.url}/?level=story", width=390, height=844)
    expect(page.locator(PEOPLE).first).to_be_visible()
    page.get_by_role("radio", name="Lab").click()
    settled(page)
    page.wait_for_url("**level=lab**")
    choose(page, "mechanism", "clip only")
    page.wait_for_url("**mechanism=clip_only**")
    assert sound(page)
