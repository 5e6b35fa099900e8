"""Lessons without a browser: guess first, then the answer; teacher's links; every page opens."""

import re
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.explorer import live
from pages.shared.lesson import reveal, step_answer
from pages.shared.lesson.memory import Guess
from pages.shared.lesson.reveal import NEARNESS
from pages.shared.lesson.sliders import ends_html
from pages.shared.lesson.step_answer import Answer
from pages.shared.lessons.card import cards
from pages.shared.lessons.index import index_html
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.kit.handout import handout
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.lesson import TrainingSource
from tradeoffs.lessons.lesson_paths import PATHS
from tradeoffs.scenario import as_text

APP = str(Path(__file__).parents[2] / "app.py")
ICONS = {icon for _, icon in NEARNESS.values()}
SKIPPED = Guess(value=None, reason="")


@pytest.fixture(autouse=True)
def manager(tmp_path, monkeypatch):
    """A manager whose worker computes at once, in this process."""
    found = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    monkeypatch.setattr(live, "manager", lambda: found)
    yield found
    found.close()
    found.store.close()


def opened(name: str = "small_town", guessed: bool = False, **query: str) -> AppTest:
    """Open a link to a lesson; `guessed`: after all guesses were left out, the class's too."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.switch_page("pages/lesson.py")
    app.query_params["lesson"] = name
    if guessed:
        steps = range(len(LESSONS[name].steps))
        for whose in ("guesses", "class"):
            app.session_state[whose] = {name: dict.fromkeys(steps, SKIPPED)}
    for field, value in query.items():
        app.query_params[field] = value
    return app.run()


def texts(app: AppTest) -> str:
    parts = (*app.markdown, *app.caption, *app.header, *app.success, *app.warning, *app.info)
    return "\n".join(str(part.value) for part in parts)


def verdict(app: AppTest) -> str:
    parts = (*app.success, *app.warning, *app.error, *app.info)
    return next(str(part.value) for part in parts if part.icon in ICONS)


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def test_the_result_is_hidden_until_a_guess_is_made_or_left_out():
    app = opened(step="2")
    assert "Your guess." not in texts(app)  # it may show what the first step asks
    app = button(app, "Go on without guessing").click().run()
    assert "Your guess." in texts(app) and "With everybody, " not in texts(app)
    assert button(app, "Show what the models say").disabled
    app = button(app, "Go on without a guess").click().run()
    assert "With everybody, " in texts(app) and not app.success


def test_a_guess_is_shown_beside_the_result_and_in_the_summary():
    app = button(opened(step="2"), "Go on without guessing").click().run()
    app.radio[0].set_value("more often").run()
    app.text_input[0].set_value("because").run()
    app = button(app, "Show what the models say").click().run()
    assert "you guessed “more often”" in verdict(app)
    app.query_params["step"] = "4"
    app = app.run()
    rows = app.table[0].value
    assert rows["your reason"].tolist()[1] == "because"
    assert rows["your guess"].tolist() == ["none", "more often", "none"]


def test_a_number_is_a_guess_only_once_it_was_given():
    app = opened("whose_fairness")
    (field,) = app.number_input
    assert field.value is None and field.label in ("Of 100", "In %")
    assert button(app, "Show what the models say").disabled
    app = field.set_value(45.0).run()
    app = button(app, "Show what the models say").click().run()
    assert re.match(r"You guessed 45 (%|in 100); measured is \d", verdict(app))


def test_the_end_does_not_tell_what_was_not_looked_at():
    last = len(LESSONS["small_town"].steps) + 1
    told = texts(opened(step=str(last)))
    assert told.count("Not looked at yet.") == 3 and "95 %" not in told
    assert "Not looked at yet." not in texts(opened(step=str(last), guessed=True))


def test_a_slider_at_its_end_gives_another_answer_at_once(monkeypatch):
    def refuse(*asked, **named):
        raise AssertionError("what is shipped is trained again")

    monkeypatch.setattr(Manager, "submit", refuse)
    app = opened(step="2", guessed=True)
    first = texts(app)
    app = app.select_slider[0].set_value("none").run()
    assert "more often than the baseline" in texts(app) and "more often than" not in first
    assert not app.exception and app.query_params["epsilon"] == "none"


def test_what_the_ends_of_a_slider_mean_is_text():
    assert "<span>← a &lt; b &amp; c</span>" in ends_html("a < b & c", "more")


def test_the_address_moves_a_slider_back_and_a_slider_in_use_is_ahead_of_it():
    app = opened(step="2", guessed=True)
    default = app.select_slider[0].value
    app = app.select_slider[0].set_value("none").run()
    app.query_params["epsilon"] = default  # as Back does
    app = app.run()
    assert app.select_slider[0].value == default and "epsilon" not in app.query_params
    app = app.select_slider[0].set_value("none").run()
    del app.query_params["epsilon"]  # as a browser says that has not heard of the last run
    other = as_text(LESSONS["small_town"].steps[1].sliders[0].choices[-2])
    app = app.select_slider[0].set_value(other).run()
    assert app.select_slider[0].value == app.query_params["epsilon"] == other


@pytest.mark.parametrize(
    ("controls", "sliders", "disabled"), [("locked", 1, True), ("hidden", 0, None)]
)
def test_a_teachers_link_locks_or_hides_the_sliders(controls, sliders, disabled):
    app = opened(step="2", guessed=True, controls=controls)
    assert len(app.select_slider) == sliders
    assert all(one.disabled is disabled for one in app.select_slider)


def primary(app: AppTest) -> list[str]:
    return [one.label for one in app.button if one.proto.type == "primary"]


def test_the_presenters_view_asks_and_shows_without_a_form_or_small_print():
    app = opened(view="presenter")
    assert primary(app) == ["Show what the models say"]
    assert not (app.radio or app.text_input or app.expander or app.get("page_link"))
    app = button(app, "Show what the models say").click().run()
    assert primary(app) == ["Next →"] and "more often" not in texts(app)
    app = button(app, "Next →").click().run()
    assert "- more often" in texts(app) and primary(app) == ["Show what the models say"]
    app = button(button(app, "Show what the models say").click().run(), "Next →").click().run()
    app = button(button(app, "Show what the models say").click().run(), "← Back").click().run()
    assert app.select_slider and not app.expander and primary(app) == ["Next →"]


def test_a_class_is_told_what_is_made_up_at_every_step():
    lesson = next(one for one in LESSONS.values() if one.synthetic)
    for step in range(len(lesson.steps) + 1):
        told = texts(opened(lesson.name, guessed=True, view="presenter", step=str(step + 1)))
        assert f"Made up: {lesson.synthetic}" in told


def test_what_a_class_is_shown_and_what_its_teacher_has_guessed_are_two_things():
    app = opened()
    app = button(app, "Go on without a guess").click().run()
    app.query_params["view"] = "presenter"
    assert primary(app.run()) == ["Show what the models say"]
    app = button(app, "Leave the presenter's view").click().run()
    assert primary(app) == ["Next →"]


def test_one_button_at_a_time_is_the_way_on():
    app = opened(step="2")
    assert primary(app) == ["Begin with step 1"]
    app = button(app, "Begin with step 1").click().run()
    assert primary(app) == ["Show what the models say"] and app.query_params["step"] == "1"
    app = button(app, "Go on without a guess").click().run()
    assert primary(app) == ["Next →"]
    assert primary(opened(step="4", guessed=True)) == []


def test_a_path_leads_on_to_its_next_lesson():
    path = PATHS["first_hour"]
    first, second = (LESSONS[name] for name in path.lessons[:2])
    app = opened(first.name, guessed=True, path=path.name, step=str(len(first.steps) + 1))
    assert f"{path.title}: lesson 1 of {len(path.lessons)}" in texts(app)
    assert primary(app) == [f"Next: {second.title}"]
    app = button(app, f"Next: {second.title}").click().run()
    assert app.title[0].value == second.title and app.query_params["path"] == path.name
    app = opened("small_town", path="nowhere")
    assert "path='nowhere' must be one that has this lesson: first_hour" in app.warning[0].value


@pytest.mark.parametrize(
    "link",
    [
        {"step": "x", "controls": "gone", "view": "<b>"},
        {"step": "99"},
        {"step": "2", "epsilon": "7"},
    ],
    ids=" ".join,
)
def test_a_link_with_nonsense_is_told_and_the_default_used(link):
    app = opened(guessed=True, **link)
    assert not app.exception
    told = "\n".join(str(one.value) for one in app.warning)
    assert all(value in told for value in link.values() if value != "2")


def test_what_was_written_at_the_end_is_there_after_another_page():
    app = opened(guessed=True, step="4")
    app.text_area[0].set_value("towns differ").run()
    app.radio[0].set_value("Do not build it").run()
    app.switch_page("pages/lessons.py").run()
    app.switch_page("pages/lesson.py")
    app.query_params["lesson"] = "small_town"
    app.query_params["step"] = "4"
    app = app.run()
    assert app.text_area[0].value == "towns differ"
    assert app.radio[0].value == "Do not build it"


LINKS = (
    {},
    {"controls": "locked"},
    {"view": "presenter"},
    {"controls": "hidden"},
    {"view": "presenter", "controls": "hidden"},
)


def entries(name: str) -> list[dict[str, str]]:
    """Return every kind of link to each step, sliders at their ends too, and to the end."""
    found = []
    for at, step in enumerate(LESSONS[name].steps):
        ends = {one.name: as_text(one.choices[-1]) for one in step.sliders}
        found += [{"step": str(at + 1), **link} for link in (*LINKS, ends)]
    last = {"step": str(len(LESSONS[name].steps) + 1)}
    return [*found, last, {**last, "view": "presenter"}]


@pytest.mark.parametrize("name", LESSONS)
def test_nothing_is_shown_before_it_is_asked_whatever_link_leads_there(name, monkeypatch):
    lesson, read = LESSONS[name], []
    first = next(at for at, step in enumerate(lesson.steps) if step.prediction is not None)

    def answer(step, setting):
        read.append(lesson.steps.index(step))
        return Answer(step=step)

    monkeypatch.setattr(step_answer, "answer", answer)
    monkeypatch.setattr(reveal, "answer", answer)
    app = opened(name)
    for query in entries(name):
        app.query_params.clear()
        for field, value in {"lesson": name, **query}.items():
            app.query_params[field] = value
        app = app.run()
        assert not app.exception and not app.warning, query
        step = min(int(query["step"]), len(lesson.steps))
        assert all(at < min(first, step) for at in read), query
        if step > first:
            assert all("level=" not in link.proto.query_string for link in app.get("page_link"))


@pytest.mark.parametrize("name", LESSONS)
def test_a_handout_without_answers_has_none(name):
    lesson, paper = LESSONS[name], handout(LESSONS[name], answers=False)
    for at, step in enumerate(lesson.steps):
        table, setting = shipped_answer(step, lesson.setting(at)), lesson.setting(at)
        assert table is not None
        assert all(escape(one.describe(one.of(table, setting))) not in paper for one in step.claims)


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_ends(name):
    lesson = LESSONS[name]
    app = opened(name, step=str(len(lesson.steps) + 1))
    assert not app.exception and lesson.title in {one.value for one in app.title}
    assert "not computed yet" not in texts(app) and "What this cannot show" in texts(app)
    assert app.radio[0].options[-1] == "Do not build it"


def test_people_take_seats_one_after_another_and_the_address_keeps_them():
    app = opened("one_model_for_everyone", guessed=True, step="3", seats="none+5")
    slider = next(iter(LESSONS["one_model_for_everyone"].steps[2].sliders))
    assert f"In the room, 2 of at most 10: {slider.describe('none+5')}." in texts(app)
    app.select_slider[0].set_value("0").run()
    app = button(app, "Take a seat with this").click().run()
    assert "none+5+0" in app.query_params["seats"] and "In the room, 3" in texts(app)
    app = button(app, "Empty the room except for this").click().run()
    assert "none" not in app.query_params["seats"] and "In the room, 1" in texts(app)
    assert "0.0 points" in texts(app)  # one seat loses nothing by its own choice


def test_a_full_room_and_a_locked_one_take_nobody():
    full = "+".join(["5"] * 10)
    app = opened("one_model_for_everyone", guessed=True, step="3", seats=full)
    assert button(app, "Take a seat with this").disabled
    app = opened("one_model_for_everyone", guessed=True, step="3", controls="locked")
    assert button(app, "Take a seat with this").disabled
    assert button(app, "Empty the room except for this").disabled
    app = opened("one_model_for_everyone", guessed=True, step="3", seats=f"{full}+5")
    assert "seats has 11 seats; at most 10" in texts(app)


def test_a_lesson_whose_table_is_not_on_offer_says_so(monkeypatch):
    monkeypatch.setenv("TRADEOFFS_TABLES", "gss,compas")
    assert "Not available here: its table adult is not offered." in index_html(cards())
    app = opened("small_town")
    assert not app.exception
    assert [one.key for one in app.button] == ["language-fr"]  # of the menu
    assert "its table adult is not offered" in texts(app)
    assert not opened("whose_fairness").exception


def test_a_title_that_asks_gets_no_second_mark_in_the_summary():
    asked = len(LESSONS["whose_fairness"].steps) + 1
    told = texts(opened("whose_fairness", guessed=True, step=str(asked)))
    assert any(step.title.endswith("?") for step in LESSONS["whose_fairness"].steps)
    assert "?*" in told and "?." not in told


def test_a_step_whose_models_wait_says_their_place_in_line(manager):
    entry = next(one for one in LESSONS.values() if isinstance(one.steps[0].source, TrainingSource))
    job = Job([resolve(entry.setting(0).scenario)])
    job.position, job.expected_wait = 7, 4.0
    assert manager.wait_ready(60)
    waiting = Answer(step=entry.steps[0], job=job).now().waiting
    assert waiting == "Waiting for the machine: number 7 in line, about 4 s."


@pytest.mark.parametrize("query", [{}, {"lesson": "nowhere"}])
def test_an_address_without_a_lesson_leads_to_all_of_them(query):
    app = AppTest.from_file(APP, default_timeout=60).switch_page("pages/lesson.py")
    for field, value in query.items():
        app.query_params[field] = value
    app = app.run()
    assert not app.exception and len(app.warning) == 1
    assert "small_town" in app.warning[0].value
