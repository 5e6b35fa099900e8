import numpy as np
import pytest
import torch
from sklearn.tree import DecisionTreeClassifier

from tradeoffs.values.explanations.fidelity import (
    DEPTH,
    SMALLEST_MINORITY,
    Fidelity,
    best_split,
    fidelity,
    halves,
    surrogate,
)

ROWS = 1_000


def random_design(seed: int, rows: int = ROWS, bins=(2, 3, 4, 6, 9)) -> np.ndarray:
    """One-hot rows of features whose bins are unequally frequent."""
    rng = np.random.default_rng(seed)
    parts = [np.eye(size)[rng.choice(size, rows, p=rng.dirichlet(np.ones(size)))] for size in bins]
    return np.hstack(parts).astype(np.float32)


def random_decisions(design: np.ndarray, seed: int) -> np.ndarray:
    """Of a random linear model, noisy enough that a small tree misses some."""
    rng = np.random.default_rng([seed, 1])
    logit = design @ rng.normal(size=design.shape[1]) + rng.normal(size=len(design)) / 2
    return logit > np.quantile(logit, rng.uniform(0.2, 0.8))


def measure(design: np.ndarray, decisions: np.ndarray) -> Fidelity:
    table = halves(torch.from_numpy(design))
    return fidelity(table, np.packbits(np.atleast_2d(decisions), axis=1))


def agreement_of_sklearn(design: np.ndarray, decisions: np.ndarray, seed: int) -> float:
    """The same cross-fitting with scikit-learn's tree, which breaks ties by its seed."""
    cut = halves(torch.from_numpy(design))[0].rows
    parts = slice(None, cut), slice(cut, None)
    same = 0
    for fit, ask in (parts, parts[::-1]):
        tree = DecisionTreeClassifier(max_depth=DEPTH, random_state=seed)
        tree.fit(design[fit], decisions[fit])
        same += int(np.sum(tree.predict(design[ask]) == decisions[ask]))
    return same / len(design)


def test_agreement_is_that_of_scikit_learns_tree():
    exact = 0
    for seed in range(20):
        design = random_design(seed)
        decisions = random_decisions(design, seed)
        found = measure(design, decisions).agreement[0]
        oracle = {agreement_of_sklearn(design, decisions, order) for order in range(6)}
        assert min(abs(found - value) for value in oracle) <= 2 / ROWS
        if len(oracle) == 1:  # whichever column is tried first: no ties
            assert found == pytest.approx(*oracle, abs=1e-12)
            exact += 1
    assert exact >= 10


def test_all_models_at_once_are_the_models_one_by_one():
    design = random_design(3)
    decisions = np.stack([random_decisions(design, seed) for seed in range(7)])
    together = measure(design, decisions)
    for m, row in enumerate(decisions):
        for found, alone in zip(together, measure(design, row), strict=True):
            assert found[m] == alone[0]


def test_fidelity_is_one_when_the_decisions_are_a_tree_of_depth_3():
    design = np.random.default_rng(0).integers(0, 2, (2_000, 6)).astype(np.float32)
    decisions = design[:, [1, 2, 4]].sum(1) >= 2  # two of three, which greedy splits find
    found = measure(design, decisions)
    assert found.fidelity[0] == found.agreement[0] == 1.0
    assert found.baseline[0] == max(decisions.mean(), 1 - decisions.mean())


def test_fidelity_is_about_zero_when_decisions_are_chance():
    design = random_design(1, rows=20_000)
    chance = np.random.default_rng(0).random(20_000) < 0.3
    assert abs(measure(design, chance).fidelity[0]) < 0.01


def test_fidelity_is_the_agreement_beyond_a_constant_answer():
    design = random_design(5)
    found = measure(design, random_decisions(design, 5))
    agreement, baseline = found.agreement[0], found.baseline[0]
    assert 0.5 <= baseline < agreement < 1
    assert found.fidelity[0] == pytest.approx((agreement - baseline) / (1 - baseline))


@pytest.mark.parametrize("answer", [False, True])
@pytest.mark.parametrize("others", [0, SMALLEST_MINORITY - 1])
def test_a_model_that_answers_nearly_always_alike_has_no_fidelity(answer, others):
    decisions = np.full(ROWS, answer)
    decisions[:others] = not answer
    found = measure(random_design(0), decisions)
    assert np.isnan(found.fidelity[0])
    assert found.baseline[0] == 1 - others / ROWS  # both parts are told all the same
    assert 0 <= found.agreement[0] <= 1


def test_with_enough_of_the_rarer_answer_there_is_a_fidelity():
    decisions = np.zeros(ROWS, dtype=bool)
    decisions[:SMALLEST_MINORITY] = True
    assert np.isfinite(measure(random_design(0), decisions).fidelity[0])


@pytest.mark.parametrize("rows", [64, 100, 1_001, 1_007])
def test_halves_cover_all_rows_once(rows):
    design = torch.arange(rows * 2, dtype=torch.float32).reshape(rows, 2)
    first, second = halves(design)
    assert torch.equal(torch.cat([first.design, second.design]), design)
    assert first.rows + second.rows == rows and abs(first.rows - second.rows) <= 16
    assert first.window.stop == second.window.start == first.rows / 8
    for half in (first, second):
        assert len(half.design) == half.rows
        assert np.unpackbits(half.everybody).sum() == half.rows


def test_the_tree_is_fitted_on_one_half_and_asked_about_the_other():
    design = np.eye(2, dtype=np.float32)[np.arange(160) % 2]
    decisions = design[:, 0] > 0
    decisions[80:] ^= True  # the halves contradict each other
    assert measure(design, decisions).agreement[0] == 0.0


@pytest.mark.parametrize(
    ("held", "positive_held"),
    [
        ([50, 40, 30], [25, 20, 28]),  # the last one gains most
        ([100, 0, 50], [50, 0, 25]),  # none gains anything, but only the last one splits
    ],
)
def test_a_split_leaves_the_least_impurity_and_both_branches_rows(held, positive_held):
    found = best_split(
        np.array([[100]]), np.array([[50]]), np.array([[held]]), np.array([[positive_held]])
    )
    assert found.tolist() == [[2]]


def test_a_branch_that_no_row_reached_answers_like_its_parent():
    fit, ask = halves(torch.tensor([[1.0, 0.0]] * 8 + [[0.0, 1.0]] * 8))
    decisions = np.packbits(np.ones((1, 8), dtype=bool), axis=1)
    assert surrogate(fit, decisions, ask).tolist() == [[255]]
