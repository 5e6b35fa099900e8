"""What a browser kept of a lesson comes back, and nothing else that it may send does."""

import json
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.lesson import choices, memory
from pages.shared.lesson.memory import MOST_KEPT, MOST_REASON, SEEN, Guess
from tradeoffs.language.current import in_language
from tradeoffs.lessons.catalogue import LESSONS

APP = str(Path(__file__).parents[2] / "app.py")
LESSON = LESSONS["small_town"]
QUESTIONS = [step.prediction.question for step in LESSON.steps if step.prediction is not None]


@pytest.fixture
def session(monkeypatch) -> dict:
    """A session without a page."""
    found: dict = {}
    monkeypatch.setattr(memory.st, "session_state", found)
    return found


def hear(session: dict, sent: object, tab: bool = False) -> None:
    text = sent if isinstance(sent, str) else json.dumps({"tab": tab, "all": sent})
    session["memory"] = {"kept": text}
    memory.hear()
    memory.recall(LESSON, shared=tab)


def said(**guesses: object) -> dict:
    return {"small_town": {"guesses": {QUESTIONS[int(k[1:])]: one for k, one in guesses.items()}}}


def test_a_guess_and_its_reason_come_back(session):
    hear(session, said(q1={"value": "more often", "reason": "because"}))
    assert memory.guesses_of(LESSON) == {1: Guess(value="more often", reason="because")}
    assert memory.guesses_of(LESSON, shared=True) == {}
    assert memory.holds(LESSON)


def test_a_guess_and_a_decision_are_the_same_in_every_language(session):
    session["memory"] = {
        "kept": json.dumps({"tab": False, "all": said(q1={"value": "more often"})})
    }
    memory.hear()
    with in_language("fr"):
        french = LESSONS["small_town"]
        memory.recall(french, shared=False)
        kept = memory._by_question(french, memory.guesses_of(french))
        words = choices.choices(french, 1)
        decisions = choices.answers(french)
    assert kept == {QUESTIONS[1]: {"value": "more often", "reason": ""}}
    assert [*words] == ["less often", "about as often", "more often"]
    assert words["more often"] == "plus souvent"
    assert decisions["Do not build it"] == "Ne pas construire le modèle"


def test_a_guess_that_is_begun_comes_back_into_its_controls(session):
    draft = {QUESTIONS[1]: {"value": "more often", "reason": "because"}}
    hear(session, {"small_town": {"drafts": draft}})
    key, why = memory.guess_keys(LESSON, 1)
    assert (session[key], session[why]) == ("more often", "because")
    assert memory.guesses_of(LESSON) == {} and memory.holds(LESSON)


def test_a_draft_that_is_no_guess_or_comes_late_is_left_out(session):
    key, why = memory.guess_keys(LESSON, 1)
    sent = {QUESTIONS[1]: {"value": "something else", "reason": ""}}
    hear(session, {"small_town": {"drafts": sent}})
    assert key not in session
    session[key] = "less often"
    hear(session, {"small_town": {"drafts": {QUESTIONS[1]: {"value": "more often"}}}})
    assert session[key] == "less often" and not session.get(why)


def test_a_draft_is_forgotten_with_the_rest(session):
    hear(session, {"small_town": {"drafts": {QUESTIONS[1]: {"value": "more often"}}}})
    assert memory.holds(LESSON)
    memory.forget(LESSON)
    assert not memory.holds(LESSON)


def test_what_this_session_holds_has_the_last_word(session):
    memory.guesses_of(LESSON)[1] = Guess(value="less often", reason="")
    hear(session, said(q1={"value": "more often", "reason": "because"}))
    assert memory.guesses_of(LESSON)[1].value == "less often"


def test_what_a_class_was_shown_is_the_classs_alone(session):
    hear(session, said(q1={"value": None, "reason": ""}), tab=True)
    assert memory.guesses_of(LESSON) == {} and 1 in memory.guesses_of(LESSON, shared=True)


@pytest.mark.parametrize(
    "sent",
    [
        "no json",
        "[1, 2]",
        "x" * (MOST_KEPT + 1),
        "[" * 100_000,
        7,
        {"small_town": "text"},
        {"small_town": {"guesses": [1], "notes": "text"}},
        said(q1={"value": "something else", "reason": ""}),
        said(q1={"value": {"a": 1}}),
        said(q0={"value": [1e999, "x"]}),
        said(q1="more often"),
        {"small_town": {"guesses": {"a question that is no longer asked": {"value": None}}}},
        {"nowhere": {"guesses": {}}},
    ],
    ids=lambda sent: str(sent)[:30],
)
def test_what_cannot_have_been_kept_is_left_out(session, sent):
    hear(session, sent)
    assert not memory.holds(LESSON)


def test_a_long_reason_is_cut_and_no_reason_is_none(session):
    hear(session, said(q1={"value": "more often", "reason": "x" * 9999}, q2={"value": None}))
    made = memory.guesses_of(LESSON)
    assert len(made[1].reason) == MOST_REASON and made[2] == Guess(value=None, reason="")


def test_what_is_forgotten_is_not_brought_back(session):
    hear(session, said(q1={"value": "more often", "reason": ""}))
    session["kept"]["small_town", False] = said(q2={"value": None})["small_town"]
    memory.forget(LESSON)
    memory.recall(LESSON, shared=False)
    assert not memory.holds(LESSON) and set(session["forgotten"].values()) == {"small_town"}


def test_a_note_sets_no_control_but_its_own(session):
    notes = {"0 epsilon": "9", SEEN: "towns differ"}
    hear(session, {"small_town": {"guesses": {}, "notes": notes}})
    assert memory.notes_of(LESSON) == {SEEN: "towns differ"}
    assert "small_town 0 epsilon" not in session


def test_a_note_that_was_kept_stands_in_its_field():
    app = AppTest.from_file(APP, default_timeout=60)
    app.switch_page("pages/lesson.py")
    app.query_params["lesson"], app.query_params["step"] = "small_town", "4"
    app = app.run()
    app.session_state["kept"] = {
        ("small_town", False): {
            "notes": {
                app.text_area[0].label: "towns differ",
                "What would you do?": "Do not build it",
            }
        }
    }
    app = app.run()
    assert app.text_area[0].value == "towns differ" and app.radio[0].value == "Do not build it"
    forget = next(one for one in app.button if unescape(one.label) == "Delete my answers here")
    app = forget.click().run()
    assert app.text_area[0].value == "" and app.radio[0].value is None
