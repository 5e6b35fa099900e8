"""Tally sheets: a row for each answer, whatever is asked."""

import re

import pytest

from tradeoffs.kit.tally_sheet import CLASSES, tally_sheet
from tradeoffs.kit.words import words
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.prediction import Line, Number, OneOf


@pytest.mark.parametrize("name", ["small_town", "a_coin_of_your_own", "who_keeps_control"])
def test_every_question_has_its_answers(name):
    entry = LESSONS[name]
    tables = re.findall(r"<tbody>(.*?)</tbody>", tally_sheet(entry, words("en")))
    asked = [step.prediction for step in entry.steps if step.prediction]
    assert len(tables) == len(asked)
    for table, one in zip(tables, asked, strict=True):
        rows = table.count("<tr>")
        if isinstance(one, OneOf):
            assert rows == len(one.choices)
        if isinstance(one, Line):
            assert rows == len(one.xs)
        if isinstance(one, Number):
            assert 2 <= rows <= CLASSES + 1


def test_ranges_of_a_number_hold_each_guess_once():
    sheet = tally_sheet(LESSONS["a_coin_of_your_own"], words("en"))
    assert "0 points to 6 points" in sheet and "7 points to 13 points" in sheet
    assert "56 points to 60 points" in sheet
