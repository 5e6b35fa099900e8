# pyright: reportCallIssue=false
"""What a deployment changes: classifier, losses and their parts."""

import json

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from tradeoffs.data.load import load_codebook
from tradeoffs.data.shifts.compose import TRAINING
from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.experiments.shift_report import area, decompose, shift_report
from tradeoffs.report.shift_table import (
    catalogue_table,
    diagnostics_table,
    display_diagnostics,
    display_losses,
    losses_table,
    p_value,
    sentences,
    shifts_text,
)
from tradeoffs.scenario import Scenario

ADULT = Scenario.of(rows=300)


def test_the_area_is_that_of_scikit_learn_and_its_interval_covers_it():
    rng = np.random.default_rng(0)
    low, high = np.round(rng.normal(0, 1, 400), 1), np.round(rng.normal(0.5, 1, 300), 1)
    found = area(high, low)
    wanted = roc_auc_score(np.repeat([0, 1], [400, 300]), np.concatenate([low, high]))
    assert found.value == pytest.approx(wanted, abs=1e-12)
    assert found.low < found.value < found.high


def test_nine_in_ten_and_more_intervals_of_the_area_cover_the_truth():
    rng = np.random.default_rng(1)
    found = [area(rng.random(80), rng.random(60)) for _ in range(300)]
    assert 0.91 < np.mean([one.low <= 0.5 <= one.high for one in found]) < 0.985


def world(seed: int, target_x: float, outcomes: tuple[float, float]):
    """Return losses of the answer no, for a binary feature, and the exact chance of the target."""
    rng = np.random.default_rng(seed)
    x = [rng.random(20_000) < share for share in (0.3, target_x)]
    rate = (np.array([0.2, 0.6]), np.array(outcomes))
    pairs = zip(x, rate, strict=True)
    losses = [(rng.random(20_000) < r[v.astype(int)]).astype(float) for v, r in pairs]
    both = np.concatenate(x)
    p, q = np.where(both, 0.3, 0.7), np.where(both, target_x, 1 - target_x)
    return *losses, q / (p + q)


def test_other_inputs_at_equal_outcomes_are_all_inputs():
    loss = decompose("errors", *world(0, 0.8, (0.2, 0.6)))
    assert abs(loss.outcomes.value) < 0.02
    assert loss.inputs.value == pytest.approx(0.5 * 0.4, abs=0.02)


def test_other_outcomes_at_equal_inputs_are_all_outcomes():
    loss = decompose("errors", *world(1, 0.3, (0.5, 0.6)))
    assert abs(loss.inputs.value) < 0.01
    assert loss.outcomes.value == pytest.approx(0.7 * 0.3, abs=0.02)


def test_the_parts_add_up_to_the_whole():
    loss = decompose("errors", *world(2, 0.8, (0.5, 0.3)))
    assert loss.target - loss.source == pytest.approx(loss.total.value)
    assert loss.inputs.value + loss.outcomes.value == pytest.approx(loss.total.value)


def test_nine_in_ten_and_more_intervals_of_the_outcomes_part_cover_the_truth():
    found = [decompose("errors", *world(s, 0.6, (0.2, 0.6))).outcomes for s in range(120)]
    assert np.mean([one.low <= 0 <= one.high for one in found]) > 0.9


@pytest.mark.parametrize("stated", ["demographic:1", "flips:1", "prior:0.5+missing:0.5"])
def test_what_is_declared_comes_true(stated):
    report = shift_report(ADULT.but(other_shifts=stated))
    assert all(part.kept is not False for part in report.parts)
    assert any(part.kept for part in report.parts)


def test_flipped_answers_are_a_loss_in_outcomes_alone():
    report = shift_report(ADULT.but(other_shifts="flips:1"))
    assert report.told_apart.low < 0.5 < report.told_apart.high + 0.02
    loss = report.losses[0]
    assert loss.outcomes.low > 0.15 and abs(loss.inputs.value) < 0.01


def test_the_report_is_told_in_words_numbers_and_json():
    report = shift_report(ADULT.but(other_shifts="flips:1+demographic.male:0.5"))
    told = " ".join(sentences(report))
    assert told.startswith("Other people: male (50 %), then label noise (100 %): 8,141 p")
    assert "answers changed (3" in told and "Otherwise than declared" not in told
    table = diagnostics_table(report).set_index("what")
    assert table.loc["groups", "found"] == "moved"
    assert table.loc["answers changed", "value"] == pytest.approx(0.3, abs=0.02)
    assert set(losses_table(report)["loss"]) == {"share of errors", "log loss"}
    again = json.loads(json.dumps(report.as_json()))
    assert again["shifts"] == [["demographic.male", 0.5], ["flips", 1.0]]
    assert shifts_text(report.shifts) in told.lower()


def test_the_catalogue_lists_options_of_the_table():
    table = catalogue_table(load_codebook("gss"), "race").set_index("shift")
    assert table.loc["place", "options"].startswith("new_england, middle_atlantic")
    assert table.loc["opt_out", "at"] == "training"


def test_no_shift_is_refused_and_too_few_rows_are_not_measurable():
    with pytest.raises(InvalidInput, match="no shift at deployment has an intensity above 0"):
        shift_report(ADULT)
    few = Scenario.of(
        dataset="gss",
        label="income_25k",
        protected="race",
        rows=300,
        other_shifts="place.new_england:1",
    )
    with pytest.raises(NotMeasurable, match="leaves 136 rows, fewer than 200, so nothing can be"):
        shift_report(few)


def test_in_training_the_source_is_shifted_and_the_target_is_not():
    plain = shift_report(ADULT.but(other_shifts="flips:1"))
    report = shift_report(ADULT.but(training_shifts="flips:1", epsilon=None), TRAINING)
    assert report.as_json()["side"] == "training" and report.losses[0].target < 0.2
    assert report.losses[0].source == pytest.approx(plain.losses[0].target, abs=0.03)
    assert report.parts == plain.parts  # the same people move, on the other side
    assert sentences(report)[0].startswith("In training, label noise (100 %): 8,141")


def test_a_group_may_be_absent_from_training_but_not_from_deployment():
    report = shift_report(ADULT.but(training_shifts="opt_out.female:1"), TRAINING)
    assert all(part.kept is not False for part in report.parts)
    assert report.rows_after < report.rows_before
    with pytest.raises(InvalidInput, match="no shift at training has an intensity above 0"):
        shift_report(ADULT.but(other_shifts="flips:1"), TRAINING)


@pytest.mark.parametrize(
    ("p", "told"),
    [
        (0.03124, "0.0312"),
        (5e-300, "< 0.0001"),
        (0.0, "< 0.0001"),
        (1.0, "1.0000"),
        (None, "counted"),
    ],
)
def test_no_p_value_is_written_with_a_row_of_zeros(p, told):
    assert p_value(p) == told


def test_tables_on_screen_are_in_words_with_units_and_intervals():
    report = shift_report(ADULT.but(other_shifts="flips:1"))
    parts = display_diagnostics(report).set_index("What")
    low, high = (
        f"{100 * end:.1f}" for end in (report.parts[0].found.low, report.parts[0].found.high)
    )
    assert parts.loc["answers changed", "How much (95 %)"].endswith(f" % ({low} to {high})")
    losses = display_losses(report)
    losses = losses.set_index("Of the reference model")
    assert "points" in losses.loc["From other outcomes, P(Y | X)", "Share of errors"]
    assert not [name for table in (parts, losses) for name in table if "_" in name]


def test_features_that_cannot_be_told_apart_get_no_part_of_a_loss():
    told = {}
    for name in ("redrawn:1", "demographic:1"):
        report = shift_report(ADULT.but(other_shifts=name))
        shown = display_losses(report).set_index("Of the reference model")
        told[name] = (
            shown.loc["From other features, P(X)", "Share of errors"],
            sentences(report)[-1],
        )
    assert told["redrawn:1"][0] == "not told apart"
    assert told["redrawn:1"][1].endswith("while their features cannot be told apart.")
    assert (
        "points" in told["demographic:1"][0] and "come from other feat" in told["demographic:1"][1]
    )
