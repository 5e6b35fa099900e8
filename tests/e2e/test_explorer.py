"""The Explorer in a real browser: what a visitor sees, moves and gets, on the real worker."""

import csv
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.e2e.conftest import opened
from tradeoffs.paths import SERVER
from tradeoffs.report.charts.front_chart import STANDINGS

CHART = ".st-key-front .js-plotly-plot"
DONE = "all trained"
PATIENCE = 60_000  # ms; two busy cores also run the browser


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store") / "store.sqlite"


@pytest.fixture(scope="module")
def server(serve, store):
    return serve(SERVER, {"TRADEOFFS_STORE": str(store)})


def settled(page: Page) -> None:
    """Wait until everything is trained and drawn."""
    expect(page.get_by_text(DONE)).to_be_visible(timeout=PATIENCE)
    expect(page.locator(f"{CHART} .main-svg").first).to_be_visible(timeout=PATIENCE)


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
        timeout=PATIENCE,
    )


def test_the_first_visitor_sees_the_front_and_the_words(open_page, server):
    page = open_page(server.url)
    settled(page)
    names = page.evaluate(
        f'() => document.querySelector("{CHART}")._fullData.map((trace) => trace.name)'
    )
    assert {"front", "you are here", "no constraint, no privacy"} <= set(names)
    assert sum(name.startswith("along ") for name in names) == 4
    words = page.locator(".screen-words li")
    assert words.count() >= 5
    label = page.locator(f"{CHART} .main-svg").first.get_attribute("aria-label") or ""
    assert "Scatter chart" in label
    assert page.locator(".screen-cards > div").count() == 4
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize(
    ("slider", "key", "field"),
    [
        ("Privacy budget ε", "ArrowLeft", "epsilon=0.5"),
        ("Largest allowed gap", "ArrowLeft", "max_gap=0.2"),
        ("Model size, hidden units", "ArrowRight", "width=4"),
        ("Shift intensity", "ArrowRight", "shift_intensity=0.25"),
    ],
)
def test_each_slider_retrains_by_keyboard_alone(open_page, server, slider, key, field):
    page = open_page(server.url)
    settled(page)
    before = here(page)
    handle = page.get_by_role("slider", name=slider)
    handle.focus()
    handle.press(key)
    moved_from(page, before)
    page.wait_for_url(f"**{field}**")
    settled(page)
    page.reload()
    settled(page)
    assert here(page) != before  # the link alone brings the moved setting back


def test_a_link_restores_the_setting_and_tells_what_it_could_not_use(open_page, server):
    page = open_page(f"{server.url}/?epsilon=0.3&width=banana&rows=-5&nonsense=1&seed=2")
    settled(page)
    assert page.get_by_role("slider", name="Privacy budget ε").get_attribute("aria-valuetext") == (
        "0.3"
    )
    for told in ("width='banana'", "rows='-5'", "'nonsense' is not a setting"):
        expect(page.get_by_text(told)).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_it_fits_a_phone(open_page, server, no_overflow, color_scheme):
    page = open_page(server.url, width=390, height=844, touch=True, color_scheme=color_scheme)
    settled(page)
    no_overflow(page)


def test_the_table_can_be_taken_along(open_page, server, tmp_path):
    page = open_page(server.url)
    settled(page)
    page.get_by_role("radio", name="Table").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these numbers").click()
    target = tmp_path / "front.csv"
    download.value.save_as(target)
    rows = list(csv.DictReader(target.read_text().splitlines()))
    names = [name for name, _ in STANDINGS.values()]
    points = page.evaluate(
        f"""() => document.querySelector("{CHART}")._fullData
            .filter((t) => {names}.includes(t.name))
            .reduce((sum, t) => sum + t.x.length, 0)"""
    )
    elsewhere = [row for row in rows if float(row["shift_intensity"])]
    assert len(elsewhere) == 4 and {row["on_front"] for row in elsewhere} == {"False"}
    assert len(rows) - len(elsewhere) == points
    assert {"accuracy", "gap", "epsilon_spent", "fidelity", "on_front"} <= rows[0].keys()


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


def test_a_killed_worker_is_told_and_the_sweep_goes_on(open_page, server, store):
    page = open_page(f"{server.url}/?seed=7")
    settled(page)
    kept = stored(store)
    handle = page.get_by_role("slider", name="People in training")
    handle.focus()
    handle.press("End")  # everybody: several seconds of training
    expect(page.get_by_text("Training:")).to_be_visible(timeout=PATIENCE)
    pids = workers_of(server.process.pid)
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    expect(page.get_by_text("The worker was restarted")).to_be_visible(timeout=PATIENCE)
    settled(page)
    assert page.get_by_test_id("stException").count() == 0
    assert stored(store) > kept


def test_a_file_that_is_no_store_is_left_and_told(open_page, serve, tmp_path):
    other = tmp_path / "store.sqlite"
    content = b"this is not a database" * 100
    other.write_bytes(content)
    page = open_page(serve(SERVER, {"TRADEOFFS_STORE": str(other)}).url)
    settled(page)
    expect(page.get_by_text("store.sqlite is left as it is")).to_be_visible()
    assert other.read_bytes() == content


def test_the_log_holds_no_traceback(open_page, server):
    page = open_page(f"{server.url}/?x=privacy&y=privacy&epsilon=none&max_gap=0")
    settled(page)
    expect(page.get_by_text("Both axes show Privacy budget")).to_be_visible()
    title = page.evaluate(f'() => document.querySelector("{CHART}").layout.xaxis.title.text')
    assert "Privacy budget" in title
    assert "Traceback" not in server.log.read_text()


def test_a_click_tells_the_setting_and_leaves_the_page_as_it_was(open_page, server):
    page = open_page(server.url)
    settled(page)
    ends = page.locator(".ends").first
    expect(ends).to_have_css("display", "flex")
    point = page.locator(f"{CHART} .scatterlayer .points path").last
    box = point.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_test_id("stToast")).to_be_visible(timeout=PATIENCE)
    expect(ends).to_have_css("display", "flex")


def test_the_price_of_looking_is_told_and_follows_the_setting(open_page, server):
    page = open_page(server.url)
    settled(page)
    page.get_by_role("radio", name="Privacy").click()
    expect(page.get_by_text("keeps its own promise")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("without noise: nothing is promised")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these numbers (CSV)").click()
    with open(download.value.path(), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    own, best, noisy, everything = (float(row["epsilon"]) for row in rows)
    assert own <= 1 < best < noisy < everything == float("inf")
    handle = page.get_by_role("slider", name="Privacy budget ε")
    handle.focus()
    handle.press("ArrowLeft")
    page.wait_for_url("**epsilon=0.5**")
    expect(page.get_by_text("against 0.49")).to_be_visible(timeout=PATIENCE)
    assert page.get_by_test_id("stException").count() == 0


def unfold(page: Page) -> None:
    """Open the choices of table, label and groups."""
    page.get_by_text("Income over 50,000 dollars a year, by sex").click()
    page.wait_for_timeout(700)  # a list that opens while they unfold is closed again


def choose(page: Page, name: str, option: str) -> None:
    """Choose an option of a select box by keyboard alone."""
    box = page.get_by_role("combobox", name=name)

    def press() -> None:
        box.focus()
        box.press("ArrowDown")

    opened(page, press)
    page.keyboard.type(option)
    expect(page.get_by_role("option").first).to_contain_text(option)
    page.keyboard.press("Enter")


def test_notion_and_groups_change_by_keyboard_and_a_link_brings_them_back(open_page, server):
    page = open_page(server.url)
    settled(page)
    choose(page, "Meaning of fair", "equalised odds")
    page.wait_for_url("**notion=equalized_odds**")
    unfold(page)
    choose(page, "Groups by", "sex × race")
    page.wait_for_url("**protected=sex*race**")
    expect(page.get_by_text("among 10 groups by sex × race")).to_be_visible()
    settled(page)
    link = page.evaluate("() => location.href")
    again = open_page(link)
    settled(again)
    expect(again.get_by_text("among 10 groups by sex × race")).to_be_visible()
    expect(again.get_by_text("equalised odds, by sex × race")).to_be_visible()
    title = again.evaluate(f'() => document.querySelector("{CHART}").layout.xaxis.title.text')
    assert "true or false positive rates" in title
    assert again.get_by_test_id("stException").count() == 0


def test_another_table_is_a_choice_away_and_tells_what_it_reset(open_page, server):
    page = open_page(f"{server.url}/?max_gap=0.05")
    settled(page)
    unfold(page)
    choose(page, "Table", "COMPAS")
    page.wait_for_url("**dataset=compas**")
    told = "predicted income over 50,000 dollars a year → arrested again within two years"
    expect(page.get_by_text(told)).to_be_visible()
    settled(page)
    assert "max_gap=0.05" in page.evaluate("() => location.search")
    page.get_by_role("radio", name="Who pays").click()
    expect(page.get_by_text("people are predicted “not arrested again”")).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_text("Arrested again within two years, by sex")).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0


def test_a_link_to_groups_that_another_table_has_is_told(open_page, server):
    page = open_page(f"{server.url}/?protected=raised&notion=kindness")
    settled(page)
    for told in ("protected='raised' is not offered", "notion='kindness' is not offered"):
        expect(page.get_by_text(told)).to_be_visible()


def test_who_pays_draws_a_hundred_people_and_can_be_taken_along(open_page, server, tmp_path):
    page = open_page(server.url)
    settled(page)
    page.get_by_role("radio", name="Who pays").click()
    figure = page.locator(".st-key-hundred .main-svg").first
    expect(figure).to_be_visible()
    assert "Of a hundred people a group. Female:" in (figure.get_attribute("aria-label") or "")
    dots = page.locator(".st-key-hundred .scatterlayer .points path")
    expect(dots).to_have_count(200)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these numbers").click()
    target = tmp_path / "who_pays.csv"
    download.value.save_as(target)
    rows = list(csv.DictReader(target.read_text().splitlines()))
    assert {row["attribute"] for row in rows} == {"sex", "sex*race"}
    empty = [row for row in rows if not row["selection_rate"]]
    assert empty and all(int(row["people"]) < 30 for row in empty)


def test_no_part_is_wider_than_a_phone(open_page, server, no_overflow, wait_ready):
    page = open_page(f"{server.url}/?protected=race", width=390, height=844, touch=True)
    settled(page)
    for part in ("Who pays", "Privacy", "Explanation", "Table", "In words"):
        page.get_by_role("radio", name=part).click()
        expect(page.get_by_role("radio", name=part)).to_be_checked()
        wait_ready(page)
        page.wait_for_timeout(500)
        no_overflow(page)


def test_on_a_phone_the_chart_stays_in_view_beside_the_sliders_and_no_longer(open_page, server):
    page = open_page(server.url, width=390, height=844, touch=True)
    settled(page)
    chart = page.locator(CHART)
    for name in ("shift_intensity", "max_gap"):
        slider = page.locator(f".st-key-{name}")
        slider.evaluate("(node) => node.scrollIntoView({block: 'end'})")
        expect(chart).to_be_in_viewport(ratio=0.9)
        expect(slider).to_be_in_viewport()
    page.get_by_role("radio", name="Table").evaluate("(node) => node.scrollIntoView()")
    expect(chart).not_to_be_in_viewport()


def test_what_arrives_moves_nothing(open_page, server):
    page = open_page(f"{server.url}/?rows=1000&seed=11")
    place = "() => document.querySelector('.st-key-details').getBoundingClientRect().top"
    page.wait_for_selector(".st-key-details", timeout=PATIENCE)
    expect(page.get_by_role("combobox", name="Upwards")).to_be_visible()  # loaded when it is drawn
    before = page.evaluate(place)
    settled(page)
    assert abs(page.evaluate(place) - before) < 1


def test_the_story_shows_people_and_the_lab_every_switch(open_page, server):
    page = open_page(f"{server.url}/?level=story")
    expect(page.get_by_text(DONE)).to_be_visible(timeout=PATIENCE)
    assert page.get_by_role("slider").count() == 1
    expect(page.locator(".st-key-hundred .main-svg").first).to_be_visible()
    page.get_by_role("radio", name="Lab").click()
    settled(page)
    page.wait_for_url("**level=lab**")
    choose(page, "Mechanism", "clip only")
    page.wait_for_url("**mechanism=clip_only**")
    expect(page.get_by_text("not declared")).to_be_visible(timeout=PATIENCE)


def test_the_story_keeps_no_room_on_a_phone_for_a_chart_it_has_not(open_page, server):
    page = open_page(f"{server.url}/?level=story", width=390, height=844)
    expect(page.get_by_text(DONE)).to_be_visible(timeout=PATIENCE)
    top = "name => document.querySelector(name).getBoundingClientRect().top"
    assert page.evaluate(top, ".st-key-controls") - page.evaluate(top, ".st-key-screen") < 40


def test_what_leaks_is_measured_when_asked_for_and_belongs_to_its_setting(
    open_page, server, no_overflow
):
    page = open_page(server.url, width=390, height=844)
    settled(page)
    page.get_by_role("radio", name="Privacy").click()
    measure = page.get_by_role("button", name="Measure what leaks")
    expect(measure).to_be_visible(timeout=PATIENCE)
    measure.click()
    curves = page.locator(".st-key-roc .main-svg").first
    expect(curves).to_be_visible(timeout=PATIENCE)
    assert "members recognised" in (curves.get_attribute("aria-label") or "")
    expect(page.get_by_text("Of models trained on a random half of 3,000 people")).to_be_visible()
    no_overflow(page)
    handle = page.get_by_role("slider", name="Privacy budget ε")
    handle.focus()
    handle.press("ArrowLeft")
    expect(measure).to_be_visible(timeout=PATIENCE)
    expect(curves).not_to_be_visible()
    handle.press("ArrowRight")
    expect(curves).to_be_visible(timeout=PATIENCE)
    assert page.get_by_test_id("stException").count() == 0


def test_a_person_is_chosen_and_explained(open_page, server, no_overflow):
    page = open_page(server.url, width=390, height=844)
    settled(page)
    page.get_by_role("radio", name="Explanation").click()
    expect(page.get_by_text("never a real record")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("The model answers")).to_be_visible(timeout=PATIENCE)
    choose(page, "Composite person", "A teacher of 36")
    expect(page.get_by_text("The model answers")).to_be_visible(timeout=PATIENCE)
    bars = page.locator(".st-key-attributions .main-svg").first
    assert "12 features" in (bars.get_attribute("aria-label") or "")
    no_overflow(page)
    assert page.get_by_test_id("stException").count() == 0


def test_a_stage_is_a_choice_and_what_it_cannot_do_is_told(open_page, server):
    page = open_page(f"{server.url}/?rows=300&epsilon=none&max_gap=0.05")
    settled(page)
    choose(page, "Where fairness is brought about", "correlation remover")
    told = "so the last setting is kept"
    expect(page.get_by_text(told)).to_be_visible(timeout=PATIENCE)
    choose(page, "Where fairness is brought about", "thresholds by group")
    page.wait_for_url("**stage=group_thresholds**")
    expect(page.get_by_text(told)).not_to_be_visible()
    settled(page)
    assert page.get_by_test_id("stException").count() == 0


def test_models_that_arrive_cause_no_run_of_a_script(open_page, server):
    runs: list[int] = []

    def listen(page: Page) -> None:
        def opened(socket: WebSocket) -> None:
            if socket.url.endswith("/_stcore/stream"):
                socket.on("framesent", lambda _: runs.append(1))

        page.on("websocket", opened)

    page = open_page(f"{server.url}/?seed=31&rows=1000", prepare=listen)
    expect(page.get_by_text("Training:")).to_be_visible(timeout=PATIENCE)
    before = len(runs)
    settled(page)
    assert before and len(runs) == before


def test_what_is_drawn_of_a_finished_job_is_drawn_again_at_its_end(open_page, server):
    page = open_page(server.url)
    settled(page)
    page.get_by_role("radio", name="Who pays").click()
    expect(page.locator(".st-key-hundred .main-svg").first).to_be_visible(timeout=PATIENCE)
    before = page.locator(".st-key-hundred .main-svg").first.get_attribute("aria-label")
    handle = page.get_by_role("slider", name="People in training")
    handle.focus()
    handle.press("ArrowLeft")
    page.wait_for_url("**rows=1000**")
    settled(page)
    changed = f":not([aria-label={before!r}])" if before else ""
    expect(page.locator(f".st-key-hundred .main-svg[role=img]{changed}")).to_be_visible()


def test_zoom_and_hidden_traces_outlive_moves_and_new_models(open_page, server):
    page = open_page(server.url)
    settled(page)
    page.locator(f"{CHART} .legendtoggle").nth(3).click()
    box = page.locator(f"{CHART} .nsewdrag").first.bounding_box()
    assert box is not None
    page.wait_for_timeout(600)  # a click on the legend waits whether it is a double click
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 320, box["y"] + 200, steps=6)
    page.mouse.up()
    shown = f"""() => {{
        const plot = document.querySelector("{CHART}");
        const hidden = plot._fullData.filter((trace) => trace.visible === "legendonly");
        return JSON.stringify([plot.layout.xaxis.range, hidden.map((trace) => trace.name)]);
    }}"""
    page.wait_for_timeout(600)
    zoomed = page.evaluate(shown)
    assert "along" in zoomed or "front" in zoomed
    before = here(page)
    handle = page.get_by_role("slider", name="Privacy budget ε")
    handle.focus()
    handle.press("ArrowRight")
    moved_from(page, before)
    settled(page)
    assert page.evaluate(shown) == zoomed
