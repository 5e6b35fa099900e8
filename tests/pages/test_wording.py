import itertools
import re

import pytest

from pages.shared.settings.fields import FIELDS, fitted, scenario
from pages.shared.settings.wording import rephrase
from tradeoffs.data.upload.sanitize import plain
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
            yield refusal, values


def test_no_refusal_of_the_page_speaks_the_language_of_the_command_line():
    found = {str(refusal): (refusal, values) for refusal, values in refusals()}
    assert len(found) > 20 and len({refusal.code for refusal, _ in found.values()}) >= 6
    names = [*FIELDS, *(n for n in (*STAGES, *NOTIONS) if "_" in n)]
    codes = re.compile(rf"\b({'|'.join(names)})=|\b\w+_\w+\b|must be (0 or )?none")
    for text, (refusal, values) in found.items():
        assert codes.search(text)
        assert not codes.search(rephrase(refusal, values)), rephrase(refusal, values)


def test_what_is_no_field_and_no_option_is_left_as_it_is():
    error = InvalidInput("out_of_range", field="shadows", value=3, low=16, high=512)
    assert rephrase(error, fitted({})) == str(error) == "shadows=3 must be in [16, 512]"
    error = InvalidInput("not_one_of", field="mechanism", value="magic", known=("dp", "magic"))
    assert rephrase(error, fitted({})) == (
        "“Privacy mechanism: magic” must be one of: clip and add noise, magic"
    )


def test_no_mechanism_is_no_privacy():
    error = InvalidInput("not_one_of", field="mechanism", value="none", known=("dp", "none"))
    assert rephrase(error, fitted({})) == (
        "“Privacy budget ε: no privacy” must be one of: clip and add noise, no privacy"
    )


def test_several_shifts_are_told_as_a_whole():
    shifts = "flips:0.25+prior:0.5"
    error = InvalidInput(
        "training_shifts_leave_few", rows=300, training_shifts=shifts, left=20.0, least=200
    )
    text = rephrase(error, fitted({}))
    assert (
        "25 %, " in text
        and "”" in text
        and text.endswith("about 20 people in training; 200 are needed")
    )


@pytest.mark.parametrize(
    "name", ["![x](http://e.org)", "<b>x</b>", "$x$", "`x`", "x\u202ey", "a|b"]
)
def test_what_a_stranger_wrote_is_not_read_as_code(name):
    error = InvalidInput("unknown", kind="column", name=name, known=(name,))
    text = rephrase(error, fitted({}))
    assert text.count(plain(name)) >= 1 and "](" not in text
    assert not set("<>$`|\u202e") & set(text)
