"""A line drawn by hand in a real browser: with the mouse, a finger and the keyboard."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

APP = Path(__file__).parent / "apps" / "sketch_demo.py"
FREE, HELD = ".st-key-free", ".st-key-held"


@pytest.fixture(scope="module")
def url(serve):
    return serve(APP).url


def columns(page: Page, area: str = FREE):
    found = page.locator(f"{area} [role=slider]")
    expect(found).to_have_count(5)
    return found


def middle(page: Page, index: int, height: float = 0.5) -> tuple[float, float]:
    box = columns(page).nth(index).locator("rect").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * (1 - height)


def told(page: Page) -> tuple[list[float] | None, int]:
    text = page.get_by_text(re.compile("^drawn ")).inner_text()
    found = re.fullmatch(r"drawn (.*), run (\d+)", text)
    assert found
    values, run = found.groups()
    return (None if values == "None" else [float(v) for v in values[1:-1].split(",")]), int(run)


def test_a_line_follows_the_mouse_and_reaches_python_when_it_is_let_go(open_page, url):
    page = open_page(url)
    before = told(page)
    page.mouse.move(*middle(page, 0, 0.2))
    page.mouse.down()
    page.mouse.move(*middle(page, 2, 0.6), steps=12)
    page.mouse.move(*middle(page, 4, 0.8), steps=12)
    path = page.locator(f"{FREE} path")
    expect(path).to_have_attribute("d", re.compile(r"^M[^ML]*(L[^ML]*){4}$"))
    page.wait_for_timeout(300)
    assert told(page) == before == (None, 1)  # nothing runs while it is drawn
    page.mouse.up()
    expect(page.get_by_text(re.compile(r"run 2$"))).to_be_visible()
    values, _ = told(page)
    assert values
    assert values == sorted(values) and values[0] == pytest.approx(60, abs=2)
    assert values[-1] == pytest.approx(90, abs=2)
    page.get_by_role("button", name="Run again").click()
    expect(page.get_by_text(re.compile(r"run 3$"))).to_be_visible()
    assert told(page)[0] == values


def test_a_fast_pointer_leaves_no_column_out_and_part_of_a_line_is_none(open_page, url):
    page = open_page(url)
    page.mouse.move(*middle(page, 0, 0.0))
    page.mouse.down()
    page.mouse.move(*middle(page, 3, 0.6))
    page.mouse.up()
    expect(page.get_by_text("4 of 5 drawn.")).to_be_visible()
    page.wait_for_timeout(300)
    assert told(page) == (None, 1)
    page.mouse.click(*middle(page, 4, 2.0))  # above the chart: not in it
    assert told(page)[0] is None
    page.mouse.move(*middle(page, 4, 0.5))
    page.mouse.down()
    page.mouse.move(*middle(page, 4, 3.0))  # dragged out of the chart: at its end
    page.mouse.up()
    expect(page.get_by_text(re.compile(r"run 2$"))).to_be_visible()
    values, _ = told(page)
    assert values
    assert values[-1] == 100
    steps = [b - a for a, b in zip(values[:3], values[1:4], strict=True)]
    assert steps == pytest.approx([10, 10, 10], abs=1)


def test_each_column_is_a_slider_for_the_keyboard(open_page, url):
    page = open_page(url)
    first = columns(page).first
    expect(first).to_have_attribute("aria-label", "Accuracy, privacy budget 0.1")
    expect(first).to_have_attribute("aria-valuetext", "not drawn yet")
    first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowUp")  # the first one puts it in the middle
        page.keyboard.press("Tab")
    expect(
        page.get_by_text(re.compile(r"drawn \[75.0, 75.0, 75.0, 75.0, 75.0\], run 2$"))
    ).to_be_visible()
    columns(page).nth(2).focus()
    for key in ("ArrowUp", "ArrowRight", "ArrowDown", "PageUp"):
        page.keyboard.press(key)
    expect(columns(page).nth(2)).to_have_attribute("aria-valuetext", "80.5 %")
    expect(page.get_by_text(re.compile(r"75.0, 75.0, 80.5, 75.0, 75.0\]"))).to_be_visible()
    expect(columns(page).nth(2)).to_be_focused()  # through every run of the page
    page.keyboard.press("End")
    expect(columns(page).nth(2)).to_have_attribute("aria-valuenow", "100")
    page.keyboard.press("Home")
    expect(columns(page).nth(2)).to_have_attribute("aria-valuenow", "50")


def test_a_finger_draws_on_a_phone_in_the_dark(open_page, url, no_overflow):
    page = open_page(url, width=390, height=844, touch=True, color_scheme="dark")
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": places})

    touch("Start", middle(page, 0, 0.9))
    for index in range(1, 5):
        touch("Move", middle(page, index, 0.9 - 0.2 * index))
    touch("End")
    expect(page.get_by_text(re.compile(r"run 2$"))).to_be_visible()
    values, _ = told(page)
    assert values
    assert values == pytest.approx([95, 85, 75, 65, 55], abs=2)
    no_overflow(page)
    box = page.locator(f"{FREE} svg").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
    names = page.locator(f"{FREE} svg > text:not([opacity='0'])").all_text_contents()
    assert {"0.1", "10"} <= set(names)


def test_a_locked_line_is_shown_and_stays(open_page, url):
    page = open_page(url)
    held = columns(page, HELD)
    expect(held.nth(1)).to_have_attribute("aria-valuetext", "0.25")
    expect(held.nth(1)).to_have_attribute("aria-disabled", "true")
    held.nth(1).locator("rect").click()
    page.wait_for_timeout(300)
    expect(held.nth(1)).to_have_attribute("aria-valuetext", "0.25")
    expect(page.get_by_text("held [0.0, 0.25, 0.5, 0.75, 1.0]")).to_be_visible()
    assert told(page)[1] == 1


def test_colours_follow_the_theme(open_page, url):
    page = open_page(url, color_scheme="dark")
    name = page.locator(f"{FREE} svg > text").first
    dark = name.evaluate("(node) => getComputedStyle(node).fill")
    page.emulate_media(color_scheme="light")
    expect(name).not_to_have_css("fill", dark)
