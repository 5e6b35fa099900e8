import numpy as np
import pandas as pd
import pytest

from tradeoffs.fronts import seed_means

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


def test_equal_to_pandas_with_missing_values_as_a_group(results: pd.DataFrame):
    ours = seed_means(results, CONFIGURATION).set_index([*CONFIGURATION, "split"])
    groups = results.groupby([*CONFIGURATION, "split"], dropna=False)
    assert len(ours) == 12
    expected = groups.agg(
        accuracy=("accuracy", "mean"), gap_sd=("gap", "std"), seeds=("gap", "size")
    ).reindex(ours.index)
    for name in expected:
        np.testing.assert_allclose(ours[name], expected[name], rtol=1e-12)


def test_order_of_rows_changes_no_bit(results: pd.DataFrame):
    shuffled = results.sample(frac=1.0, random_state=11)
    pd.testing.assert_frame_equal(
        seed_means(results, CONFIGURATION), seed_means(shuffled, CONFIGURATION), check_exact=True
    )


def test_undefined_in_one_seed_is_undefined_on_average(tidy):
    results = tidy({"a": {"fidelity": [0.5, np.nan, 0.7], "gap": [0.1, 0.2, 0.3]}})
    means = seed_means(results, ["label"])
    assert np.isnan(means[["fidelity", "fidelity_sd"]].to_numpy()).all()
    np.testing.assert_allclose(means["gap"], 0.2)


def test_equal_values_stay_exact_whatever_the_number_of_seeds(tidy):
    # (0.1 + 0.1 + 0.1) / 3 is not 0.1 in floating point.
    results = tidy({n: {"epsilon_spent": [0.1] * n} for n in (2, 3, 6, 10)})
    means = seed_means(results, ["label"])
    assert set(means["epsilon_spent"]) == {0.1} and set(means["epsilon_spent_sd"]) == {0.0}


def test_infinite_epsilon_stays_infinite(tidy):
    means = seed_means(tidy({"a": {"epsilon_spent": [np.inf, np.inf]}}), ["label"])
    assert means["epsilon_spent"].tolist() == [np.inf, np.inf]


def test_one_seed_has_no_standard_deviation(tidy):
    means = seed_means(tidy({"a": {"gap": 0.1}}), ["label"])
    assert means["seeds"].tolist() == [1, 1] and np.isnan(means["gap_sd"].to_numpy()).all()


def test_a_split_without_results_has_no_row(tidy):
    results = tidy({"a": {"gap": 0.1}, "b": {"gap": 0.2}})
    results = results[(results["label"] == "a") | (results["split"] == "select")]
    told = seed_means(results, ["label"])[["label", "split"]].to_numpy().tolist()
    assert told == [["a", "select"], ["a", "report"], ["b", "select"]]


def test_no_results_give_no_rows(tidy):
    assert seed_means(tidy({"a": {"gap": 0.1}}).iloc[:0], ["label"]).empty
