from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from tradeoffs.fronts.replicates import replicates
from tradeoffs.stats.means import Means, means

CONFIGURATION = ["epsilon", "max_gap", "mechanism"]


@pytest.fixture
def results() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    grid = [
        (epsilon, bound, "dp" if np.isfinite(epsilon) else "none", seed, split)
        for epsilon in (0.1, 1.0, np.inf)
        for bound in (0.05, np.nan)
        for seed in range(4 if epsilon == 1.0 else 3)
        for split in ("select", "report")
    ]
    frame = pd.DataFrame(grid, columns=[*CONFIGURATION, "seed", "split"])
    frame["accuracy"] = rng.normal(0.8, 0.01, len(frame))
    frame["gap"] = rng.normal(0.1, 0.02, len(frame))
    return frame.sample(frac=1.0, random_state=3)


def of(results: pd.DataFrame, column: str, configuration: Sequence[str] = ("label",)) -> Means:
    """Return means over seeds of one column: (2 splits, configurations)."""
    laid_out = replicates(results, configuration, (column,))
    found = means(laid_out.values, laid_out.present)
    return Means(mean=found.mean[..., 0], sd=found.sd[..., 0], seeds=found.seeds)


def test_equal_to_pandas_with_missing_values_as_a_group(results: pd.DataFrame):
    groups = results.groupby(["split", *CONFIGURATION], dropna=False)
    for column in ("accuracy", "gap"):
        ours = of(results, column, CONFIGURATION)
        assert ours.mean.shape == (2, 6)
        for name, found in (("mean", ours.mean), ("std", ours.sd), ("size", ours.seeds)):
            expected = groups[column].agg(name).to_numpy().reshape(2, 6)[::-1]  # report, select
            np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_order_of_rows_changes_no_bit(results: pd.DataFrame):
    shuffled = results.sample(frac=1.0, random_state=11)
    one, other = (of(rows, "gap", CONFIGURATION) for rows in (results, shuffled))
    assert np.array_equal(one.mean, other.mean) and np.array_equal(one.sd, other.sd)


def test_undefined_in_one_seed_is_undefined_on_average(tidy):
    results = tidy({"a": {"fidelity": [0.5, np.nan, 0.7], "gap": [0.1, 0.2, 0.3]}})
    found = of(results, "fidelity")
    assert np.isnan(found.mean).all() and np.isnan(found.sd).all()
    np.testing.assert_allclose(of(results, "gap").mean, 0.2)


def test_equal_values_stay_exact_whatever_the_number_of_seeds(tidy):
    # (0.1 + 0.1 + 0.1) / 3 is not 0.1 in floating point.
    found = of(tidy({n: {"epsilon_spent": [0.1] * n} for n in (2, 3, 6, 10)}), "epsilon_spent")
    assert set(found.mean.flat) == {0.1} and set(found.sd.flat) == {0.0}


def test_infinite_epsilon_stays_infinite(tidy):
    results = tidy({"a": {"epsilon_spent": [np.inf, np.inf]}})
    assert of(results, "epsilon_spent").mean.tolist() == [[np.inf], [np.inf]]


def test_one_seed_has_no_standard_deviation(tidy):
    found = of(tidy({"a": {"gap": 0.1}}), "gap")
    assert found.seeds.tolist() == [[1], [1]] and np.isnan(found.sd).all()


def test_a_split_without_results_has_no_mean(tidy):
    results = tidy({"a": {"gap": 0.1}, "b": {"gap": 0.2}})
    found = of(results[(results["label"] == "a") | (results["split"] == "select")], "gap")
    assert found.seeds.tolist() == [[1, 1], [1, 0]] and np.isnan(found.mean[1, 1])


def test_no_results_give_no_rows(tidy):
    assert of(tidy({"a": {"gap": 0.1}}).iloc[:0], "gap").mean.shape == (2, 0)
