import math

import numpy as np
import pytest

from tradeoffs.report.sentences.sentence import FORMATS, Sentence, every, first

SHARE = Sentence(
    name="share", when=lambda share, least: share > least, text="{share:percent} are above."
)
OTHER = Sentence(name="other", text="{who} are there.")
HERE = {"share": 0.25, "least": 0.1, "who": "Women"}


def test_a_sentence_writes_its_quantities_where_it_is_true():
    (said,) = first([SHARE, OTHER], HERE)
    assert (said.name, said.text) == ("share", "25.0 % are above.")
    assert [s.name for s in every([SHARE, OTHER], HERE)] == ["share", "other"]


@pytest.mark.parametrize("absent", [None, math.nan, np.float64("nan"), "absent"])
@pytest.mark.parametrize("quantity", ["share", "least"])
def test_it_is_not_said_without_a_quantity_that_it_writes_or_depends_on(quantity, absent):
    values = HERE | {quantity: absent}
    if absent == "absent":
        del values[quantity]
    assert SHARE.said(values) is None
    assert [s.name for s in first([SHARE, OTHER], values)] == ["other"]


def test_it_is_not_said_where_it_is_false():
    assert SHARE.said(HERE | {"share": 0.05}) is None
    assert first([SHARE], HERE | {"share": 0.05}) == []


def test_what_is_infinite_decides_and_is_not_written():
    assert SHARE.said(HERE | {"least": -math.inf})
    assert SHARE.said(HERE | {"share": math.inf}) is None


@pytest.mark.parametrize(
    ("form", "value", "written"),
    [
        ("count", 1234.0, "1,234"),
        ("decimal", 1e-5, "0.00001"),
        ("epsilon", 1487.2, "ε\u00a0=\u00a01,487"),
        ("number", 13.4123, "13.4"),
        ("percent", 0.8461, "84.6 %"),
        ("points", -0.0123, "−1.2 points"),
        ("share", 0.025, "2.5 %"),
    ],
)
def test_formats(form, value, written):
    assert Sentence(name="one", text=f"{{it:{form}}}").said({"it": value}).text == written  # type: ignore[union-attr]
    assert form in FORMATS
