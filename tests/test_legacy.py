"""What former versions wrote is read: addresses, scenario files and stores from before."""

import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.shared.settings.fields import FIELDS, fitted, query, refused, scenario
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.store import Store
from tradeoffs.legacy import MOVED_PAGES, parameters
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.paths import PAGES, SHIPPED_STORE
from tradeoffs.scenario import Scenario

NEWER = {"false_negative_rate_group_max"}  # numbers that a former store has not
FORMER = Path(__file__).parent / "former"
ADDRESSES = [
    (page, {name: text for name, (text,) in parse_qs(query).items()})
    for page, query in (
        (urlsplit(one).path.strip("/"), urlsplit(one).query)
        for one in (FORMER / "addresses.txt").read_text().split()
    )
]
SETTINGS = [query for page, query in ADDRESSES if not page]


@pytest.mark.parametrize("link", SETTINGS, ids=str)
def test_a_former_address_of_a_setting_is_read_as_it_was_meant(link):
    asked = parameters(link)
    assert refused(asked) == []
    values = fitted(asked)
    assert {name: values[name] for name in asked} == asked
    assert fitted(query(values)) == values
    assert resolve(scenario(values))


def test_nothing_but_what_says_nothing_is_dropped():
    assert parameters({"version": "1"}) == {}
    assert parameters(dict.fromkeys(FIELDS, "1")) == dict.fromkeys(FIELDS, "1")


@pytest.mark.parametrize(("page", "link"), [one for one in ADDRESSES if one[0]], ids=str)
def test_a_former_page_is_there_or_leads_on(page: str, link: dict[str, str]):
    there = urlsplit(MOVED_PAGES.get(page, page))
    assert (PAGES / f"{there.path}.py").exists()
    if there.path == "lesson":
        (name,) = parse_qs(there.query)["lesson"]
        step = LESSONS[name].steps[int(link["step"]) - 1]
        sliders = {slider.name: slider for slider in step.sliders}
        moved = link.keys() - {"step", "controls", "view"}
        assert moved <= sliders.keys()
        assert all(sliders[one].read(link[one]) is not None for one in moved)


def test_every_lesson_that_had_a_page_of_its_own_has_one_now():
    lessons = {
        parse_qs(urlsplit(one).query)["lesson"][0] for one in MOVED_PAGES.values() if "?" in one
    }
    assert lessons <= set(LESSONS) and len(lessons) == 15


def test_a_former_scenario_file_is_read_with_the_defaults_of_what_came_later():
    here = Scenario.from_json((FORMER / "scenario.json").read_text())
    later = ("strength", "clipping", "other_shifts", "training_shifts")
    assert (here.hide, here.mechanism, here.seed) == (("race", "sex"), "clip_only", 7)
    assert {name: getattr(here, name) for name in later} == {
        name: Scenario.model_fields[name].default for name in later
    }
    assert Scenario.from_json(here.to_json()) == here


def test_a_former_store_has_the_results_that_are_shipped_today(tmp_path):
    path = shutil.copy(FORMER / "results.sqlite", tmp_path)
    keys = [resolve(Scenario(seed=seed)).result_key for seed in range(2)]
    store, shipped = Store(Path(path), None), Store(tmp_path / "new.sqlite", SHIPPED_STORE)
    found = store.results(keys)
    today = shipped.results(keys)
    for key in keys:
        for half in ("select", "report"):  # of a notion that is newer than the store there is none
            now, then = getattr(today[key], half), getattr(found[key], half)
            assert {name: now[name] for name in then} == then
            assert {name.split("[")[0] for name in now.keys() - then.keys()} <= NEWER
        timed = {"seconds": today[key].training["seconds"]}  # of a training, by the clock
        assert {**found[key].training, **timed} == today[key].training
    assert store.decisions(keys) == shipped.decisions(keys)
    store.close()
    shipped.close()
