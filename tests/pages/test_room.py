"""A room's host, without a browser: from a lesson to its answers, and nothing before its time."""

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.room.record_downloads import record_text
from pages.shared.room.room_source import RoomPhase
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.rooms.room_record import disagreements, unknown_answers
from tradeoffs.rooms.rounds import class_rounds, epsilon_round

APP = str(Path(__file__).parents[2] / "app.py")
pytestmark = pytest.mark.usefixtures("rooms", "own_manager")
CODE = "room keys"  # in the session, with the host's key


def texts(app: AppTest) -> str:
    parts = (*app.markdown, *app.caption, *app.header, *app.info, *app.warning)
    return "\n".join(str(part.value) for part in parts)


def press(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def labels(app: AppTest) -> set[str]:
    return {one.label for one in app.button}


def opened(lesson: str = "small_town", step: str = "1", votes: bool = False) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.switch_page("pages/lesson.py")
    app.query_params["lesson"] = lesson
    app.query_params["step"] = step
    app = app.run()
    if votes:
        app.checkbox[0].check()
    app = press(app, "Open a room for this lesson")
    code = code_of(app)
    assert app.query_params["code"] == code
    app.switch_page("pages/room.py")  # where it is by now; it would begin its next run elsewhere
    app.query_params["code"] = code
    return app.run()


def code_of(app: AppTest) -> str:
    (code,) = app.session_state[CODE]
    return code


def answer(rooms, code: str, guesses: list) -> None:
    asked = rooms.room(code).round
    for guess in guesses:
        rooms.say(code, rooms.join(code), asked.name, {"guess": guess})


def test_a_class_guesses_and_sees_its_guesses_when_the_host_shows_them(rooms):
    app = opened()
    code = code_of(app)
    assert "First question" in labels(app)
    app = press(app, "First question")
    assert "how many of 100 predictions are correct" in texts(app)
    app = press(app, "Let them answer")
    answer(rooms, code, [[70.0, 75.0, 80.0, 85.0]] * 6)
    app = press(app.run(), "Close")
    assert not app.info and "measured" not in texts(app)
    app = press(app, "Show the answers")
    assert "The median of 6 lines is off by" in app.info[0].value
    app = press(app, "Next question")
    assert "less often" in texts(app) and not app.info


def test_the_record_of_a_class_says_what_it_was_asked_and_who_was_not_there(rooms):
    app = press(press(opened(), "First question"), "Skip this question")
    ((code, key),) = app.session_state[CODE].items()
    app = press(app, "Let them answer")
    answer(rooms, code, ["less often"] * 7 + ["more often"] * 5)
    assert not record_text(code, key, "json").count("counts")
    app = press(press(app, "Close"), "Show the answers")
    assert "7 of 12" in app.info[0].value
    assert "Move the budget" not in texts(app)  # a room has no sliders
    next(one for one in app.number_input if one.label == "People in the room").set_value(14)
    next(one for one in app.text_input if one.label.startswith("Who was not")).set_value("patients")
    app = app.run()
    assert (rooms.room(code).heads, rooms.room(code).absent) == (14, "patients")
    kept = json.loads(record_text(code, key, "json"))
    assert kept["rounds"][0]["attempts"][0]["counts"]["less often"] == 7
    assert len(kept["skipped"]) == 2 and disagreements(kept) == [] and unknown_answers(kept) == []
    (said,) = re.findall(r"The models say the same: (.+)\.$", app.info[0].value)
    assert f"less often: {said}" in record_text(code, key, "html")
    answer_of = kept["computed"]["answers"]["guess-2"]
    answer_of["values"][0]["value"] *= 2
    assert [one.partition(":")[0] for one in disagreements(kept)] == [
        "answers.guess-2.values[0].value"
    ]
    kept["rounds"][0]["round"]["source"] = {"lesson": "of another version", "step": "1"}
    assert disagreements(kept) == [] and unknown_answers(kept) == [
        kept["rounds"][0]["round"]["title"]
    ]
    for name in ("html", "md", "csv"):
        assert "patients" in record_text(code, key, name)


def test_a_class_may_vote_on_a_privacy_budget_for_its_guesses_first(rooms):
    app = press(opened(votes=True), "First question")
    code = code_of(app)
    app = press(app, "Let them answer")
    for _ in range(12):
        rooms.say(code, rooms.join(code), "epsilon", {"choice": "4"})
    app = press(press(app, "Close"), "Show the answers")
    assert app.success[0].value == "The room chose ε = 4."
    app = press(press(app, "Next question"), "Skip this question")
    assert "This room chose ε = 4: a phone sends a choice as it is with a chance of 96 %" in texts(
        app
    )
    app = press(app, "Let them answer")
    answer(rooms, code, ["less often"] * 26 + ["more often"] * 14)
    app = press(press(app, "Close"), "Show the answers")
    assert "estimated from randomised answers" in app.info[0].value
    assert app.info[0].value.startswith("About ")


def test_after_a_talk_both_votes_are_told(rooms):
    app = press(opened(), "First question")
    code = code_of(app)
    app = press(app, "Skip this question")
    app = press(app, "Let them answer")
    answer(rooms, code, ["less often"] * 7 + ["more often"] * 5)
    app = press(press(app, "Close"), "Show the answers")
    assert app.info[0].value.startswith("7 of 12 guessed “less often”. The models say the same: ")
    app = press(app, "Talk, then again")
    assert not app.info
    app = press(app, "Let them answer again")
    answer(rooms, code, ["less often"] * 6 + ["more often"] * 6)
    app = press(press(app, "Close"), "Show the answers")
    assert "Talk, then again" not in labels(app) and "Next question" in labels(app)
    assert "The first time, 7 of 12 guessed “less often”." in app.info[0].value


def test_counts_on_paper_are_added_to_those_of_the_phones(rooms):
    app = press(press(opened(), "First question"), "Skip this question")
    code = code_of(app)
    app = press(app, "Let them answer")
    answer(rooms, code, ["more often"] * 5 + ["less often"] * 5)
    fields = {one.label: one for one in app.number_input}
    fields["less often"].set_value(9)
    app = press(app.run(), "Take these")
    (_, key) = next(iter(app.session_state[CODE].items()))
    assert rooms.host(code, key)["answered"] == 19
    app = press(press(app, "Close"), "Show the answers")
    assert app.info[0].value.startswith("14 of 19 guessed “less often”.")


def test_a_click_on_what_another_host_has_moved_is_refused_in_words(rooms):
    app = press(opened(), "First question")
    ((code, key),) = app.session_state[CODE].items()
    rooms.act(code, key, "open")
    app = press(app, "Let them answer")
    assert "somebody else pressed a button" in app.warning[0].value.lower()
    assert "Close" in labels(app)


def test_without_its_key_nobody_hosts_a_room_and_its_end_is_told(rooms):
    app = opened()
    code = code_of(app)
    stranger = AppTest.from_file(APP, default_timeout=60)
    stranger.switch_page("pages/room.py")
    stranger.query_params["code"] = code
    stranger.run()
    assert "This page is for the host of the room" in texts(stranger)
    assert not labels(stranger) & {"First question", "Lock the door"}
    stranger.session_state[CODE] = {code: "guess"}
    stranger.run()
    assert "not the host's link" in stranger.warning[0].value
    app = press(app, "End and delete now")
    assert "has ended" in app.warning[0].value


def test_a_session_hosts_no_more_rooms_than_it_may(rooms, monkeypatch):
    from pages.shared.room import opening_button

    kept = {code: "" for code, _ in (rooms.open([epsilon_round()]) for _ in range(2))}
    monkeypatch.setattr(opening_button, "known_keys", lambda: {**kept, "22222": ""})
    assert opening_button._hosted() == 2  # the third one is gone
    monkeypatch.setattr(opening_button, "MOST_HOSTED", 2)
    monkeypatch.setattr(opening_button.st, "session_state", {})
    opening_button.open_room((epsilon_round(),))
    code, why = opening_button.st.session_state[opening_button._NEW]
    assert not code and why.startswith("You host 2 rooms already")


def test_after_the_last_round_the_record_is_open_and_no_button_leads_back(rooms):
    app = press(
        press(press(opened(), "First question"), "Skip this question"), "Skip this question"
    )
    assert len(rooms.room(code_of(app)).rounds) == 3
    app = press(app, "Let them answer")
    app = press(press(app, "Close"), "Show the answers")
    (again,) = [one for one in app.button if one.label == "Talk, then again"]
    assert again.proto.type == "secondary"
    (record,) = [one for one in app.expander if one.label == "Record"]
    assert record.proto.expanded and "End and delete now" in labels(app)


def test_seats_at_tables_are_drawn_anew_until_the_first_question(rooms):
    asked = LESSONS["small_town"]
    code, key = rooms.open(class_rounds(asked), tables=("A", "B"))
    phase = RoomPhase(code, key)
    before = phase.version()
    for table in "AB" * 6:
        rooms.join(code, table)
    assert phase.version() != before


def test_a_room_is_locked_and_unlocked(rooms):
    app = press(opened(), "Lock the door")
    assert rooms.room(code_of(app)).locked
    app = press(app, "Unlock the door")
    assert not rooms.room(code_of(app)).locked


def test_where_rooms_are_off_none_is_offered(monkeypatch):
    monkeypatch.setenv("TRADEOFFS_ROOMS", "off")
    app = AppTest.from_file(APP, default_timeout=60)
    app.switch_page("pages/lesson.py")
    app.query_params["lesson"] = "small_town"
    assert "Open a room for this lesson" not in labels(app.run())
    app.switch_page("pages/room.py").run()
    assert "There are no rooms on this server." in texts(app)


@pytest.mark.parametrize("sent", [None, 5, "x" * 200, "a-heading", "x" * 21 + "ä", {"a": 1}])
def test_a_browser_that_sends_no_key_is_not_believed(sent, monkeypatch):
    from pages.shared.room import host_key

    state = {host_key.KEY: {"found": sent}, "room asked": "AAAAA"}
    monkeypatch.setattr(host_key.st, "session_state", state)
    host_key._hear()
    assert not host_key.known_keys()
