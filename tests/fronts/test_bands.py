import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts import ACCURACY, EXPLAINABILITY, FAIRNESS, PRIVACY, band, front
from tradeoffs.fronts.bands import Band
from tradeoffs.fronts.replicates import replicates

# Three seeds' staircases: (gap, accuracy) of configurations a and b.
THREE = {
    "a": {"gap": [0.10, 0.15, 0.05], "accuracy": [0.80, 0.75, 0.60]},
    "b": {"gap": [0.30, 0.35, 0.25], "accuracy": [0.90, 0.95, 0.85]},
}


def _repeat(models: dict, times: int) -> dict:
    return {name: {c: v * times for c, v in columns.items()} for name, columns in models.items()}


def _drawn(results: pd.DataFrame, **options) -> Band:
    laid_out = replicates(results, ["label"])
    return band(laid_out, front(laid_out, (FAIRNESS, ACCURACY)), FAIRNESS, ACCURACY, **options)


def test_median_of_three_staircases_by_hand(tidy):
    # Each three times, which leaves the median as it is: the second best of three at every gap.
    found = _drawn(tidy(_repeat(THREE, 3)))
    corners = [(0.10, 0.60), (0.15, 0.75), (0.25, 0.80), (0.30, 0.85), (0.35, 0.90)]
    steps = [(0.10, 0.60)]
    for (gap, accuracy), (next_gap, _) in zip(corners, [*corners[1:], (0.35, 0)], strict=True):
        steps += [(gap, accuracy), (next_gap, accuracy)]
    np.testing.assert_array_equal(found.stairs[50], steps)
    assert (found.label, found.seeds) == ("median and 25 to 75 % of 9 seeds", 9)


def test_few_seeds_give_lowest_to_highest(tidy):
    found = _drawn(tidy(THREE))
    assert (found.label, found.seeds) == ("lowest to highest of 3 seeds", 3)
    assert sorted(found.stairs) == [0, 100]
    np.testing.assert_array_equal(
        list(dict.fromkeys(map(tuple, found.stairs[100].tolist()))),
        [(0.15, 0.6), (0.25, 0.6), (0.25, 0.75), (0.35, 0.75), (0.35, 0.85)],
    )


def test_identical_seeds_make_all_percentiles_coincide(tidy):
    same = {name: {c: v[:1] * 8 for c, v in columns.items()} for name, columns in THREE.items()}
    curves = list(_drawn(tidy(same), percentiles=(10, 25, 50, 90)).stairs.values())
    assert len(curves) == 4
    for curve in curves[1:]:
        np.testing.assert_array_equal(curve, curves[0])


ranks = st.integers(0, 6).map(lambda k: k / 10)


@settings(database=None, deadline=None)
@given(
    hnp.arrays(float, st.tuples(st.integers(1, 4), st.integers(8, 11), st.just(2)), elements=ranks)
)
def test_a_surface_is_an_order_statistic_of_what_seeds_attain(tidy, values):
    results = tidy({k: {"gap": v[:, 0], "accuracy": v[:, 1]} for k, v in enumerate(values)})
    laid_out = replicates(results, ["label"])
    found = front(laid_out, (FAIRNESS, ACCURACY))
    stairs = band(laid_out, found, FAIRNESS, ACCURACY, percentiles=(25, 33.3, 75)).stairs
    chosen = values[found.chosen["label"].to_numpy()]
    seeds = values.shape[1]
    for level in (25, 33.3, 75):
        gaps, accuracies = stairs[level].T
        rank = int(np.ceil(level / 100 * seeds - 1e-9))
        for gap in np.arange(7) / 10:
            attained = np.where(chosen[..., 0] <= gap, chosen[..., 1], -1).max(axis=0)
            expected = np.sort(attained)[::-1][rank - 1]
            drawn = accuracies[gaps <= gap].max() if expected >= 0 else -1
            assert drawn == expected


def test_a_configuration_that_is_not_chosen_never_enters(tidy):
    beaten = {"gap": [0.01] + [0.5] * 8, "accuracy": [0.99] + [0.1] * 8}
    with_it = _drawn(tidy({**_repeat(THREE, 3), "lucky once": beaten}))
    without = _drawn(tidy(_repeat(THREE, 3)))
    assert with_it.stairs.keys() == without.stairs.keys()
    for level, corners in without.stairs.items():
        np.testing.assert_array_equal(with_it.stairs[level], corners)


def test_drawn_on_report(tidy):
    report = {name: {**columns, "accuracy": [0.5] * 3} for name, columns in THREE.items()}
    found = _drawn(tidy(THREE, report))
    assert {y for corners in found.stairs.values() for y in corners[:, 1]} == {0.5}


def test_a_seed_waits_until_every_chosen_configuration_is_trained(tidy):
    results = tidy(_repeat(THREE, 3))
    waiting = (results["label"] == "b") & (results["seed"] >= 8)
    assert _drawn(results[~waiting]).label == "median and 25 to 75 % of 8 seeds"


def test_one_seed_has_no_band(tidy):
    found = _drawn(tidy({"a": {"gap": 0.1, "accuracy": 0.8}}))
    assert not found.stairs and found.label == "no band: 1 complete seed"
    assert not _drawn(tidy(THREE).iloc[:0]).stairs


def test_infinite_epsilon_has_no_vertex(tidy):
    results = tidy(
        {
            "none": {"epsilon_spent": [np.inf] * 3, "accuracy": [0.86, 0.87, 0.88]},
            "dp": {"epsilon_spent": [1.0] * 3, "accuracy": [0.83, 0.84, 0.85]},
        }
    )
    laid_out = replicates(results, ["label"])
    found = front(laid_out, (PRIVACY, ACCURACY))
    assert len(found.chosen) == 2
    corners = np.vstack(list(band(laid_out, found, PRIVACY, ACCURACY).stairs.values()))
    assert set(corners[:, 0]) == {1.0}
    assert ((corners[:, 1] >= 0.83) & (corners[:, 1] <= 0.85)).all()


def test_bad_axes_and_percentiles_are_told(tidy):
    laid_out = replicates(tidy(THREE), ["label"])
    found = front(laid_out, (FAIRNESS, ACCURACY))
    with pytest.raises(InvalidInput, match="y=explainability must be two of fairness, accuracy"):
        band(laid_out, found, FAIRNESS, EXPLAINABILITY)
    with pytest.raises(InvalidInput, match=r"percentiles=\[25, 101\]"):
        band(laid_out, found, FAIRNESS, ACCURACY, percentiles=(25, 101))
