import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from tradeoffs.data.coding import Grouping
from tradeoffs.errors import InvalidInput

ORIGIN = pd.Series(["White", "Black", "Hispanic", None], dtype="category")


def grouping(**fields):
    return Grouping(name="race", title="race", **fields)


def test_two_ways_to_draw_a_group_from_one_column():
    together = grouping(
        column="origin", groups=((("White", "Hispanic", None), "White"), ("Black", "Black"))
    )
    apart = grouping(
        column="origin",
        groups=(
            ("White", "White"),
            ("Black", "Black"),
            (("Hispanic", None), "Hispanic or unknown"),
        ),
    )
    assert together.encode(ORIGIN).tolist() == [0, 1, 0, 0]
    assert apart.encode(ORIGIN).tolist() == [0, 1, 2, 2]
    assert together.source == "origin" and grouping(groups=together.groups).source == "race"
    assert together.names == ("White", "Black")
    assert apart.encode(ORIGIN).dtype == np.int8


def test_whole_numbers_are_read_as_text():
    year = Grouping(name="year", title="year", groups=(("1994", "1994"), ("1996", "1996")))
    assert year.encode(pd.Series([1996, 1994])).tolist() == [1, 0]


def test_numbers_are_cut_at_edges():
    age = Grouping(name="age", title="age", edges=(25, 45), labels=("young", "middle", "old"))
    assert age.encode(pd.Series([24.9, 25, 44, 45, 99])).tolist() == [0, 1, 1, 2, 2]
    with pytest.raises(InvalidInput, match="'age' of 1 rows is not a number"):
        age.encode(pd.Series([24.9, np.nan]))


def test_a_row_of_no_group_is_refused():
    whites = grouping(groups=(("White", "White"), ("Black", "Black")))
    with pytest.raises(InvalidInput, match="'race' of 2 rows is not one of: White, Black"):
        whites.encode(ORIGIN)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "give either groups or edges"),
        ({"groups": (("a", "a"),)}, "1 group; give at least 2"),
        ({"groups": (("a", "x"), ("b", "x"))}, "must not repeat"),
        ({"groups": ((("a", "b"), "x"), ("b", "y"))}, "must not repeat"),
        ({"edges": (2, 1), "labels": ("a", "b", "c")}, "must increase strictly"),
        ({"edges": (1, 2), "labels": ("a", "b")}, "2 labels for 3 bins"),
        ({"groups": (("a", "x"), ("b", "y")), "edges": (1,), "labels": ("a", "b")}, "either"),
    ],
)
def test_a_faulty_grouping_names_its_fault(fields, fault):
    with pytest.raises(ValidationError, match=fault):
        grouping(**fields)
