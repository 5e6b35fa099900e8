"""The static site works from a folder, in a browser without a network."""

import pytest

from tests.e2e.site_walk import walk
from tests.e2e.test_accessibility import AXE, VIOLATIONS
from tradeoffs.api.setting_report import report
from tradeoffs.kit.site import site, write_site
from tradeoffs.lessons.catalogue import LESSONS

KIT = ("guide", "cards", "handout_answers", "slides", "tally")
NAMES = ("small_town", "learning_by_heart")  # a line, a number, choices; one control and two


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    def front():
        shown = report(store=True, progress=False)
        return shown.results.job, shown.picture

    out = tmp_path_factory.mktemp("site") / "out"
    paths = []
    files = site(NAMES, ["en"], front)
    assert write_site(out, files, paths.append) > 1e6 and len(paths) == len(set(paths))
    return out


def test_every_page_works_from_files_alone(browser, folder):
    assert walk(browser, folder) == []


PAGES = ("index", "front", "lessons/small_town", *(f"kits/small_town/{n}" for n in KIT))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(browser, folder, scheme):
    context = browser.new_context(color_scheme=scheme)
    page, found = context.new_page(), []
    for path in PAGES if scheme == "light" else PAGES[:3]:  # paper is always light
        page.goto((folder / "en" / f"{path}.html").as_uri())
        while page.locator(".skip:visible").count():
            page.locator(".skip:visible").first.click()
        page.evaluate(AXE)
        found += [(path, *one) for one in page.evaluate(VIOLATIONS)]
    context.close()
    assert found == []


def test_two_controls_moved_together_say_that_one_is_back(browser, folder):
    page = browser.new_page()
    page.goto((folder / "en" / "lessons" / "learning_by_heart.html").as_uri())
    for step in page.locator("section.step:has(.answer)").all():
        step.locator("form .skip").click()
        selects = step.locator("select").all()
        if len(selects) < 2:
            continue
        ends = []
        for select in selects:
            started = select.input_value()
            other = next(
                value
                for one in select.locator("option").all()
                if (value := one.get_attribute("value")) != started
            )
            select.select_option(other)
            ends.append((started, other))
        assert selects[0].input_value() == ends[0][0] and selects[1].input_value() == ends[1][1]
        assert "back where the step opens" in (step.locator(".alone").text_content() or "")
        break
    else:
        pytest.fail("no step has two controls")
    page.close()


def test_a_page_reads_without_script(browser, folder):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "en" / "lessons" / "small_town.html").as_uri())
    assert page.locator(".chart svg").count() == len(LESSONS["small_town"].steps)
    assert page.locator(".said li").first.is_visible()
    context.close()
