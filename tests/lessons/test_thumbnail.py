"""The small chart of a lesson shows no value that the lesson asks for."""

import re

import pytest

from tradeoffs.lessons import thumbnail as module
from tradeoffs.lessons.catalogue import LESSONS, folder_of
from tradeoffs.lessons.folder import STRUCTURE, read_folder
from tradeoffs.lessons.thumbnail import HEIGHT, WIDTH, asked_values, marks, openings, thumbnail
from tradeoffs.paths import SHIPPED_LESSONS

WRITTEN = [name for name in LESSONS if (folder_of(name) / STRUCTURE).is_file()]


@pytest.mark.parametrize("name", WRITTEN)
def test_what_a_lesson_asks_is_not_drawn_and_the_shipped_picture_is_that_of_its_answers(name):
    folder = read_folder(folder_of(name))
    steps = list(openings(folder))
    asked = asked_values(steps)
    points = [one for step in steps for one in marks(step, asked)]
    shown = [one.value for one in points if one.value is not None]
    assert asked and shown
    assert all(abs(value - one) > 1e-9 for value in shown for one in asked)

    svg = thumbnail(folder)
    assert (SHIPPED_LESSONS / f"{name}.svg").read_text() == f"{svg}\n"
    places = [tuple(map(float, one)) for one in re.findall(r'c?x="(\S+)" c?y="(\S+)"', svg)]
    assert places and all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)


def test_a_line_that_is_to_be_drawn_by_hand_is_left_out_and_asked_for():
    svg = thumbnail(read_folder(folder_of("small_town")))
    assert (
        svg.count(">?<") == 4 and svg.count("<circle") == 4
    )  # four places, with privacy and without


def test_a_lesson_without_answers_has_no_picture(monkeypatch):
    monkeypatch.setattr(module, "shipped_answer", lambda *asked: None)
    assert thumbnail(read_folder(folder_of("small_town"))) == ""
