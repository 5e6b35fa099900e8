import numpy as np
import pandas as pd
import pytest

from tradeoffs.data.label import NO, UNDEFINED, YES, Label
from tradeoffs.errors import InvalidInput


def label(**changes):
    fields = {
        "name": "rich",
        "title": "income of 20,000 dollars or more",
        "question": "Is it?",
        "positive": "20,000 or more",
        "negative": "less",
        "favourable": "positive",
        "derivation": "cut at 20,000",
        "column": "income",
        "train_rows": 2,
        "test_rows": 2,
    }
    return Label(**(fields | changes))


def test_a_threshold_opens_the_positive_answer():
    column = pd.Series([19_999, 20_000, np.nan, 1e9])
    assert label(at_least=20_000).encode(column).tolist() == [NO, YES, UNDEFINED, YES]


@pytest.mark.parametrize("dtype", [bool, object, "Int8", "boolean"])
def test_a_recorded_answer_stays_as_it_is(dtype):
    column = pd.Series([True, False, True]).astype(dtype)
    found = label().encode(column)
    assert found.tolist() == [YES, NO, YES] and found.dtype == np.int8


def test_a_missing_answer_is_undefined():
    assert label().encode(pd.Series([None, True, False])).tolist() == [UNDEFINED, YES, NO]


def test_one_record_changes_nobody_elses_answer():
    column = pd.Series([10.0, 30.0, 50.0])
    richer = pd.Series([10.0, 30.0, 1e6])
    capped = label(at_least=25, capacity=0.5)  # a public constant, never the median of the rows
    assert capped.encode(column).tolist() == capped.encode(richer).tolist()


def test_the_favourable_answer_in_words():
    assert label().wanted == "20,000 or more"
    assert label(favourable="negative").wanted == "less"


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ([0, 1, 2], "'income' must hold yes or no"),
        (["a", "b", "c"], "label 'rich': 'income' holds"),
    ],
)
def test_values_that_are_no_answer_are_refused(column, told):
    with pytest.raises(InvalidInput, match=told):
        label().encode(pd.Series(column))
