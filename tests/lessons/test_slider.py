"""Sliders of lessons: the address names a choice as the scenario writes it."""

from pathlib import Path

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.lessons.lesson import Slider
from tradeoffs.lessons.texts import read_texts
from tradeoffs.scenario import Scenario, as_text


def test_a_whole_number_is_read_back_from_a_field_that_takes_fractions():
    slider = Slider(name="epsilon", choices=(0.3, 1, None))
    for choice in slider.choices:
        assert slider.read(as_text(Scenario(epsilon=choice).epsilon)) == choice
        assert slider.read(as_text(choice)) == choice
    with pytest.raises(InvalidInput, match="not offered"):
        slider.read("2")


def test_a_value_with_a_colon_has_words():
    found = read_texts(
        Path("en.md"), "# A\n\n## names\n- training_shifts=opt_out.a:1.0: nobody: a\n"
    )
    assert found.names == {"training_shifts=opt_out.a:1.0": "nobody: a"}
