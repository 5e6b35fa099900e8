import moocore
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tradeoffs.fronts import ACCURACY, FAIRNESS, PRIVACY, difference, front
from tradeoffs.fronts.dominance import BEATEN, FRONT, ONE_HALF, TIED, nondominated
from tradeoffs.fronts.replicates import replicates

TWO = (ACCURACY, FAIRNESS)
steps = st.integers(1, 9).map(lambda k: k / 10)
costs_of_points = hnp.arrays(float, st.tuples(st.integers(0, 30), st.just(2)), elements=steps)
# (splits, configurations, seeds, objectives), with few values, so that ties are common.
measured = hnp.arrays(
    float, st.tuples(st.just(2), st.integers(1, 8), st.integers(1, 4), st.just(2)), elements=steps
)
laws = settings(database=None, deadline=None, max_examples=60)


def dominates(a: np.ndarray, b: np.ndarray) -> bool:
    return bool((a <= b).all() and (a < b).any())


def results_of(tidy, values: np.ndarray) -> pd.DataFrame:
    halves = [
        {k: {"accuracy": own[:, 0], "gap": own[:, 1]} for k, own in enumerate(half)}
        for half in values
    ]
    return tidy(*halves)


def drawn(table: pd.DataFrame) -> np.ndarray:
    """Return costs (configurations, 2) of what a chart draws: means on report."""
    return np.column_stack([1 - table["accuracy"], table["gap"]])


@laws
@given(costs_of_points)
def test_dominance_equals_brute_force(costs):
    found = nondominated(costs)
    assert found.tolist() == [not any(dominates(b, a) for b in costs) for a in costs]


@laws
@given(measured)
def test_what_is_drawn_as_a_front_is_one(tidy, values):
    table = front(replicates(results_of(tidy, values), ["label"]), TWO).table
    costs, standing = drawn(table), table["standing"].to_numpy()
    line = costs[standing == FRONT]
    if len(line):
        assert np.asarray(moocore.is_nondominated(line, keep_weakly=True)).all()
    # Whatever nothing else drawn dominates is on the line or hollow.
    best = np.asarray(moocore.is_nondominated(costs, keep_weakly=True))
    assert set(standing[best]) <= {FRONT, ONE_HALF}
    for row in np.flatnonzero(standing == BEATEN):  # behind the line
        assert any(dominates(one, costs[row]) for one in line)


@laws
@given(measured)
def test_beaten_means_that_the_paired_interval_says_so(tidy, values):
    laid_out = replicates(results_of(tidy, values), ["label"])
    table = front(laid_out, TWO).table
    assert table["beaten_by"].notna().tolist() == (table["standing"] == BEATEN).tolist()
    for row in table.loc[table["standing"] == BEATEN].itertuples():
        other = table.iloc[row.beaten_by]
        assert other["standing"] == FRONT
        pair = {"label": row.label}, {"label": other["label"]}
        accuracy, gap = (difference(laid_out, *pair, column) for column in ("accuracy", "gap"))
        assert accuracy.interval and gap.interval
        assert accuracy.interval[1] < 0 or gap.interval[0] > 0
        assert accuracy.interval[0] <= 0 and gap.interval[1] >= 0


@laws
@given(measured)
def test_the_same_results_have_the_same_standing(tidy, values):
    table = front(
        replicates(results_of(tidy, np.concatenate([values, values], axis=1)), ["label"]), TWO
    ).table
    half = len(table) // 2
    assert table["standing"][:half].tolist() == table["standing"][half:].tolist()


@laws
@given(measured, st.randoms(use_true_random=False))
def test_equal_means_stay_together_whatever_their_seeds(tidy, values, random):
    order = list(range(values.shape[2]))
    random.shuffle(order)
    both = np.concatenate([values, values[:, :, order]], axis=1)
    # Means are equal but for rounding, so that sums are made exact.
    table = front(replicates(results_of(tidy, np.round(both * 16) / 16), ["label"]), TWO).table
    half = len(table) // 2
    assert table["on_front"][:half].tolist() == table["on_front"][half:].tolist()
    assert table["chosen"][:half].tolist() == table["chosen"][half:].tolist()


def test_each_state_by_hand(tidy):
    spread = np.array([-0.01, 0.0, 0.01])
    points = {  # accuracy and gap on select, then on report
        "on it": (0.80, 0.10, 0.80, 0.10),
        "select alone": (0.85, 0.20, 0.79, 0.20),
        "report alone": (0.79, 0.10, 0.81, 0.12),
        "close": (0.799, 0.101, 0.799, 0.101),
        "far": (0.60, 0.30, 0.60, 0.30),
    }
    halves = [
        {name: {"accuracy": p[k] + spread, "gap": p[k + 1] + spread[::-1]} for name, p in found}
        for k, found in ((0, points.items()), (2, points.items()))
    ]
    # The seeds of one setting run the other way, so that its differences vary.
    for half in halves:
        half["close"] = {name: v[::-1] for name, v in half["close"].items()}
    table = front(replicates(tidy(*halves), ["label"]), TWO).table.set_index("label")
    assert table["standing"].to_dict() == {
        "on it": FRONT,
        "select alone": ONE_HALF,
        "report alone": ONE_HALF,
        "close": TIED,
        "far": BEATEN,
    }
    assert table["chosen"].to_dict() == {name: name in ("on it", "select alone") for name in points}
    assert table["beaten_by"].dropna().map(lambda row: table.index[row]).to_dict() == {
        "far": "on it"
    }


def test_the_error_of_test_rows_widens_what_is_not_told_apart(tidy):
    seeds = np.array([-0.002, 0.0, 0.002])
    results = tidy(
        {
            "a": {"accuracy": 0.84 + seeds, "gap": 0.1 + seeds},
            "b": {"accuracy": 0.83 + seeds[::-1], "gap": 0.1 + seeds},
        }
    )
    for error, expected in ((0.0, BEATEN), (0.02, TIED)):
        found = front(
            replicates(results, ["label"]), TWO, errors=lambda one, other, e=error: {"accuracy": e}
        )
        assert found.table["standing"].tolist() == [FRONT, expected]


def test_a_promise_is_told_from_none_and_one_seed_tells_nothing(tidy):
    models = {
        "dp": {"accuracy": [0.85, 0.86], "epsilon_spent": 1.0},
        "none": {"accuracy": [0.85, 0.85], "epsilon_spent": np.inf},
    }
    assert front(replicates(tidy(models), ["label"]), (ACCURACY, PRIVACY)).table[
        "standing"
    ].tolist() == [
        FRONT,
        BEATEN,
    ]
    one_seed = tidy({"a": {"accuracy": 0.9, "gap": 0.1}, "b": {"accuracy": 0.6, "gap": 0.4}})
    assert front(replicates(one_seed, ["label"]), TWO).table["standing"].tolist() == [FRONT, TIED]


@pytest.mark.parametrize("behind", [0.0, 0.02])
def test_what_is_truly_on_the_front_is_seldom_called_beaten(tidy, behind):
    """Twelve settings on a true front and twelve behind it, eight seeds, sixty times."""
    rng = np.random.default_rng(0)
    along = np.linspace(0, 1, 12)
    true = np.column_stack([0.75 + 0.1 * np.sqrt(along), 0.2 * along])
    truth = np.vstack([true, true + (-behind, behind)])[:, None]
    called = []
    for _ in range(60):
        training = rng.normal(scale=0.006, size=(24, 8, 2))
        halves = [truth + training + rng.normal(scale=0.002, size=(24, 8, 2)) for _ in range(2)]
        table = front(replicates(results_of(tidy, np.array(halves)), ["label"]), TWO).table
        called.append(table["standing"].to_numpy() == BEATEN)
    rate = np.mean(called, axis=0)
    assert rate[:12].mean() < 0.08
    if behind:
        assert rate[12:].mean() > 0.95
