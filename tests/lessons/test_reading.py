"""Reading an answer: paired by seed, undefined where a seed is."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tradeoffs.lessons.reading import change, over_seeds, select_rows


def by_seed(values: dict[int, float]) -> pd.Series:
    return pd.Series(list(values.values()), list(values))


def answer(values: dict[tuple[float, int], float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"epsilon": epsilon, "seed": seed, "split": split, "accuracy": value}
            for (epsilon, seed), value in values.items()
            for split in ("select", "report")
        ]
    )


def test_a_change_is_scipys_paired_t_interval():
    rng = np.random.default_rng(0)
    a, b = rng.normal(0.8, 0.1, 8), rng.normal(0.7, 0.1, 8)
    found = change(pd.Series(a), pd.Series(b))
    expected = stats.ttest_rel(a, b).confidence_interval()
    assert found is not None and not found.test_rows
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_a_change_uses_the_seeds_that_both_have():
    found = change(by_seed({0: 0.5, 1: 0.9}), by_seed({1: 0.8}))
    assert found is not None and found.value == pytest.approx(0.1)
    assert found.sign == 0  # one seed has no interval


@pytest.mark.parametrize("other", [{}, {0: math.nan}, {1: 0.5}])
def test_a_change_without_a_pair_is_absent(other):
    assert change(by_seed({0: 0.5}), by_seed(other)) is None


def test_none_finds_what_is_infinite_or_missing():
    table = pd.DataFrame({"epsilon": [1.0, math.inf], "max_gap": [0.1, math.nan]})
    assert list(select_rows(table, {"epsilon": None}).index) == [1]
    assert list(select_rows(table, {"max_gap": None}).index) == [1]
    assert list(select_rows(table, {"max_gap": (None, 0.1)}).index) == [0, 1]


def test_means_over_seeds_keep_the_order_and_the_undefined():
    found = over_seeds(
        answer({(2.0, 0): 0.6, (2.0, 1): 0.8, (1.0, 0): math.nan, (1.0, 1): 0.5}),
        ["epsilon"],
        "accuracy",
    )
    assert found["epsilon"].tolist() == [2.0, 1.0]
    assert found["value"].iloc[0] == pytest.approx(0.7) and math.isnan(found["value"].iloc[1])
