"""Sliders of lessons: the address names a choice as the scenario has it."""

from pathlib import Path

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.lesson import Slider
from tradeoffs.lessons.texts import read_texts
from tradeoffs.scenario import as_text


def test_every_choice_of_a_slider_is_read_back_as_the_scenario_has_it():
    lesson = LESSONS["small_town"]
    slider = lesson.steps[1].sliders[0]
    for choice in slider.choices:
        moved = lesson.setting(1, {slider.name: choice})
        assert slider.read(as_text(moved[slider.name])) == choice
    with pytest.raises(InvalidInput, match="not offered"):
        slider.read("2.0")


def test_a_value_with_a_colon_has_words():
    found = read_texts(
        Path("en.md"), "# A\n\n## names\n- training_shifts=opt_out.a:1.0: nobody: a\n"
    )
    assert found.names == {"training_shifts=opt_out.a:1.0": "nobody: a"}


def test_a_value_stands_alone_below_its_title():
    share = Slider(name="share", choices=(0.1,), title="Share", words=lambda value: "10 %")
    whose = Slider(name="whose", choices=("a",), title="Whose?", words=lambda value: "Anna's")
    assert (share.titled(0.1), whose.titled("a")) == ("Share: 10 %", "Whose? Anna's")
