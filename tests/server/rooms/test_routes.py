"""Phones enter a room, answer with and without script, and are refused in words."""

import json
from datetime import datetime
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rooms import gate
from server.rooms.body import MOST
from server.rooms.host_routes import MEDIA
from tests.server.rooms.hall import ASKED, BASE, opened
from tradeoffs.errors import Busy
from tradeoffs.rooms.rooms import MOST_SEATS
from tradeoffs.rooms.rounds import Round

FILLED = {
    "number": ({"value": "30,0"}, {"guess": 30}, "30 %"),
    "one-of": ({"value": "more"}, {"guess": "more"}, "more"),
    "line": ({"value": ["10", "20.5"]}, {"guess": [10, 20.5]}, "1: 10 %; 2: 20.5 %"),
    "values": (
        {"points__accuracy": "60", "points__gap": "40", "else": "<b>costs</b>"},
        {"points": {"accuracy": 60, "gap": 40}, "else": "<b>costs</b>"},
        "Accuracy: 60; Gap: 40",
    ),
    "point": ({"setting": "none"}, {"setting": None}, "None of these"),
    "lines": (
        {"limit__accuracy": "80", "limit__gap": ""},
        {"accuracy": 80, "gap": None},
        "Accuracy: at least 80 %",
    ),
    "rule": ({"choice": "compromise"}, {"choice": "compromise"}, "Compromise"),
    "vote": ({"approve": ["baseline"]}, {"approve": ["baseline"]}, "baseline"),
    "epsilon": ({"choice": "1"}, {"choice": "1"}, "ε = 1"),
    "words": ({"text": " I  disagree. "}, {"text": "I disagree."}, "I disagree."),
}
WRONG = {
    "number": ({"value": "101"}, "101"),
    "one-of": ({"value": "<i>"}, ""),
    "line": ({"value": ["1"]}, "1"),
    "values": ({"points__accuracy": "99"}, "99"),
    "point": ({"setting": "40"}, ""),
    "lines": ({"limit__gap": "-1"}, "-1"),
    "rule": ({"choice": "fate"}, ""),
    "vote": ({"approve": ["me"]}, ""),
    "epsilon": ({"choice": "0"}, ""),
    "words": ({"text": "a" * 281}, "a" * 281),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_question_is_answered_by_a_form_alone(name):
    one = opened(name)
    phone = one.phone()
    fields, stored, words = FILLED[name]
    assert phone.form(f"{one.path}/join").headers["location"] == one.path
    assert f"About {name}" not in phone.get(one.path).text
    one.act("next")
    assert "The next question appears here" in phone.get(one.path).text
    one.act("open")
    assert f"What &lt;{name}&gt;?" in phone.get(one.path).text
    done = phone.form(f"{one.path}/say", round=name, **fields)
    assert (done.status, done.headers["location"]) == (303, one.path)
    assert phone.get(f"{one.path}/state").json()["answer"] == stored
    shown = phone.get(one.path).text
    assert "Your answer has arrived" in shown and "<b>costs" not in shown
    one.act("close")
    assert f"Your answer: {words}" in unescape(phone.get(one.path).text)


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_out_of_bounds_is_refused_in_words_and_stays_in_its_form(name):
    one = opened(name)
    phone = one.phone(seated=True)
    one.act("next", "open")
    fields, kept = WRONG[name]
    refused = phone.form(f"{one.path}/say", round=name, **fields)
    assert refused.status == 422 and 'class="error" role="alert"' in refused.text
    assert kept in refused.text and "<i>" not in refused.text
    assert phone.get(f"{one.path}/state").json()["answer"] is None


@pytest.mark.parametrize("name", ASKED)
def test_every_field_has_a_label(name):
    import re

    one = opened(name)
    phone = one.phone(seated=True)
    one.act("next", "open")
    text = phone.get(one.path).text
    fields = re.findall(r"<(?:input|textarea|select)(?![^>]*hidden)[^>]*", text)
    ids = [re.search(r' id="([^"]+)"', one)[1] for one in fields]  # type: ignore[index]
    assert ids and len(set(ids)) == len(ids)
    assert set(ids) == set(re.findall(r'<label[^>]* for="([^"]+)"', text))


def test_who_arrives_reads_what_is_kept_and_until_when():
    one = opened("number", tables=("clinic", "patients"))
    text = one.phone().get(one.path).text
    assert "Nobody here can see which answer is yours" in text
    assert "<option>clinic</option>" in text
    then = datetime.fromtimestamp(one.rooms.room(one.code).ends).astimezone()
    day, hour = f"{then.day} {then:%B %Y}", f"{then:%H:%M}"
    assert f"{day} at {hour} (clock of this room's machine, {then.tzname()})</time>" in unescape(
        text
    )
    assert 'data-told="{date} at {hour} (clock of this phone)"' in text


def test_what_all_settings_have_is_said_once_above_them():
    for name, told in (("point", True), ("vote", False)):  # of the vote here, nothing is the same
        one = opened(name)
        phone = one.phone(seated=True)
        one.act("next", "open")
        assert ("The same for all settings: no shift." in phone.get(one.path).text) == told


def test_a_code_is_entered_as_people_type_it():
    one = opened("number")
    typed = f"%20{one.code[:2].lower()}-{one.code[2:]}"
    assert one.phone().get(f"/{BASE}/r/?code={typed}").headers["location"] == one.path
    assert "Code of the room" in one.phone().get(f"/{BASE}/r/").text
    assert one.phone().get(f"/{BASE}/r").headers["location"] == f"/{BASE}/r/"


def test_a_seat_is_a_cookie_of_its_room_and_comes_back_with_its_token():
    one = opened("number")
    phone = one.phone()
    done = phone.post(f"{one.path}/join", {"table": ""})
    told = done.headers["set-cookie"]
    assert "HttpOnly" in told and "SameSite=lax" in told and f"Path={one.path};" in told
    token = done.json()["token"]
    assert phone.post(f"{one.path}/join", {}).json()["token"] == token  # a second click
    other = one.phone()
    assert other.post(f"{one.path}/join", {"token": token}).json()["token"] == token
    assert one.rooms.host(one.code, one.key)["seats"] == 1
    forged = one.phone().post(f"{one.path}/join", {"token": "x" * 22})
    assert (forged.status, forged.json()["code"]) == (403, "room_seat_unknown")


def test_programs_speak_json():
    one = opened("number")
    phone = one.phone()
    token = phone.post(f"{one.path}/join", {}).json()["token"]
    phone.cookies.clear()
    one.act("next", "open")
    seat = {"x-seat": token}
    said = phone.post(f"{one.path}/say", {"round": "number", "answer": {"guess": 7}}, **seat)
    assert said.status == 200
    assert phone.get(f"{one.path}/state", **seat).json()["answer"] == {"guess": 7}
    assert phone.get(f"{one.path}/state").json()["answer"] is None
    early = phone.get(f"{one.path}/results")
    assert (early.status, early.json()["code"]) == (404, "room_not_revealed")


def test_an_answer_out_of_phase_or_without_a_seat_is_refused():
    one = opened("number", "one-of")
    phone, stranger = one.phone(seated=True), one.phone()
    answer = {"round": "number", "answer": {"guess": 7}}
    assert phone.post(f"{one.path}/say", answer).json()["code"] == "room_not_open"
    one.act("next", "open")
    assert stranger.post(f"{one.path}/say", answer).json()["code"] == "room_seat_unknown"
    late = phone.form(f"{one.path}/say", round="one-of", value="more")
    assert late.status == 409 and "About one-of" in late.text
    one.act("close")
    late = phone.form(f"{one.path}/say", round="number", value="7")
    assert late.status == 409 and 'role="alert"' in late.text
    one.act("lock")
    locked = stranger.form(f"{one.path}/join")
    assert locked.status == 409 and "locked" in locked.text


@pytest.mark.parametrize("announced", [True, False])
def test_a_large_body_is_refused_before_it_arrives(announced):
    one = opened("number")
    phone = one.phone(seated=True)
    phone.heard = 0
    headers = {"content-length": str(10**6)} if announced else {}
    done = phone.ask("POST", f"{one.path}/say", b"x" * 1000, headers, parts=1000)
    assert done.status == 413 and str(MOST) in done.text.replace(",", "")
    assert phone.heard <= (0 if announced else 3)


def test_results_are_shown_to_those_who_cannot_see_the_screen_and_computed_once(monkeypatch):
    one = opened("one-of", "number")
    phones = [one.phone(seated=True) for _ in range(12)]
    one.act("next", "open")
    for place, phone in enumerate(phones):
        phone.form(f"{one.path}/say", round="one-of", value="more" if place < 7 else "less")
    one.act("close")
    assert "<table>" not in phones[0].get(one.path).text
    one.act("reveal")
    asked = []
    results = one.rooms.results
    monkeypatch.setattr(one.rooms, "results", lambda *a: asked.append(a) or results(*a))
    texts = {phone.get(one.path).text for phone in phones}
    assert len(asked) == 1 and all("<th>more</th><td>7</td>" in text for text in texts)
    told = phones[0].get(f"{one.path}/results")
    assert told.json()["counts"] == {"less": 5, "more": 7}
    same = phones[0].get(f"{one.path}/results", **{"if-none-match": told.headers["etag"]})
    assert same.status == 304 and not same.text


def test_a_host_acts_with_the_key_and_nobody_else():
    one = opened("number")
    phone = one.phone()
    key = {"authorization": f"Bearer {one.key}"}
    assert phone.post(f"{one.path}/act", {"action": "next"}, **key).json()["actions"] == [
        "open",
    ]
    stale = phone.post(f"{one.path}/act", {"action": "open", "version": 0}, **key)
    assert (stale.status, stale.json()["code"]) == (409, "room_moved_on")
    for wrong in ({}, {"authorization": "Bearer x"}, {"authorization": f"Basic {one.key}"}):
        done = phone.post(f"{one.path}/act", {"action": "open"}, **wrong)
        assert (done.status, done.json()["code"]) == (403, "room_key_wrong")
    odd = phone.post(f"{one.path}/act", {"action": "open", "key": "x", "self": 1}, **key)
    assert odd.status == 200
    ended = phone.post(f"{one.path}/act", {"action": "end"}, **key)
    assert ended.json() == {"ended": one.code}
    assert "There is no room" in phone.get(one.path).text


@pytest.mark.parametrize("ending", MEDIA)
def test_a_host_takes_the_record_along(ending):
    one = opened("number")
    phones = [one.phone(seated=True) for _ in range(5)]
    one.act("next", "open")
    for phone in phones:
        phone.form(f"{one.path}/say", round="number", value="7")
    one.act("close", "reveal")
    where, key = f"{one.path}/record.{ending}", {"authorization": f"Bearer {one.key}"}
    assert phones[0].get(where).status == 403
    done = phones[0].get(where, **key)
    assert done.status == 200 and done.headers["content-type"].startswith(MEDIA[ending])
    assert f"room-{one.code}.{ending}" in done.headers["content-disposition"]
    assert "About number" in done.text
    assert phones[0].get(f"{one.path}/record.exe", **key).status == 422


def test_a_choice_is_replaced_by_the_phone_or_before_it_is_stored():
    one = opened("epsilon", "one-of")
    phones = [one.phone(seated=True) for _ in range(40)]
    one.act("next", "open")
    for phone in phones:
        phone.form(f"{one.path}/say", round="epsilon", choice="0.5")
    one.act("close", "reveal", "next", "open")
    text = phones[0].get(one.path).text
    assert 'data-epsilon="0.5" data-choices="[&quot;less&quot;, &quot;more&quot;]"' in text
    assert "62 of 100 are sent as they are" in text
    sent = set()
    for place, phone in enumerate(phones):
        drawn = {"randomised": "1"} if place < 10 else {}
        phone.form(f"{one.path}/say", round="one-of", value="more", **drawn)
        sent.add(phone.get(f"{one.path}/state").json()["answer"]["guess"])
        assert place >= 10 or sent == {"more"}
    assert sent == {"less", "more"}
    again = phones[0].form(f"{one.path}/say", round="one-of", value="less")
    assert again.status == 422 and "it is sent only once" in again.text
    assert "<form" not in phones[0].get(one.path).text
    one.act("close")
    assert "What was sent, perhaps replaced at random: " in phones[0].get(one.path).text


@pytest.fixture
def held(monkeypatch):
    """The seconds for which answers would be held back."""
    found: list[float] = []

    async def hold(seconds: float) -> None:
        if seconds > gate.PATIENCE:
            raise Busy("room_guesses", seconds=round(seconds))
        found.append(seconds)

    monkeypatch.setattr(gate, "_hold", hold)
    return found


def test_who_tries_codes_is_slowed_and_those_seated_are_not(held):
    one = opened("number")
    seated, guesser = one.phone(seated=True), one.phone()
    for _ in range(21):
        assert guesser.get(f"/{BASE}/r/22222").status == 404
    assert held == []
    while (done := guesser.get(f"/{BASE}/r/22222")).status == 404:
        pass
    assert done.status == 429 and int(done.headers["retry-after"]) > 5
    assert 1 <= len(held) <= 4 and held == sorted(held)
    assert guesser.get(one.path).status == 429  # nothing is told, not even by a right one
    assert seated.get(one.path).status == 200
    assert one.phone("192.0.2.8").get(one.path).status == 200


def test_phones_of_a_room_that_ended_do_not_slow_the_next_one(held):
    one = opened("number")
    phones = [one.phone(seated=True) for _ in range(40)]
    one.act("end")
    assert [phone.get(one.path).status for phone in phones] == [404] * 40
    one.code, _ = one.rooms.open([Round(name="a", kind="words", title="", question="", asks={})])
    assert phones[0].get(one.path).status == 200 and held == []


def test_a_course_behind_one_address_gets_in_and_nobody_takes_all_seats(monkeypatch):
    monkeypatch.setattr(gate, "JOINS_SECONDS", 1e9)
    one = opened("number")
    joined = [one.phone().post(f"{one.path}/join", {}).status for _ in range(gate.JOINS + 3)]
    assert joined == [200] * gate.JOINS + [429] * 3 and 200 < gate.JOINS < MOST_SEATS
    phone = one.phone("192.0.2.8", seated=True)
    phone.address = "192.0.2.7"  # a seat that comes back takes none
    assert phone.post(f"{one.path}/join", {}).status == 200
    assert one.phone("127.0.0.1").post(f"{one.path}/join", {}).status == 200


def test_who_tries_keys_is_slowed_and_the_host_is_not(held):
    one = opened("number")
    told = [
        one.phone().post(f"{one.path}/act", {"action": "next"}, authorization="Bearer x").status
        for _ in range(30)
    ]
    assert told[:20] == [403] * 20 and told[-1] == 429 and any(held)
    right = {"authorization": f"Bearer {one.key}"}
    assert one.phone().post(f"{one.path}/act", {"action": "next"}, **right).status == 200


def test_two_rooms_do_not_mix():
    one, other = opened("number"), opened("number")
    phone = one.phone(seated=True)
    code, _ = one.rooms.open(one.rooms.room(one.code).rounds)
    for where in (code, other.code):
        said = {"round": "number", "answer": {"guess": 1}}
        assert phone.post(f"/{BASE}/r/{where}/say", said).status in (403, 404)


TEXT = st.text(max_size=30)
LEAF = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
JSON = st.recursive(
    LEAF, lambda one: st.lists(one, max_size=3) | st.dictionaries(TEXT, one, max_size=3)
)
NAMES = st.sampled_from(["round", "answer", "token", "table", "action", "version", "n", "value"])


def test_no_input_is_answered_by_a_fault(held):
    """Each route, with anything at all: an exception would reach this test."""
    one = opened(*ASKED)
    phone = one.phone(seated=True)
    one.act("next", "open")
    here = st.sampled_from([one.code, one.code.lower(), "22222"]) | TEXT.filter("/".__ne__)
    parts = st.sampled_from(["", "/join", "/say", "/state", "/results", "/act", "/record.html"])

    @given(
        method=st.sampled_from(["GET", "POST", "PUT", "HEAD"]),
        code=here,
        part=parts,
        query=TEXT,
        body=st.binary(max_size=60) | st.dictionaries(NAMES, JSON, max_size=4).map(encoded),
        kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded", ""]),
        seat=st.sampled_from(["", phone.cookies["seat"], "x"]),
        key=st.sampled_from(["", f"Bearer {one.key}", "Bearer"]),
    )
    def fuzz(method, code, part, query, body, kind, seat, key):
        headers = {"content-type": kind, "x-seat": seat, "authorization": key}
        path = f"/{BASE}/r/{code}{part}?{query}"
        done = one.phone("192.0.2.9").ask(method, path, body, headers)
        assert done.status < 500 and "Traceback" not in done.text

    fuzz()


def encoded(told: object) -> bytes:
    return json.dumps(told).encode()
