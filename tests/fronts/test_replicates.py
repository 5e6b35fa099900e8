import numpy as np
import pandas as pd
import pytest

from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.fronts.replicates import key, replicates


def _results(**columns) -> pd.DataFrame:
    length = max(len(values) for values in columns.values())
    rest = {"seed": [0] * length, "split": ["report"] * length}
    return pd.DataFrame({**rest, **columns})


@pytest.mark.parametrize(
    "values",
    [[None, 0.1, np.nan, np.inf], pd.array([pd.NA, 0.1, None, np.inf], dtype="Float64")],
    ids=["object", "nullable"],
)
def test_missing_is_one_value_and_infinity_another(values):
    results = _results(max_gap=values, seed=[0, 0, 1, 0], accuracy=[0.1, 0.2, 0.3, 0.4])
    results["max_gap"] = results["max_gap"].astype(getattr(values, "dtype", object))
    laid_out = replicates(results, ["max_gap"])
    assert list(laid_out.keys) == [(0.1,), (np.inf,), (None,)]
    np.testing.assert_array_equal(laid_out.of("accuracy")[1, 2], [0.1, 0.3])


def test_configurations_are_sorted_by_their_columns_in_turn():
    results = _results(mechanism=["none", "dp", "dp"], epsilon=[np.inf, 8.0, 0.1], gap=[1, 2, 3])
    laid_out = replicates(results, ["mechanism", "epsilon"])
    assert list(laid_out.keys) == [("dp", 0.1), ("dp", 8.0), ("none", np.inf)]


def test_many_configuration_columns_do_not_overflow():
    rng = np.random.default_rng(0)
    names = [f"c{k}" for k in range(40)]
    frame = _results(**{name: rng.integers(0, 9, 60) for name in names}, gap=np.arange(60.0))
    laid_out = replicates(frame, names)
    assert len(laid_out.keys) == len(frame[names].drop_duplicates()) == 60


def test_positions_find_rows_by_key():
    laid_out = replicates(_results(width=[8, 0], max_gap=[np.nan, 0.1], gap=[1, 2]), ["max_gap"])
    assert laid_out.positions([key({"max_gap": None}), key({"max_gap": 0.1})]) == [1, 0]
    with pytest.raises(NotMeasurable, match=r"\{'max_gap': 0.3\}"):
        laid_out.positions([(0.3,)])


def test_a_model_that_is_measured_twice_is_refused():
    results = _results(width=[8, 8], shift=[0.0, 1.0], gap=[0.1, 0.2])
    assert len(replicates(results, ["width", "shift"]).keys) == 2
    with pytest.raises(InvalidInput, match=r"configuration=\['width'\] must name every column"):
        replicates(results, ["width"])


def test_bad_names_are_told():
    results = _results(width=[8], gap=[0.1])
    with pytest.raises(InvalidInput, match="unknown column 'depth'; known: .*width"):
        replicates(results, ["depth"])
    with pytest.raises(InvalidInput, match="at least one column"):
        replicates(results, [])
    with pytest.raises(InvalidInput, match="unknown split 'test'; known: select, report"):
        replicates(results.assign(split="test"), ["width"])


def test_a_text_counts_as_one_and_what_is_missing_as_nothing():
    results = _results(width=[0, 8], reason=["too few", None])
    np.testing.assert_array_equal(
        replicates(results, ["width"], ["reason"]).of("reason")[1, :, 0], [1.0, np.nan]
    )


def test_some_configurations_and_columns_stand_alone():
    laid_out = replicates(_results(width=[8, 0], gap=[1, 2], auc=[3, 4]), ["width"])
    part = laid_out.some([1], ["auc"])
    assert (part.keys, part.columns, part.named(0)) == (((8,),), ("auc",), {"width": 8})
    assert part.of("auc")[1].tolist() == [[3.0]] and part.present[1].tolist() == [[True]]
    with pytest.raises(InvalidInput, match="unknown column 'depth'; known: gap, auc"):
        laid_out.some(columns=["depth"])
