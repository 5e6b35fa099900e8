import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.fronts import difference
from tradeoffs.fronts.replicates import replicates

RNG = np.random.default_rng(4)
COMMON = RNG.normal(0, 0.01, 6)
A = 0.850 + COMMON + RNG.normal(0, 0.001, 6)
B = 0.845 + COMMON + RNG.normal(0, 0.001, 6)
AB = ({"label": "a"}, {"label": "b"}, "accuracy")


@pytest.fixture
def results(tidy) -> pd.DataFrame:
    frame = tidy(
        {"a": {"accuracy": 0 * A}, "b": {"accuracy": 1 + 0 * B}},
        {"a": {"accuracy": A}, "b": {"accuracy": B}},
    )
    frame["max_gap"] = np.where(frame["label"] == "a", 0.05, np.nan)
    return frame.sample(frac=1.0, random_state=0)


def test_equal_to_the_paired_t_interval_on_report(results):
    ours = difference(replicates(results, ["label"]), *AB)
    theirs = stats.ttest_rel(A, B)
    low, high = theirs.confidence_interval(0.95)
    assert ours.interval == pytest.approx((low, high), rel=1e-9)
    assert ours.standard_error == pytest.approx((A - B).mean() / theirs.statistic)
    assert ours.seeds == 6 and ours.distinguishable and theirs.pvalue < 0.05


def test_swapping_changes_the_sign_only(results):
    one = difference(replicates(results, ["label"]), *AB, level=0.9)
    other = difference(
        replicates(results, ["label"]), {"label": "b"}, {"label": "a"}, "accuracy", level=0.9
    )
    assert one.mean == -other.mean and one.standard_error == other.standard_error


def test_pairs_by_seed_over_common_seeds_only(results):
    fewer = results[(results["label"] == "a") | results["seed"].isin([1, 3, 4])]
    ours = difference(replicates(fewer, ["label"]), *AB)
    half = (results["seed"] == 2) & (results["split"] == "select")
    more = pd.concat([fewer, results[half & (results["label"] == "b")]])
    assert difference(replicates(more, ["label"]), *AB) == ours
    kept = [1, 3, 4]
    low, high = stats.ttest_rel(A[kept], B[kept]).confidence_interval(0.95)
    assert ours.seeds == 3 and ours.interval == pytest.approx((low, high), rel=1e-9)


def test_missing_values_match_missing_ones(results):
    named = difference(replicates(results, ["label"]), *AB)
    by_bound = replicates(results, ["max_gap"])
    for missing in (float("nan"), None):
        pair = {"max_gap": 0.05}, {"max_gap": missing}
        assert difference(by_bound, *pair, "accuracy") == named


def test_sampling_error_is_added_in_quadrature(results):
    seeds_only = difference(replicates(results, ["label"]), *AB)
    both = difference(replicates(results, ["label"]), *AB, sampling_se=0.004)
    alone = stats.sem(A - B)
    error = np.hypot(alone, 0.004)
    freedom = 5 * (error / alone) ** 4
    half = stats.t.ppf(0.975, freedom) * error
    assert both.interval == pytest.approx((both.mean - half, both.mean + half))
    assert seeds_only.distinguishable and not both.distinguishable


def test_identical_models_are_not_distinguishable(tidy):
    results = tidy({name: {"gap": [0.1, 0.2]} for name in "ab"})
    same = difference(replicates(results, ["label"]), {"label": "a"}, {"label": "b"}, "gap")
    assert same.interval == (0.0, 0.0) and not same.distinguishable
    known = difference(
        replicates(results, ["label"]), {"label": "a"}, {"label": "b"}, "gap", sampling_se=0.01
    )
    assert known.interval == pytest.approx((-0.0196, 0.0196), abs=1e-5)


def test_one_common_seed_has_no_interval(results):
    one = results[(results["label"] == "a") | (results["seed"] == 2)]
    found = difference(replicates(one, ["label"]), *AB)
    assert found.mean == pytest.approx(A[2] - B[2]) and found.seeds == 1
    assert found.interval is None and not found.distinguishable


def test_without_common_seed_or_value_it_is_not_measurable(tidy):
    results = tidy({"a": {"x": [1.0, 2.0]}, "b": {"x": [1.0, np.inf]}})
    apart = results[(results["label"] == "a") == (results["seed"] == 0)]
    with pytest.raises(NotMeasurable, match="no seed in common"):
        difference(replicates(apart, ["label"]), {"label": "a"}, {"label": "b"}, "x")
    with pytest.raises(NotMeasurable, match="undefined or infinite"):
        difference(replicates(results, ["label"]), {"label": "a"}, {"label": "b"}, "x")
    with pytest.raises(NotMeasurable, match="no results yet"):
        difference(replicates(results, ["label"]), {"label": "a"}, {"label": "c"}, "x")


def test_bad_arguments_are_told(results):
    with pytest.raises(InvalidInput, match="same columns"):
        difference(replicates(results, ["label"]), {"label": "a"}, {"max_gap": 0.05}, "accuracy")
    with pytest.raises(InvalidInput, match="sampling_se=-1"):
        difference(replicates(results, ["label"]), *AB, sampling_se=-1)
    with pytest.raises(InvalidInput, match="level=95"):
        difference(replicates(results, ["label"]), *AB, level=95)
    with pytest.raises(InvalidInput, match="unknown column 'beauty'"):
        difference(replicates(results, ["label"]), {"label": "a"}, {"label": "b"}, "beauty")
