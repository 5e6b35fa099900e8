"""A room goes on and never back, and says in words what it does not do."""

import random
from dataclasses import replace

import pytest

from tests.rooms.play import ROUNDS
from tradeoffs.errors import InvalidInput
from tradeoffs.rooms.room import Room, act, actions
from tradeoffs.rooms.rounds import Round

ORDER = ("waiting", "open", "closed", "revealed")
ACTIONS = ("next", "skip", "open", "close", "reveal", "again", "lock", "unlock", "end")


def room(rounds=3):
    return Room(code="23456", rounds=tuple(ROUNDS.values())[:rounds], ends=100.0)


def position(one):
    return one.place, one.attempt, ORDER.index(one.phase)


def test_whatever_is_pressed_it_never_goes_back_and_what_was_revealed_stays():
    rng = random.Random(0)
    for _ in range(300):
        now = room()
        for _ in range(60):
            action = rng.choice(ACTIONS)
            try:
                after = act(now, action, 50.0)
            except InvalidInput as error:
                assert error.code == "room_action" and action not in actions(now)
                continue
            assert after.version == now.version + 1
            assert position(after) >= position(now)
            assert after.revealed[: len(now.revealed)] == now.revealed
            assert after.ends <= now.ends
            now = after
        assert len(set(now.revealed)) == len(now.revealed)


def test_one_button_leads_through_all_rounds():
    now, pressed = room(), []
    while actions(now) and now.attempt == 1 and (now.place, now.phase) != (2, "revealed"):
        pressed.append(actions(now)[0])
        now = act(now, pressed[-1], 0.0)
    assert pressed == ["next", "open", "close", "reveal"] * 3
    assert actions(now) == ("again",)
    again = act(now, "again", 0.0)
    assert (again.phase, again.attempt, again.place) == ("waiting", 2, 2)
    assert actions(again) == ("open",)


def test_a_second_attempt_is_the_last_and_a_round_that_was_not_opened_can_be_skipped():
    now = room()
    for action in ("next", "open", "close", "reveal", "again", "open", "close", "reveal"):
        now = act(now, action, 0.0)
    assert actions(now) == ("next",) and now.revealed == ((0, 1), (0, 2))
    now = act(now, "next", 0.0)
    assert (now.attempt, actions(now)) == (1, ("open", "skip"))
    assert act(now, "skip", 0.0).place == 2


def test_an_unknown_action_is_refused_with_those_there_are():
    with pytest.raises(InvalidInput, match=r"unknown action 'undo'; known: next, skip, open"):
        act(room(), "undo", 0.0)


def test_it_is_read_back_as_it_was_written():
    now = act(act(room(), "next", 0.0), "lock", 0.0)
    assert Room.of(now.to_json()) == now


def test_a_first_vote_that_is_kept_back_leads_to_a_second_one():
    vote = Round(name="vote", kind="vote", title="", question="", asks={"candidates": []})
    words = Round(name="words", kind="words", title="", question="", asks={"most": 280})
    now = Room(code="ABCDE", rounds=(vote, words), ends=10.0)
    for action in ("next", "open", "close", "reveal"):
        now = act(now, action, 0.0)
    assert actions(now) == ("again", "next")
    assert actions(replace(now, counts_shown=True)) == ("next", "again")
