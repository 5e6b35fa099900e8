"""Guesses of a room in words: each way that they, and the models, can turn out."""

import pandas as pd
import pytest

from tradeoffs.lessons.effect import Effect
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, Vote
from tradeoffs.lessons.step_state import StepState
from tradeoffs.messages.wording import WORDING
from tradeoffs.rooms.guess_sentences import sentences
from tradeoffs.rooms.tally import Tally
from tradeoffs.scenario import Scenario

TABLE, SETTING = pd.DataFrame({"value": [1]}), StepState(scenario=Scenario())
FOUND = Effect(value=0.2, low=0.1, high=0.3)
UNCLEAR = Effect(value=0.01, low=-0.1, high=0.12)


def told(asked, tally, table: "pd.DataFrame | None" = TABLE, before=None) -> str:
    return " ".join(map(WORDING.sentence, sentences(asked, tally, table, SETTING, before)))


def direction(found) -> Direction:
    return Direction(question="?", of=lambda table, state: found)


def chosen(less=None, same=None, more=None, answers=28, **more_of) -> Tally:
    counts = {"less": less, "about the same": same, "more": more}
    return Tally(answers=answers, counts=counts, **more_of)


@pytest.mark.parametrize(
    ("found", "tally", "expected"),
    [
        (
            FOUND,
            chosen(19, None, None),
            "19 of 28 guessed “less”. The models say “more”: +20.0 points (95 %: 10.0 to 30.0 "
            "points).",
        ),
        (
            FOUND,
            chosen(17, 5, 6),
            "17 of 28 guessed “less”. The models say “more”, guessed by 6: +20.0 points (95 %: "
            "10.0 to 30.0 points).",
        ),
        (
            FOUND,
            chosen(None, None, 20),
            "20 of 28 guessed “more”. The models say the same: +20.0 points (95 %: 10.0 to 30.0 "
            "points).",
        ),
        (
            UNCLEAR,
            chosen(14, None, 14),
            "Guessed by 14 of 28 each: “less”, “more”. The data cannot tell the direction: "
            "measured is +1.0 points (95 %: −10.0 to 12.0 points).",
        ),
        (None, chosen(19), "19 of 28 guessed “less”. This cannot be measured here."),
        (FOUND, chosen(), "28 answers, too few of each to be shown. The models say “more”"),
        (
            FOUND,
            chosen(18.4, None, None, ends={"less": (14.2, 22.4)}),
            "About 18 of 28 guessed “less” (95 %: 14 to 22), estimated from randomised answers.",
        ),
    ],
)
def test_choices_are_told_beside_what_the_models_say(found, tally, expected):
    assert told(direction(found), tally).startswith(expected)


def test_nothing_is_told_of_the_models_before_they_answered():
    assert told(direction(FOUND), chosen(19), None) == "19 of 28 guessed “less”."
    assert told(direction(FOUND), chosen(19), TABLE.head(0)) == "19 of 28 guessed “less”."


def test_a_choice_among_several_has_no_number_and_a_vote_no_answer():
    tally = Tally(answers=12, counts={"women": 7, "men": None})
    asked = Choice(question="?", choices=("women", "men"), of=lambda table, state: "women")
    assert told(asked, tally) == "7 of 12 guessed “women”. The models say the same."
    unknown = Choice(question="?", choices=("women", "men"), of=lambda table, state: None)
    assert told(unknown, tally) == "7 of 12 guessed “women”. The data cannot tell."
    vote = Vote(question="?", choices=("women", "men"), outcome=lambda table, state, one: "")
    assert told(vote, tally) == "7 of 12 voted “women”."


def test_numbers_are_counted_on_either_side_of_the_interval():
    asked = Number(question="?", of=lambda table, state: FOUND, unit="%", low=0, high=100)
    tally = Tally(answers=6, numbers=(5.0, 10.0, 30.0, 31.0, 60.0, 90.0))
    assert told(asked, tally) == (
        "The median of 6 guesses is 30.5 %; measured is 20.0 % (95 %: 10.0 to 30.0 %). Guesses "
        "below this interval: 1; within it: 2; above it: 3."
    )
    exact = Effect(value=0.304, low=0.304, high=0.304)
    asked = Number(question="?", of=lambda table, state: exact, unit="%", low=0, high=100)
    assert told(asked, tally) == (
        "The median of 6 guesses is 30.5 %; measured is 30.4 %. Lower guesses: 2; as close as can "
        "be guessed: 1; higher: 3."
    )
    unknown = Number(question="?", of=lambda table, state: None, unit="%", low=0, high=100)
    assert told(unknown, tally) == (
        "The median of 6 guesses is 30.5 %. This cannot be measured here."
    )


def test_the_median_line_is_compared_where_something_was_measured():
    tally = Tally(answers=3, lines=((10.0, 50.0), (20.0, 60.0), (30.0, 90.0)))

    def asked(effects) -> Line:
        return Line(
            question="?", xs=("a", "b"), of=lambda table, state: effects, unit="%", low=0, high=100,
            x_title="x", y_title="y",
        )  # fmt: skip

    assert told(asked([FOUND, Effect(value=0.5, low=0.4, high=0.6)]), tally) == (
        "The median of 3 lines is off by 5.0 points on average; most at b, where it is 60.0 and "
        "50.0 was measured."
    )
    assert told(asked([None, None]), tally) == "3 lines were drawn."


def test_it_is_told_where_the_median_line_moved_between_two_votes():
    asked = Line(
        question="?", xs=("a", "b"), of=lambda table, state: [None, None], unit="%", low=0,
        high=100, x_title="x", y_title="y",
    )  # fmt: skip
    first = Tally(answers=5, lines=((10.0, 50.0),) * 5)
    second = Tally(answers=5, lines=((15.0, 70.0),) * 5)
    moved = "The median line moved most at b: from 50.0 at first to 70.0 now."
    assert moved in told(asked, second, before=first)
    assert "The median line is where it was the first time." in told(asked, first, before=first)


def test_estimates_whose_intervals_overlap_name_no_leader():
    ends = {"less": (0.0, 21.0), "more": (0.0, 12.0)}
    said = told(direction(FOUND), chosen(18.0, None, 3.0, answers=21, ends=ends))
    assert said.startswith(
        "Which answer most guessed cannot be told from 21 randomised answers: the intervals "
        "overlap. The models say “more”: +20.0 points"
    )
    apart = {"less": (14.0, 21.0), "more": (0.0, 7.0)}
    said = told(direction(FOUND), chosen(18.0, None, 3.0, answers=21, ends=apart))
    assert said.startswith("About 18 of 21 guessed “less” (95 %: 14 to 21)")


def test_where_nearly_all_chose_the_same_the_bounds_are_told():
    counts = {"less": None, "about the same": None, "more": None}
    tally = Tally(answers=28, counts=counts, bands={"less": (0, 4), "more": (24, 28)})
    assert told(direction(FOUND), tally).startswith(
        "24 to 28 of 28 guessed “more”. The models say the same: "
    )


def test_a_second_vote_stands_beside_the_first():
    told_first = "17 of 28 guessed “more”. The first time, 19 of 28 guessed “less”. The models say"
    assert told(direction(FOUND), chosen(more=17), before=chosen(19)).startswith(told_first)
    asked = Number(question="?", of=lambda table, state: FOUND, unit="%", low=0, high=100)
    numbers = Tally(answers=5, numbers=(20.0,) * 5), Tally(answers=5, numbers=(40.0,) * 5)
    assert "The first time, the median was 40 %." in told(asked, numbers[0], before=numbers[1])


def test_the_largest_change_between_two_votes_is_told():
    results = {
        "answered": 40,
        "counts": {"less": 15, "about the same": None, "more": 22},
        "flow": [
            {"before": "less", "after": "less", "count": 14},
            {"before": "less", "after": "more", "count": 9},
            {"before": "more", "after": "less", "count": None},
        ],
    }
    assert "9 changed from “less” to “more”." in told(direction(FOUND), Tally.of(results))
    asked = Number(question="?", of=lambda table, state: FOUND, unit="%", low=0, high=100)
    moved = {"answered": 9, "numbers": [20.0] * 9, "moved": {"up": 9, "same": None, "down": None}}
    assert "9 raised their guess." in told(asked, Tally.of(moved))


def test_few_answers_are_told_as_few():
    assert told(direction(FOUND), Tally(answers=4)) == "4 answers, too few to be shown."
    assert told(direction(FOUND), Tally(answers=31)).startswith("31 answers, of which fewer than 5")


def test_estimates_are_counts_with_intervals_within_what_is_possible():
    results = {
        "answered": 20,
        "counts": {"a": 9, "b": None},
        "estimates": {"a": (0.4, -0.1, 0.9), "b": None},
    }
    tally = Tally.of(results)
    assert tally.counts == {"a": 8.0, "b": None} and tally.ends == {"a": (0.0, 18.0)}
