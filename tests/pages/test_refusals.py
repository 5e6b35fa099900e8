import itertools
import re

import pytest

from pages.shared.settings.fields import FIELDS, fitted, scenario
from pages.shared.settings.refusals import in_words
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.values.fairness.catalogue import NOTIONS


def refusals():
    """What stages, notions, bounds, mechanisms and sizes cannot be together, with their values."""
    asked = itertools.product(
        STAGES, NOTIONS, ("none", "0", "0.05"), ("none", "1"), ("dp", "clip_only"), ("0", "8"),
        ("sex", "sex*race"),
    )  # fmt: skip
    usual = fitted({})
    names = ("stage", "notion", "max_gap", "epsilon", "mechanism", "width", "protected")
    for each in asked:
        values = usual | dict(zip(names, each, strict=True))
        try:
            resolve(scenario(values))
        except InvalidInput as refusal:
            yield str(refusal), values


def test_no_refusal_of_the_page_speaks_the_language_of_the_command_line():
    found = dict(refusals())
    assert len(found) > 20
    names = [*FIELDS, *(n for n in (*STAGES, *NOTIONS) if "_" in n)]
    codes = re.compile(rf"\b({'|'.join(names)})=|\b\w+_\w+\b|must be (0 or )?none")
    for told, values in found.items():
        assert codes.search(told)
        assert not codes.search(in_words(told, values)), in_words(told, values)


@pytest.mark.parametrize("text", ["", "anything else; use: this, that", "colour=red is unknown"])
def test_what_is_no_refusal_of_a_field_is_left_as_it_is(text):
    assert in_words(text, fitted({})) == text


def test_several_shifts_are_told_as_a_whole():
    told = in_words("training_shifts=flips:0.25+prior:0.5 leaves about 20 people", fitted({}))
    assert "”:" not in told and told.endswith("” leaves about 20 people")
