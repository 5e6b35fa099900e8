"""The Explorer in a real browser: what a visitor sees, moves and gets, on the real worker."""

import csv
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

APP = Path(__file__).parents[2] / "app.py"
CHART = ".st-key-front .js-plotly-plot"
DONE = "all trained"
PATIENCE = 60_000  # ms; two busy cores also run the browser


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store") / "store.sqlite"


@pytest.fixture(scope="module")
def server(serve, store):
    return serve(APP, {"TRADEOFFS_STORE": str(store)})


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
    words = page.locator(".stMarkdown li")
    assert words.count() >= 5
    label = page.locator(f"{CHART} .main-svg").first.get_attribute("aria-label") or ""
    assert "Scatter chart" in label
    assert page.get_by_test_id("stMetric").count() == 4
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
    points = page.evaluate(
        f"""() => document.querySelector("{CHART}")._fullData
            .filter((t) => ["front", "beaten by another"].includes(t.name))
            .reduce((sum, t) => sum + t.x.length, 0)"""
    )
    assert len(rows) == points
    assert {"accuracy", "gap", "epsilon_spent", "fidelity", "on_front"} <= rows[0].keys()


def stored(store: Path) -> int:
    """How many results a store holds."""
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute("SELECT count(*) FROM results").fetchone()[0]


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


def test_a_damaged_store_is_kept_aside_and_told(open_page, serve, tmp_path):
    bad = tmp_path / "store.sqlite"
    bad.write_bytes(b"this is not a database" * 100)
    page = open_page(serve(APP, {"TRADEOFFS_STORE": str(bad)}).url)
    settled(page)
    expect(page.get_by_text("store.sqlite could not be read")).to_be_visible()
    assert bad.with_name("store.sqlite.damaged-1").read_bytes().startswith(b"this is not")


def test_the_log_holds_no_traceback(open_page, server):
    page = open_page(f"{server.url}/?x=privacy&y=privacy&epsilon=none&max_gap=0")
    settled(page)
    expect(page.get_by_text("Both axes show privacy")).to_be_visible()
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
