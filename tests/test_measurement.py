"""A measurement gives back what was measured, and nothing for what was not."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradeoffs.measurement import TRAINING, Figures, Measurement, Schema, numbers_of

NAMES = st.text(max_size=30)
NUMBERS = st.floats(allow_nan=False)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
PARTS = st.fixed_dictionaries(
    {
        "training": st.dictionaries(NAMES, NUMBERS | st.text(max_size=30)),
        "select": st.dictionaries(NAMES, FINITE),
        "report": st.dictionaries(NAMES, FINITE),
        "decisions": st.binary(max_size=50),
    }
)


def measured(**fields) -> Measurement:
    parts = {"training": {}, "select": {}, "report": {}, "decisions": b""}
    return Measurement.of(**parts | fields)


@settings(deadline=None)
@given(PARTS)
def test_what_was_measured_is_what_is_read(parts):
    whole = Measurement.of(**parts)
    for name, part in parts.items():
        assert getattr(whole, name) == part
    for split in ("select", "report"):
        found = whole.figures(split)
        assert list(found) == [*found.keys()] and len(found) == len(parts[split])


def test_what_is_not_measurable_is_not_there():
    one = measured(select={"accuracy": 0.8, "auc": math.nan}, report={"gap[sex]": 0.0})
    assert dict(one.select) == {"accuracy": 0.8} and dict(one.report) == {"gap[sex]": 0.0}
    assert "auc" not in one.select and one.select.get("auc") is None
    with pytest.raises(KeyError, match="auc"):
        one.select["auc"]
    with pytest.raises(KeyError, match="never"):
        one.select["never heard of"]
    assert not measured().report


def test_counts_of_training_stay_whole_numbers():
    told = measured(training={"steps": 150, "sigma": 2.0, "unit": "the record"}).training
    assert told == {"steps": 150, "sigma": 2.0, "unit": "the record"}
    assert type(told["steps"]) is int


def test_the_same_measurement_is_equal_under_more_names():
    few, many = measured(report={"a": 1.0}), measured(report={"b": math.nan, "a": 1.0})
    assert few.schema is not many.schema and few == many
    assert few != measured(report={"a": 1.5}) and few != measured(report={"a": 1.0, "b": 1.0})
    assert few != measured(report={"a": 1.0}, decisions=b"x") and few != "something else"


def test_names_are_held_once_here_and_in_another_process():
    one, other = (measured(training={"sigma": s}, report={"a": s}) for s in (1.0, 2.0))
    assert one.schema is other.schema
    assert pickle.loads(pickle.dumps(one)).schema is one.schema
    assert Schema.of(TRAINING, ["a"]) is one.schema


def test_figures_of_one_table_are_laid_side_by_side_whatever_is_missing():
    index = {"a": 0, "b": 1}
    numbers = measured(report={"a": 1.0, "b": 2.0}).report.numbers
    one = measured(select=Figures(index, numbers * math.nan), report=Figures(index, numbers))
    assert one.schema is measured(select={"a": 1.0}, report={"b": 1.0}).schema
    assert one.select == {} and one.report == {"a": 1.0, "b": 2.0}


def test_numbers_of_several_are_read_by_name_whatever_they_stand_under():
    few, many = measured(report={"a": 1.0}).report, measured(report={"b": 3.0, "a": 2.0}).report
    found = numbers_of([few, many, few, {"b": 4.0}], ["b", "c", "a"])
    nan = math.nan
    np.testing.assert_array_equal(found, [[nan, nan, 1], [3, nan, 2], [nan, nan, 1], [4, nan, nan]])
    assert numbers_of([], ["a"]).shape == (0, 1) and numbers_of([few], []).shape == (1, 0)


def test_a_measurement_takes_a_quarter_of_what_dictionaries_take():
    names = [f"people[race={n}]" for n in range(200)]
    some = {name: float(n) for n, name in enumerate(names)}
    one = measured(select=some, report=some)
    assert one.numbers.nbytes == 8 * (len(TRAINING) + 2 * len(names)) < 3_500
