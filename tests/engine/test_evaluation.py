from dataclasses import replace

import numpy as np
import pytest
import torch
from fairlearn import metrics
from sklearn.metrics import log_loss, precision_score, roc_auc_score

from tests.engine.conftest import random_table
from tradeoffs.data.cases import Action
from tradeoffs.data.report_people import order_by_id, unpack_decisions
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.evaluation import (
    CHUNK,
    EvaluationSet,
    evaluate,
    layers,
    measure,
)
from tradeoffs.engine.overall import calibration_error
from tradeoffs.engine.population import logits
from tradeoffs.stats.population_auc import auc
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.explanations.recourse import recourse
from tradeoffs.values.explanations.recourse_metrics import recourse_figures
from tradeoffs.values.fairness.catalogue import NOTIONS

GAPS = sorted({n.metric for n in NOTIONS.values() if n.gap})


def yardstick(table: Table) -> EvaluationSet:
    return EvaluationSet.of(table, ["group"])


def random_logits(models: int, rows: int, seed: int = 0) -> torch.Tensor:
    """Small integers over four, so that many rows tie and some are exactly 0."""
    rng = np.random.default_rng(seed)
    return torch.from_numpy(rng.integers(-8, 9, (models, rows)) / 4).float()


def random_vectors(at: EvaluationSet, widths: list[int], seed: int = 0) -> list[torch.Tensor]:
    columns, rng = at.table.columns + 1, np.random.default_rng(seed)
    sizes = [columns * width + width + 1 if width else columns for width in widths]
    return [torch.from_numpy(rng.normal(size=size)).float() for size in sizes]


def of_decisions(metric: str, *, threshold: bool = True):
    """Return fairlearn's metric of that name, of decisions or of the values themselves."""

    def found(label, logit, group):
        answer = logit > 0 if threshold else logit
        return getattr(metrics, metric)(label, answer, sensitive_features=group)

    return found


def chance(logit: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logit))


def precision_difference(label, logit, group) -> float:
    derived = metrics.make_derived_metric(metric=precision_score, transform="difference")
    return derived(label, logit > 0, sensitive_features=group)


def residual_difference(label, logit, group) -> float:
    frame = metrics.MetricFrame(
        metrics=lambda y, p: float(np.mean(y - p)),
        y_true=label,
        y_pred=chance(logit),
        sensitive_features=group,
    )
    return float(frame.difference(method="between_groups"))  # type: ignore[arg-type]


def worst_squared_error(label, logit, group) -> float:
    worst = of_decisions("mean_squared_error_group_max", threshold=False)
    return worst(label, chance(logit), group)


def worst_miss_rate(label, logit, group) -> float:
    derived = metrics.make_derived_metric(metric=metrics.false_negative_rate, transform="group_max")
    return derived(label, logit > 0, sensitive_features=group)


ORACLES = {  # of scores, or without a name of its own in fairlearn
    "precision_score_difference": precision_difference,
    "mean_residual_difference": residual_difference,
    "mean_squared_error_group_max": worst_squared_error,
    "false_negative_rate_group_max": worst_miss_rate,
}


@pytest.mark.parametrize("groups", [2, 3, 5])
def test_gaps_are_those_of_fairlearn(groups):
    at = yardstick(random_table(4_000, groups=groups))
    group, _ = at.table.group_of("group")
    cells = np.bincount(group * 2 + at.table.label, minlength=2 * groups)
    assert cells.min() >= SMALLEST_CELL
    logit = random_logits(3, at.table.rows)
    figures, _ = measure(logit, at)
    named = {metric: of_decisions(metric) for metric in GAPS if hasattr(metrics, metric)}
    for metric, oracle in (named | ORACLES).items():
        for m, row in enumerate(logit.double().numpy()):
            expected = oracle(at.table.label, row, group)
            assert abs(figures[f"{metric}[group]"][m] - expected) <= 1e-12, metric


def test_auc_and_log_loss_are_those_of_scikit_learn():
    at = yardstick(random_table(3_000))
    logit = random_logits(6, at.table.rows)
    figures, _ = measure(logit, at)
    for m, row in enumerate(logit.double().numpy()):
        assert len(np.unique(row)) < 20  # ties are included
        assert figures["auc"][m] == pytest.approx(roc_auc_score(at.table.label, row), abs=1e-12)
        chance = 1 / (1 + np.exp(-row))
        assert figures["log_loss"][m] == pytest.approx(log_loss(at.table.label, chance), abs=1e-6)


def test_a_very_sure_and_wrong_model_has_a_finite_loss():
    at = yardstick(random_table(100))
    figures, _ = measure((1 - 2 * at.label[None]) * 1_000, at)
    assert figures["log_loss"] == pytest.approx([1_000.0])
    assert (figures["accuracy"], figures["auc"]) == (0.0, 0.0)


def test_shares_are_those_of_the_decisions():
    at = yardstick(random_table(1_000))
    logit = random_logits(3, 1_000)
    figures, _ = measure(logit, at)
    decision, label = logit.numpy() > 0, at.table.label
    assert figures["accuracy"] == pytest.approx((decision == label).mean(1), abs=1e-6)
    assert figures["selection_rate"] == pytest.approx(decision.mean(1), abs=1e-6)
    assert figures["true_positive_rate"] == pytest.approx(decision[:, label].mean(1), abs=1e-6)


def test_decisions_are_the_signs_of_the_logits_bit_by_bit():
    at = yardstick(random_table(1_003))
    logit = random_logits(3, 1_003)
    assert (logit == 0).any()  # exactly 0 is a negative decision
    _, bits = measure(logit, at)
    assert bits.shape == (3, 126)
    for m in range(3):
        assert np.array_equal(unpack_decisions(bits[m].tobytes(), 1_003), logit[m].numpy() > 0)


def test_counts_are_those_of_each_group():
    at = yardstick(random_table(1_000, groups=3))
    logit = random_logits(2, 1_000)
    figures, _ = measure(logit, at)
    group, label = at.table.protected["group"], at.table.label
    for g in range(3):
        here, decision = group == g, logit.numpy() > 0
        wanted = {
            "people": here.sum(),
            "positives": (here & label).sum(),
            "selected": (decision & here).sum(1),
            "true_positives": (decision & here & label).sum(1),
        }
        for field, value in wanted.items():
            assert np.array_equal(figures[f"{field}[group=g{g}]"], np.broadcast_to(value, 2))


def two_groups(cells: dict[tuple[int, bool], int]) -> Table:
    """Return a table with so many rows of each (group, label)."""
    group = np.concatenate([np.full(n, g) for (g, _), n in cells.items()]).astype(np.int8)
    label = np.concatenate([np.full(n, y) for (_, y), n in cells.items()])
    table = random_table(len(group))
    return Table(
        name="cells",
        features=table.features,
        codes=table.codes,
        label=label,
        protected={"group": group},
        groups={"group": ("g0", "g1")},
        row_id=table.row_id,
    )


@pytest.mark.parametrize(
    ("short", "cell", "one"),
    [
        ((1, True), "positives", "precision_score_difference"),  # whoever a model selects
        ((1, False), "negatives", "equalized_odds_difference"),
    ],
)
def test_a_cell_that_is_too_small_makes_a_gap_missing_not_zero(short, cell, one):
    undefined = {n.metric for n in NOTIONS.values() if n.gap and cell in n.cells}
    assert one in undefined
    full = {(g, y): 100 for g in (0, 1) for y in (False, True)}
    for size, missing in ((SMALLEST_CELL - 1, undefined), (SMALLEST_CELL, set())):
        at = yardstick(two_groups(full | {short: size}))
        figures, _ = measure(random_logits(2, at.table.rows), at)
        assert {m for m in GAPS if np.isnan(figures[f"{m}[group]"]).all()} == missing
        assert {m for m in GAPS if np.isnan(figures[f"{m}[group]"]).any()} == missing


def test_a_group_that_is_too_small_makes_every_gap_missing():
    sizes = {(0, False): 100, (0, True): 100, (1, False): 20, (1, True): SMALLEST_CELL - 21}
    at = yardstick(two_groups(sizes))
    figures, _ = measure(random_logits(1, at.table.rows), at)
    assert np.isnan([figures[f"{metric}[group]"][0] for metric in GAPS]).all()
    assert figures["people[group=g1]"] == SMALLEST_CELL - 1  # counts are told


@pytest.mark.parametrize("only", [False, True])
def test_auc_without_both_labels_is_missing(only):
    score = random_logits(2, 50)
    some, none = torch.arange(50), torch.arange(0)
    found = auc(score, *((some, none) if only else (none, some)))
    assert found.shape == (2,) and found.isnan().all()


def test_models_measured_alone_equal_models_measured_together():
    at = yardstick(random_table(800))
    widths = [0, 4, 0, 9, 4] * (CHUNK // 5 + 2)  # more than one chunk
    vectors = random_vectors(at, widths)
    together, bits = evaluate(vectors, widths, at)
    for m in (0, 1, 3, CHUNK - 1, CHUNK, len(widths) - 1):
        alone, own = evaluate([vectors[m]], [widths[m]], at)
        assert np.array_equal(own[0], bits[m])
        assert alone.keys() == together.keys()
        for name, values in alone.items():
            assert values[0] == pytest.approx(together[name][m], abs=2e-6, rel=1e-6, nan_ok=True), (
                name
            )


def test_figures_do_not_depend_on_the_order_of_the_rows():
    table = random_table(600)
    order = np.random.default_rng(1).permutation(600)
    one, other = yardstick(table), yardstick(table.take(order))
    vectors = random_vectors(one, [0, 3])
    (figures, bits), (again, same) = (evaluate(vectors, [0, 3], at) for at in (one, other))
    assert np.array_equal(bits, same)
    assert all(np.array_equal(figures[n], again[n], equal_nan=True) for n in figures)
    assert np.array_equal(one.table.row_id, order_by_id(table).row_id)


def test_a_diverged_model_leaves_its_neighbours_alone():
    at = yardstick(random_table(400))
    fine, lost = random_vectors(at, [0, 0])
    lost[:] = float("nan")
    together, bits = evaluate([fine, lost], [0, 0], at)
    alone, own = evaluate([fine], [0], at)
    assert np.array_equal(bits[:1], own)
    for name in alone:
        assert together[name][0] == pytest.approx(alone[name][0], abs=2e-6, nan_ok=True)


def test_layers_are_the_parts_of_a_parameter_vector():
    at = yardstick(random_table(50))
    codes = torch.from_numpy(active_columns(at.table))
    vectors = random_vectors(at, [3, 3])
    first, second = layers(vectors, 3)
    assert second is not None
    hidden = first[codes.long()].sum(1).clamp(min=0)  # (rows, models, units)
    bias = torch.stack([v[-1] for v in vectors])
    logit = (hidden * second).sum(2) + bias
    assert torch.allclose(logit.t(), logits(vectors, [3, 3], codes), atol=1e-4)
    assert layers(vectors[:1], 0)[1] is None


ACTIONS = (Action(feature="f1", way="up"), Action(feature="f2", way="any"))


def test_explanations_of_mixed_widths_are_those_of_each_model():
    at = EvaluationSet.of(random_table(800), ["group"], ACTIONS)
    widths = [0, 4, 0, 9]
    vectors = random_vectors(at, widths)
    for vector in vectors:
        vector[-1] -= 1
    figures, _ = evaluate(vectors, widths, at)
    for m, (vector, width) in enumerate(zip(vectors, widths, strict=True)):
        first, second = layers([vector], width)
        steps = recourse(first, second, vector[-1:], at.explained, at.choices)
        wanted = {name: float(v[0]) for name, v in recourse_figures(steps, at.membership).items()}
        refused = logits([vector], [width], at.codes[: len(at.explained)])[0] <= 0
        assert torch.equal(steps[0] > 0, refused)
        for name, value in wanted.items():
            assert figures[name][m] == pytest.approx(value, abs=1e-9, nan_ok=True), name
        shares = [figures[f"attribution[f{j}]"][m] for j in range(3)]
        spread = np.exp(-sum(a * np.log(a) for a in shares))
        assert figures["effective_features"][m] == pytest.approx(spread, abs=1e-5)
    assert figures["faithfulness"][[0, 2]] == pytest.approx([1, 1], abs=1e-9)
    assert (np.abs(figures["faithfulness"][[1, 3]]) < 1 - 1e-6).all()


def test_a_gap_in_recourse_is_between_the_groups_of_the_table():
    at = EvaluationSet.of(random_table(256, groups=2), ["group"], ACTIONS)
    group = torch.from_numpy(at.table.protected["group"].astype(np.int64))
    steps = torch.where(group == 0, 1.0, torch.inf)  # everybody is refused, one group in reach
    figures = recourse_figures(steps[None], at.membership)
    assert figures["recourse_gap[group]"].tolist() == [1.0]
    assert figures["recourse_steps_gap[group]"].isnan().all()  # nobody of the other to compare
    assert figures["recourse_steps"].tolist() == [1.0]
    assert figures["recourse_reachable"][0] == (group == 0).double().mean()


def test_no_gap_in_recourse_shrinks_because_a_model_refuses_few_of_a_group():
    at = EvaluationSet.of(random_table(256, groups=3), ["group"], ACTIONS)
    group = at.table.protected["group"]
    assert np.bincount(group).min() >= SMALLEST_CELL
    everybody = torch.ones(256)
    few = torch.from_numpy(np.where((group == 2) & (np.cumsum(group == 2) > 10), 0.0, 1.0))
    figures = recourse_figures(torch.stack([everybody, few]).double(), at.membership)
    assert figures["recourse_gap[group]"].isnan().tolist() == [False, True]


def test_a_constant_model_has_no_explanations():
    at = EvaluationSet.of(random_table(400), ["group"], ACTIONS)
    for width in (0, 4):
        (vector,) = random_vectors(at, [width])
        figures, _ = evaluate([torch.zeros_like(vector)], [width], at)
        for name in ("effective_features", "faithfulness", "recourse_steps"):
            assert np.isnan(figures[name][0]), name


def test_without_actions_there_is_no_recourse():
    at = yardstick(random_table(400))
    figures, _ = evaluate(random_vectors(at, [0]), [0], at)
    assert not [name for name in figures if name.startswith("recourse")]


def test_the_calibration_error_is_the_weighted_distance_of_each_bin():
    chance = np.array([[0.05, 0.05, 0.95, 0.95], [0.5, 0.5, 0.5, 0.5], [0.0, 0.0, 1.0, 1.0]])
    label = np.array([0.0, 1.0, 1.0, 1.0])
    wanted = [(2 * 0.45 + 2 * 0.05) / 4, 0.25, 0.25]
    assert calibration_error(chance, label) == pytest.approx(wanted)


def test_the_calibration_error_of_true_chances_is_small_and_of_others_is_not():
    rng = np.random.default_rng(0)
    true = rng.random(50_000)
    label = (rng.random(50_000) < true).astype(float)
    found = calibration_error(np.stack([true, true**2]), label)
    assert found[0] < 0.02 and found[1] == pytest.approx(1 / 2 - 1 / 3, abs=0.02)


def test_figures_of_an_attribute_do_not_depend_on_the_others_that_are_asked_for():
    given = random_table(1_000, groups=3)
    other = np.random.default_rng(5).integers(0, 4, 1_000).astype(np.int8)
    both = replace(
        given,
        protected=dict(given.protected) | {"other": other},
        groups=dict(given.groups) | {"other": tuple("abcd")},
    )
    logit = random_logits(3, 1_000)
    together, _ = measure(logit, EvaluationSet.of(both, ["other", "group", "other*group"]))
    for attribute in ("other", "group", "other*group"):
        alone, _ = measure(logit, EvaluationSet.of(both, [attribute]))
        for name, values in alone.items():
            assert np.allclose(values, together[name], rtol=0, atol=1e-12, equal_nan=True), name
