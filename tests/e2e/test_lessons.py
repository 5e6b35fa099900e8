"""Lessons in a real browser: guessed, moved, looked at on a phone, taught."""

from playwright.sync_api import Page, expect

PICTURE = ".st-key-lesson-picture .main-svg"


def go_on(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_learner_guesses_moves_the_slider_and_sees_both(open_page, site, wait_ready):
    page = open_page(f"{site.url}/small_town?step=2")
    go_on(page, "Go on without guessing")
    page.get_by_text("more often", exact=True).click()
    page.get_by_placeholder("A few words").fill("it learned something")
    page.keyboard.press("Enter")
    assert not page.locator(PICTURE).count()
    go_on(page, "Show what the models say")
    expect(page.locator(PICTURE).first).to_be_visible()
    expect(page.get_by_text("you guessed “more often”")).to_be_visible()

    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("End")
    told = page.get_by_text("the model is correct", exact=False)
    expect(told.filter(has_text="more often than the baseline").first).to_be_visible()
    assert "epsilon=none" in page.url
    page.go_back()
    expect(told.filter(has_text="less often than the baseline").first).to_be_visible()
    page.go_forward()
    expect(told.filter(has_text="more often than the baseline").first).to_be_visible()
    slider.focus()
    page.keyboard.press("Home")
    expect(told.filter(has_text="less often than the baseline").first).to_be_visible()

    page.get_by_role("link", name="This setting in the Explorer").click()
    page.get_by_role("link", name="Back to “Small town, big city”").click()
    expect(page.get_by_role("heading", name="2 of 3")).to_be_visible()
    go_on(page, "Next →")
    go_on(page, "Go on without a guess")
    expect(page.locator(PICTURE).first).to_be_visible()
    go_on(page, "What did you see? →")
    expect(page.get_by_text("it learned something")).to_be_visible()
    page.get_by_text("Do not build it").click()
    with page.expect_download():
        page.get_by_role("button", name="Download what you said").click()

    wait_ready(page)
    page.reload()
    expect(page.get_by_text("it learned something")).to_be_visible()
    expect(page.get_by_role("radio", name="Do not build it")).to_be_checked()
    go_on(page, "Delete my answers here")
    expect(page.get_by_text("it learned something")).not_to_be_visible()
    page.reload()
    wait_ready(page)
    expect(page.get_by_text("Not looked at yet.").first).to_be_visible()
    assert not page.get_by_text("it learned something").count()


def test_a_line_drawn_by_hand_stands_beside_the_result(open_page, site):
    page = open_page(f"{site.url}/lesson?lesson=small_town")
    columns = page.locator("[role=slider]")
    expect(columns).to_have_count(4)
    for place in range(4):
        columns.nth(place).focus()
        page.keyboard.press("ArrowUp")
    show = page.get_by_role("button", name="Show what the models say")
    expect(show).to_be_enabled()
    show.click()
    expect(page.get_by_text("Your line is off by")).to_be_visible()
    expect(page.locator(PICTURE).get_by_text("your line").first).to_be_visible()


def test_a_presenter_goes_through_a_lesson_with_a_clicker(open_page, site, no_overflow):
    page = open_page(f"{site.url}/lesson?lesson=small_town&step=1&view=presenter")
    heading = page.get_by_role("heading", level=2)
    show = page.get_by_role("button", name="Show what the models say")
    expect(show).to_be_visible()
    assert not page.get_by_role("link", name="Explorer").count()
    expect(page.locator("[data-keys=on]")).to_be_attached()
    page.keyboard.press("PageDown")
    expect(page.locator(PICTURE).first).to_be_visible()
    page.keyboard.press("PageDown")
    expect(heading).to_contain_text("2 of 3")
    assert "step=2" in page.url
    expect(show).to_be_visible()
    page.keyboard.press("ArrowRight")
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")  # moves the slider
    expect(page.get_by_text("ε = 1", exact=True).first).to_be_visible()
    page.keyboard.press("PageUp")
    expect(heading).to_contain_text("1 of 3")
    expect(page.locator(PICTURE).first).to_be_visible()
    no_overflow(page)


def test_the_index_shows_lessons_by_axis_and_the_whole_card_leads_there(open_page, site):
    page = open_page(f"{site.url}/lessons")
    cards = page.locator("a.lesson-card")
    expect(cards.first).to_be_visible()
    every = cards.count()
    resources = page.get_by_role("button", name="Resources")
    resources.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="about resources")).to_be_visible()
    shown = cards.locator("visible=true")
    assert 0 < shown.count() < every
    page.keyboard.press("Space")
    expect(shown).to_have_count(every)
    page.get_by_role("link", name="Small town, big city").last.click(position={"x": 12, "y": 12})
    expect(page.get_by_role("heading", name="1 of 3")).to_be_visible()
    page.go_back()
    expect(cards.first).to_be_visible()
