"""The door to rooms: who may do what and when, and what each is shown."""

import itertools
import json
import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.rooms.front import options
from tests.rooms.play import CHOICES, ROUNDS, Play, answer
from tradeoffs.errors import InvalidInput
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.rooms import MOST_SEATS, Rooms, _opened, rooms
from tradeoffs.rooms.rounds import class_rounds, workshop_rounds


def refused(code):
    return pytest.raises(InvalidInput, check=lambda error: error.code == code)


def test_a_seat_answers_while_the_round_is_open_and_may_change_its_mind():
    play = Play()
    (seat,) = play.join(1)
    with refused("room_not_open"):
        play.say(seat, "pick", guess="more")
    play.act("next", "open")
    play.say(seat, "pick", guess="more")
    play.say(seat, "pick", guess="fewer")
    play.act("close")
    with refused("room_not_open"):
        play.say(seat, "pick", guess="more")
    state = play.rooms.phone(play.code, seat)
    assert state["answer"] == {"guess": "fewer"} and state["phase"] == "closed"
    assert play.rooms.host(play.code, play.key)["answered"] == 1


def test_codes_are_read_as_people_type_them():
    play = Play()
    typed = f" {play.code[:2].lower()}-{play.code[2:]} "
    assert play.rooms.room(typed).code == play.code


@pytest.mark.parametrize("token", ["", "forged", "\u00e4", "x" * 5000])
def test_a_forged_seat_says_nothing_and_sees_nothing_of_its_own(token):
    play = Play()
    play.act("next", "open")
    with refused("room_seat_unknown"):
        play.say(token, "pick", guess="more")
    assert not play.rooms.seated(play.code, token)
    state = play.rooms.phone(play.code, token)
    assert not state["seated"] and state["answer"] is None and state["yours"] == {}


@pytest.mark.parametrize("key", ["", "guess", "x" * 5000])
def test_a_guessed_key_does_nothing(key):
    play = Play()
    for call in (
        lambda: play.rooms.act(play.code, key, "next"),
        lambda: play.rooms.host(play.code, key),
        lambda: play.rooms.record(play.code, key),
    ):
        with refused("room_key_wrong"):
            call()
    assert play.rooms.room(play.code).place == -1


def test_a_locked_or_full_room_lets_nobody_in_and_keeps_who_is():
    play = Play()
    (seat,) = play.join(1)
    play.act("lock")
    with refused("room_locked"):
        play.join(1)
    assert play.rooms.seated(play.code, seat)
    play.act("unlock")
    play.join(MOST_SEATS - 1)
    with refused("room_full"):
        play.join(1)


def test_tables_are_those_of_the_room():
    play = Play(tables=("clinic", "patients"))
    with refused("not_offered"):
        play.join(1, "press")
    play.join(6, "clinic")
    play.join(5, "patients")
    assert tables(play) == {"clinic": 6, "patients": 5}
    play.join(2)
    assert tables(play) == {"clinic": 6, "patients": None, "": None}


def tables(play):
    return play.rooms.host(play.code, play.key)["by_table"]


def test_two_hosts_who_press_at_once_move_the_room_on_once():
    play = Play(names=("pick", "number"))
    version = play.rooms.room(play.code).version
    play.act("next", version=version)
    with refused("room_moved_on"):
        play.act("open", version=version)
    assert play.rooms.room(play.code).phase == "waiting"


def test_results_are_of_revealed_rounds_alone_and_the_same_for_a_version():
    play = Play(names=("number", "pick"))
    seats = play.join(6)
    play.act("next", "open")
    for value, seat in enumerate(seats):
        play.say(seat, "number", guess=value)
    for action in ("close", "reveal"):
        with refused("room_not_revealed"):
            play.rooms.results(play.code)
        play.act(action)
    found = play.rooms.results(play.code)
    assert sorted(found["numbers"]) == [0, 1, 2, 3, 4, 5]
    play.act("next", "open")
    with refused("room_not_revealed"):
        play.rooms.results(play.code)
    later = play.rooms.results(play.code, 0)
    assert later["numbers"] == found["numbers"] and play.rooms.results(play.code, 0) is later
    for place, attempt in ((0, 2), (1, 1), (7, 1), (-1, 1)):
        with refused("room_not_revealed"):
            play.rooms.results(play.code, place, attempt)


def test_below_five_answers_nothing_is_shown():
    for name, asked in ROUNDS.items():
        play = Play(names=(name,))
        seats = play.join(4)
        rng = random.Random(0)
        found = play.round(seats, [answer(asked, rng) for _ in seats])
        assert found["shown"] is False and found["answered"] == 4
        assert found.keys() == {
            *("version", "round", "kind", "place", "attempt"),
            *("seats", "answered", "kept_back", "shown"),
        }


def test_a_second_attempt_keeps_the_first_and_tells_what_changed():
    play = Play()
    seats = play.join(28)
    first = play.round(seats, [{"guess": CHOICES[k % 2]} for k in range(28)])
    again = play.round(seats, [{"guess": CHOICES[k % 4 // 2]} for k in range(28)], again=True)
    assert again["before"]["counts"] == first["counts"] and again["attempt"] == 2
    assert {one["count"] for one in again["flow"]} <= {None, 7}
    assert play.rooms.results(play.code, 0, 1)["counts"] == first["counts"]


def test_numbers_that_went_up_are_counted():
    play = Play(names=("number",))
    seats = play.join(12)
    play.round(seats, [{"guess": 10}] * 12)
    found = play.round(seats, [{"guess": 20}] * 6 + [{"guess": 5}] * 6, again=True)
    assert found["moved"]["up"] is None or found["moved"]["up"] == 6
    assert found["before"]["numbers"] == [10] * 12


def test_a_first_vote_is_kept_back_until_the_host_shows_counts():
    play = Play(names=("vote",))
    seats = play.join(12)
    votes = [{"approve": ["baseline"]}] * 7 + [{"approve": ["do_not_build"]}] * 5
    found = play.round(seats, votes)
    assert found["kept_back"] and not found["shown"] and "approve" not in found
    play.act("counts", shown=True)
    shown = play.rooms.results(play.code)
    assert shown["approve"] == {"baseline": (7, 7), "setting-1": (0, 4), "do_not_build": (5, 5)}
    assert shown["decision"] is None
    play.act("counts", shown=False)
    assert play.round(seats, votes, again=True)["before"]["approve"] == shown["approve"]


def test_texts_wait_for_approval_and_a_changed_one_waits_again():
    play = Play(names=("words",))
    seats = play.join(10)
    play.act("next", "open")
    play.say(seats[0], "words", text="Not <b>me</b>")
    (waiting,) = play.rooms.host(play.code, play.key)["awaiting"]
    assert waiting["text"] == "Not <b>me</b>"
    assert play.rooms.phone(play.code, seats[1])["statements"] == []
    with refused("room_statement_unknown"):
        play.say(seats[1], "words", join=waiting["id"])
    version = play.act("approve", statement=waiting["id"]).version
    assert version == play.rooms.phone(play.code, seats[1])["version"]
    told = {"id": waiting["id"], "text": waiting["text"]}
    assert play.rooms.phone(play.code, seats[1])["statements"] == [told]
    for seat in seats[1:7]:
        play.say(seat, "words", join=waiting["id"])
    for seat in seats[7:]:
        play.say(seat, "words", text="")
    play.act("close", "reveal")
    assert play.rooms.results(play.code)["statements"] == [told | {"joined": (6, 10)}]
    play.act("refuse", statement=waiting["id"])
    assert play.rooms.results(play.code)["statements"] == []
    with refused("room_statement_unknown"):
        play.act("approve", statement="0123")


def test_a_text_that_was_changed_is_another_one():
    play = Play(names=("words",))
    (seat,) = play.join(1)
    play.act("next", "open")
    play.say(seat, "words", text="first")
    play.act("approve", statement=play.rooms.host(play.code, play.key)["awaiting"][0]["id"])
    play.say(seat, "words", text="second")
    (waiting,) = play.rooms.host(play.code, play.key)["awaiting"]
    assert waiting["text"] == "second"
    assert play.rooms.phone(play.code, seat)["statements"] == []


def test_answers_on_paper_count_with_those_of_phones():
    play = Play()
    seats = play.join(6)
    with refused("room_no_paper"):
        play.act("typed", answers=[])
    play.act("next", "open")
    for seat in seats:
        play.say(seat, "pick", guess="more")
    play.act("typed", answers=[{"answer": {"guess": "fewer"}, "many": 30}])
    play.act("typed", answers=[{"answer": {"guess": "fewer"}, "many": 8}])
    for answers, code in (
        ([{"answer": {"guess": "none"}, "many": 1}], "not_offered"),
        ([{"answer": {"guess": "more"}, "many": -1}], "not_a_number"),
        ([{"answer": {"guess": "more"}, "many": 400}] * 2, "room_paper"),
        ({"more": 1}, "room_answer_shape"),
    ):
        with refused(code):
            play.act("typed", answers=answers)
    play.act("heads", n=14)
    host = play.rooms.host(play.code, play.key)
    assert (host["answered"], host["paper"], host["heads"]) == (14, 8, 14)
    play.act("close", "reveal")
    found = play.rooms.results(play.code)["counts"]
    assert found["fewer"] == 8 or found["more"] is None
    with refused("room_no_paper"):
        play.act("typed", answers=[])


def test_the_epsilon_that_most_chose_holds_for_the_guesses_after_it():
    play = Play(names=("epsilon", "pick", "number"))
    seats = play.join(30)
    play.round(seats, [{"choice": "1"}] * 12 + [{"choice": "2"}] * 12 + [{"choice": "none"}] * 6)
    assert play.rooms.room(play.code).epsilon == 1.0  # the smallest of two that are level
    play.act("next", "open")
    assert play.rooms.phone(play.code, seats[0])["epsilon"] == 1.0
    for seat in seats[:15]:
        play.say(seat, "pick", guess="more")
    for seat in seats[15:]:
        play.say(seat, "pick", guess="more", randomised=True)
    for said in ({"guess": "more"}, {"guess": "fewer", "randomised": True}):
        with refused("room_said_once"):
            play.say(seats[0], "pick", **said)
    kept = [play.rooms.phone(play.code, seat)["answer"]["guess"] for seat in seats]
    assert set(kept[:15]) != {"more"} and set(kept[15:]) == {"more"}
    play.act("close", "reveal")
    found = play.rooms.results(play.code)
    shown = {name for name, count in found["counts"].items() if count is not None}
    assert found["epsilon"] == 1.0
    assert {name for name, one in found["estimates"].items() if one} == shown
    play.act("next", "open")
    assert play.rooms.phone(play.code, seats[0])["epsilon"] is None


def test_typed_answers_make_no_tie_that_tells_which_epsilon_phones_chose():
    for phones, epsilon in ((4, None), (5, 1.0)):
        play = Play(names=("epsilon",))
        seats = play.join(phones)
        play.act("next", "open")
        play.act("typed", answers=[{"answer": {"choice": "2"}, "many": 99}])
        for seat in seats:
            play.say(seat, "epsilon", choice="1")
        assert play.act("close", "reveal").epsilon == epsilon


def test_two_rooms_at_once_do_not_mix():
    store = RoomStore()
    both = Rooms(store)
    opened = [both.open([ROUNDS["pick"]]) for _ in range(2)]
    seats = [[both.join(code) for _ in range(9)] for code, _ in opened]
    for code, key in opened:
        both.act(code, key, "next")
        both.act(code, key, "open")
    for (code, _), tokens, said in zip(opened, seats, ("more", "fewer"), strict=True):
        for token in tokens:
            both.say(code, token, "pick", {"guess": said})
    (one, one_key), (two, two_key) = opened
    with refused("room_seat_unknown"):
        both.say(one, seats[1][0], "pick", {"guess": "more"})
    with refused("room_key_wrong"):
        both.act(one, two_key, "close")
    both.act(one, one_key, "close")
    both.act(one, one_key, "reveal")
    assert both.results(one)["bounds"]["more"] == (5, 9)
    both.act(one, one_key, "end")
    assert both.host(two, two_key)["answered"] == 9


def test_a_watcher_is_told_of_everything_and_versions_of_what_phones_see():
    play, calls = Play(), []
    unwatch = play.rooms.watch(play.code.lower(), lambda: calls.append(0))
    other = Play()
    seats = play.join(2)
    assert len(calls) == 2 and play.rooms.version(play.code) == 0
    play.act("next", "open")
    play.say(seats[0], "pick", guess="more")
    assert len(calls) == 5 and play.rooms.version(play.code) == 2
    other.act("next")
    unwatch()
    play.act("close")
    assert len(calls) == 5


@pytest.mark.parametrize("jump", [-1e9, -3600.0, 3600.0 * 23])
def test_a_clock_that_jumps_before_the_end_changes_nothing(jump):
    play = Play()
    (seat,) = play.join(1)
    play.act("next", "open")
    play.now += jump
    play.say(seat, "pick", guess="more")
    assert play.rooms.purge() == 0
    assert play.rooms.phone(play.code, seat)["answer"] == {"guess": "more"}


def test_after_its_end_a_room_is_unknown_before_and_after_it_is_purged():
    play = Play()
    (seat,) = play.join(1)
    play.now += 24 * 3600
    calls = [
        lambda: play.rooms.room(play.code),
        lambda: play.join(1),
        lambda: play.say(seat, "pick", guess="more"),
        lambda: play.act("next"),
        lambda: play.rooms.phone(play.code, seat),
        lambda: play.rooms.host(play.code, play.key),
        lambda: play.rooms.results(play.code),
        lambda: play.rooms.options(play.code),
        lambda: play.rooms.record(play.code, play.key),
    ]
    for purged in (0, 1):
        for call in calls:
            with refused("room_unknown"):
                call()
        assert play.rooms.purge() == 1 - purged
        play.now -= 25 * 3600 * purged
    with refused("room_unknown"):  # though the clock went back
        play.rooms.room(play.code)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"hours": 0}, "out_of_range"),
        ({"hours": float("nan")}, "out_of_range"),
        ({"hours": 1000}, "out_of_range"),
        ({"rounds": []}, "room_rounds"),
        ({"rounds": [ROUNDS["pick"]] * 2}, "room_rounds"),
        ({"tables": ["a", "a"]}, "room_tables"),
        ({"tables": [""]}, "room_tables"),
        ({"tables": [str(k) for k in range(13)]}, "room_tables"),
    ],
)
def test_a_room_that_cannot_be_is_not_opened(given, code):
    with refused(code):
        Rooms(RoomStore()).open(**{"rounds": [ROUNDS["pick"]], **given})


def test_every_step_of_a_lesson_that_asks_is_a_round():
    for name in LESSONS:
        lesson = LESSONS[name]
        found = class_rounds(lesson)
        asking = [str(k) for k, step in enumerate(lesson.steps) if step.prediction]
        assert [one.source["step"] for one in found] == asking
        for one in found:
            prediction = lesson.steps[int(one.source["step"])].prediction
            assert prediction is not None
            said = answer(one, random.Random(0))
            low, high = one.asks.get("low", 0), one.asks.get("high", 1)
            if one.asks["form"] == "number":
                said = {"guess": low + one.asks["step"]}
            if one.asks["form"] == "line":
                said = {"guess": [high] * len(one.asks["xs"])}
            assert prediction.valid(said["guess"])
            json.dumps(one.to_json())


def test_a_workshop_goes_from_values_to_its_record():
    chosen = options()
    play = Rooms(RoomStore())
    code, key = play.open(workshop_rounds(chosen), options=chosen)
    seats = [play.join(code) for _ in range(12)]
    rng, spread = random.Random(0), itertools.cycle((70, 10, 10, 10))
    for asked in play.room(code).rounds:
        play.act(code, key, "next")
        play.act(code, key, "open")
        asked = play.room(code).round or asked
        for place, token in enumerate(seats):
            names = list(chosen.names)
            if asked.kind == "values":
                points = [next(spread) for _ in range(4)]
                shift = place % 4
                said = {"points": dict(zip(names, points[shift:] + points[:shift], strict=True))}
            elif asked.kind == "vote":
                said = {"approve": [asked.asks["candidates"][place % 2]["name"]]}
            elif asked.kind == "lines":
                said = {}
            else:
                said = answer(asked, rng)
            play.say(code, token, asked.name, said)
        play.act(code, key, "counts", shown=True)
        play.act(code, key, "close")
        play.act(code, key, "reveal")
        if asked.kind == "point":
            assert play.phone(code, seats[0])["yours"]["point"]["setting"] in range(5)
    asked = play.room(code).rounds[4].asks["candidates"]
    names = [one["name"] for one in asked]
    assert {"baseline", "do_not_build"} < set(names) and len(names) <= 9
    record = play.record(code, key)
    assert [one["round"]["kind"] for one in record["rounds"]] == [
        *("values", "point", "lines", "choice", "vote", "words")
    ]
    values, lines, vote = (record["rounds"][k]["attempts"][0] for k in (0, 2, 4))
    assert len(values["profiles"]) == 12 and lines["overlap"]["all"] == [0, 1, 2, 3, 4]
    assert {one["rule"] for one in vote["decision"]["rules"]} == {
        *("majority", "worst-off first", "compromise")
    } or len(vote["decision"]["rules"]) == 3
    assert json.loads(json.dumps(record))["options"] == chosen.to_json()


def test_rooms_are_where_the_setting_says(monkeypatch, tmp_path):
    _opened.cache_clear()
    monkeypatch.setenv("TRADEOFFS_ROOMS", str(tmp_path / "made" / "rooms.sqlite"))
    code, _ = rooms().open([ROUNDS["pick"]])
    assert rooms().room(code).code == code and (tmp_path / "made" / "rooms.sqlite").exists()
    _opened.cache_clear()
    monkeypatch.setenv("TRADEOFFS_ROOMS", "OFF")
    with refused("rooms_off"):
        rooms()
    monkeypatch.delenv("TRADEOFFS_ROOMS")
    monkeypatch.setenv("TRADEOFFS_PROFILE", "public")
    with refused("rooms_off"):
        rooms()


def test_threads_that_ask_at_once_get_the_same_rooms(monkeypatch):
    _opened.cache_clear()
    monkeypatch.setattr(RoomStore, "__init__", slowly(RoomStore.__init__))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: rooms(), range(8)))
    assert len(set(map(id, found))) == 1
    _opened.cache_clear()


def slowly(call):
    def slow(*args):
        time.sleep(0.05)
        call(*args)

    return slow
