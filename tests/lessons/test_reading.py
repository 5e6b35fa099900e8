"""Reading an answer: paired by seed, undefined where a seed is."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tradeoffs.lessons.reading import (
    change,
    level,
    one_answer,
    over_seeds,
    select_rows,
    stated_effect,
)


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
    both = {(1.0, s): v for s, v in enumerate(a)} | {(math.inf, s): v for s, v in enumerate(b)}
    found = change(answer(both), "accuracy", {"epsilon": 1.0}, {"epsilon": None})
    expected = stats.ttest_rel(a, b).confidence_interval()
    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_a_change_uses_the_seeds_that_both_have():
    found = change(
        answer({(1.0, 0): 0.5, (1.0, 1): 0.9, (2.0, 1): 0.8}),
        "accuracy",
        {"epsilon": 1.0},
        {"epsilon": 2.0},
    )
    assert found is not None and found.value == pytest.approx(0.1)
    assert found.sign == 0  # one seed has no interval


@pytest.mark.parametrize("values", [{(1.0, 0): 0.5}, {(1.0, 0): 0.5, (2.0, 0): math.nan}])
def test_a_change_without_a_pair_is_absent(values):
    assert change(answer(values), "accuracy", {"epsilon": 1.0}, {"epsilon": 2.0}) is None


def test_a_level_of_equal_seeds_still_has_the_error_of_the_people():
    found = level(answer({(1.0, s): 0.8 for s in range(4)}), "accuracy", {"epsilon": 1.0}, 400)
    assert found is not None
    assert found.high - found.value == pytest.approx(1.96 * math.sqrt(0.16 / 400), rel=0.01)


def test_what_leaves_the_people_out_says_so():
    table, where = answer({(e, s): 0.8 for e in (1.0, 2.0) for s in range(4)}), {"epsilon": 1.0}
    with_people, without = (level(table, "accuracy", where, people) for people in (400, 0))
    assert with_people is not None and without is not None
    assert with_people.test_rows and not without.test_rows
    found = change(table, "accuracy", where, {"epsilon": 2.0})
    assert found is not None and not found.test_rows


def test_none_finds_what_is_infinite_or_missing():
    table = pd.DataFrame({"epsilon": [1.0, math.inf], "max_gap": [0.1, math.nan]})
    assert list(select_rows(table, {"epsilon": None}).index) == [1]
    assert list(select_rows(table, {"max_gap": None}).index) == [1]


def test_means_over_seeds_keep_the_order_and_the_undefined():
    found = over_seeds(
        answer({(2.0, 0): 0.6, (2.0, 1): 0.8, (1.0, 0): math.nan, (1.0, 1): 0.5}),
        ["epsilon"],
        "accuracy",
    )
    assert found["epsilon"].tolist() == [2.0, 1.0]
    assert found["value"].iloc[0] == pytest.approx(0.7) and math.isnan(found["value"].iloc[1])


def test_a_stated_effect_without_ends_has_no_interval():
    table = pd.DataFrame({"who": ["a", "b"], "value": [0.2, math.nan]})
    found = stated_effect(table, {"who": "a"})
    assert found is not None and (found.low, found.high) == (-math.inf, math.inf)
    assert stated_effect(table, {"who": "b"}) is None and stated_effect(table, {"who": "c"}) is None


def test_one_answer_for_all_is_right_for_the_larger_part():
    table = pd.DataFrame({"people[a=x]": [10, 10], "people[a=y]": [30, 30],
                          "positives[a=x]": [5, 9], "positives[a=y]": [5, 21]})  # fmt: skip
    assert one_answer(table).tolist() == [0.75, 0.75]
