"""What the models answer to the questions of classes, in records."""

import json
import math

import pytest

from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.effect import Effect
from tradeoffs.rooms.record_sections import _Common
from tradeoffs.rooms.rounds import class_rounds
from tradeoffs.rooms.shipped_guesses import effect_of, shipped_guess


@pytest.mark.parametrize("name", ["small_town", "one_model_for_everyone", "a_seat_at_the_table"])
def test_every_question_has_an_answer_in_words(name):
    told = {}
    for one in class_rounds(LESSONS[name]):
        asked = one.to_json()
        found = shipped_guess(asked)
        json.dumps(found, allow_nan=False)
        record = {"room": {"language": "en"}, "computed": {"answers": {one.name: found}}}
        told[one.name] = _Common(record)._models(asked)
    assert all(told.values()) and "not in this record" not in told.values()
    if name == "a_seat_at_the_table":  # a line, and directions of which some are open
        assert told["guess-2"].startswith("0 %: ") and "; 1 %: " in told["guess-2"]
        assert told["guess-1"].startswith("the data cannot tell the direction: ")


def test_an_answer_without_an_interval_stays_one():
    found = {"value": 0.2, "low": None, "high": None, "test_rows": True, "range": False}
    assert effect_of(found) == Effect(value=0.2, low=-math.inf, high=math.inf)


@pytest.mark.parametrize(
    "source", [{}, {"lesson": "none", "step": "0"}, {"lesson": "small_town", "step": "99"}]
)
def test_what_is_not_shipped_is_absent(source):
    assert shipped_guess({"source": source}) is None
