# pyright: reportReturnType=false, reportAttributeAccessIssue=false, reportGeneralTypeIssues=false
"""Models under shifts: means, changes and their interplay, from made-up results."""

import math

import pytest

from tradeoffs.experiments.comparison import Comparison
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.shift_sweeps import (
    INTENSITIES,
    alone_and_together,
    intensity_grid,
    scale,
    settings,
    shift_choices,
    side_by_side,
    trainings,
    with_shifts,
)
from tradeoffs.measurement import Measurement
from tradeoffs.report.charts.shift_charts import (
    along_figure,
    along_table,
    display_along,
    display_side,
    display_together,
    measures,
    setting_label,
    side_table,
    together_sentence,
    together_table,
)
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario

HERE = Scenario()
BOTH = (("prior", 1.0), ("flips", 0.5))


def result(scenario: Scenario, accuracy: float, gap: float = 0.1) -> Result:
    figures = {
        "accuracy": accuracy,
        "demographic_parity_difference[sex]": gap,
        "fidelity": 0.5,
        "calibration_error": 0.02,
    }
    told = Measurement.of(training={}, select=figures, report=figures, decisions=b"")
    return Result(scenario=scenario, measurement=told)


def made(wanted, of) -> dict:
    every = trainings(wanted)
    return measures([result(s, of(s)) for s in every], Comparison.of(every))


def test_every_setting_is_followed_at_every_intensity_and_trained_once():
    wanted = intensity_grid(HERE, BOTH)
    assert len(wanted) == len(settings(HERE)) * len(INTENSITIES)
    assert len({resolve(s).model_key for s in wanted}) == len(settings(HERE))
    assert wanted[0].other_shifts == () and wanted[-1].other_shifts == tuple(sorted(BOTH))
    assert scale(BOTH, 0.5) == (("prior", 0.5), ("flips", 0.25))


def test_side_by_side_has_each_shift_that_the_table_can_have():
    assert "place" not in {name.split(".")[0] for name in shift_choices(HERE)}
    gss = Scenario.of(dataset="gss", label="income_25k", protected="race")
    assert {"place.new_england", "time.1994"} <= set(shift_choices(gss))
    for scenario in side_by_side(gss, 0.5):
        resolve(scenario)


def test_means_and_the_lowest_and_highest_seed_stand_along_the_intensity():
    by = made(intensity_grid(HERE, BOTH), lambda s: 0.8 - 0.1 * len(s.other_shifts) + 0.01 * s.seed)
    table = along_table(by, HERE, BOTH)
    own = table.loc[table["setting"] == setting_label(HERE)].set_index("intensity")
    assert own.loc[0.0, "accuracy"] == pytest.approx(0.81)
    assert own.loc[1.0, ["accuracy from", "accuracy to"]].tolist() == pytest.approx([0.6, 0.62])
    figure = along_figure(table)
    assert {trace.name for trace in figure.data} == set(table["setting"])
    kept = table.loc[table["setting"].str.contains("at most 5 %"), "kept"]
    assert (kept == 0).all()  # the made-up gap is 10 points


def test_what_is_not_there_is_not_zero():
    table = along_table({}, HERE, BOTH)
    assert table["accuracy"].isna().all() and not along_figure(table).data


def test_changes_are_paired_by_seed():
    by = made(side_by_side(HERE, 0.5), lambda s: 0.8 + 0.05 * s.seed - 0.1 * len(s.other_shifts))
    table = side_table(by, HERE, 0.5)
    assert table["accuracy"].tolist() == pytest.approx([-0.1] * len(table))
    assert table["accuracy from"].tolist() == pytest.approx(table["accuracy to"].tolist())


def accuracies(beyond: float):
    def of(s: Scenario) -> float:
        names = {name for name, _ in s.other_shifts}
        lost = 0.1 * ("prior" in names) + 0.05 * ("flips" in names)
        return 0.9 - lost - beyond * (len(names) == 2) + 0.001 * s.seed * len(names)

    return of


def test_together_is_compared_with_the_sum_of_each_alone():
    table = together_table(made(alone_and_together(HERE, BOTH), accuracies(0.2)), HERE, BOTH)
    row = table.set_index("measure").loc["Accuracy"]
    assert row["sum of separate effects"] == pytest.approx(-0.15 + 0.002)
    assert row["beyond the sum"] == pytest.approx(-0.2) and row["to"] < 0
    assert together_sentence(table) == (
        "Their effect together differs from the sum of their separate effects in: accuracy."
    )


def test_no_interplay_is_not_called_one():
    table = together_table(
        made(alone_and_together(HERE, BOTH), lambda s: 0.9 + 0.01 * s.seed), HERE, BOTH
    )
    assert "cannot be told apart from the sum" in together_sentence(table)
    assert together_sentence(together_table({}, HERE, BOTH)).endswith("is not measurable.")


def test_one_seed_has_no_interval():
    every = alone_and_together(HERE, BOTH)
    by = measures([result(s, 0.8) for s in every], Comparison.of(every))
    assert math.isnan(together_table(by, HERE, BOTH)["from"].iloc[0])


def test_a_setting_stays_itself_at_another_deployment():
    assert with_shifts(HERE, BOTH).configuration().model_part() == HERE.model_part()


TRAINED = HERE.but(training_shifts=(("opt_out.female", 1.0),))


def test_shifts_in_training_train_every_setting_anew_at_every_intensity():
    wanted = intensity_grid(TRAINED, TRAINED.training_shifts)
    assert len({resolve(s).model_key for s in wanted}) == len(wanted)
    assert {s.other_shifts for s in wanted} == {()}
    assert {"opt_out.female", "flips"} <= set(shift_choices(TRAINED))
    table = along_table(
        made(wanted, lambda s: 0.8 - 0.1 * len(s.training_shifts)), TRAINED, TRAINED.training_shifts
    )
    assert table.loc[table["intensity"] == 1, "accuracy"].tolist() == pytest.approx(
        [0.7] * len(settings(TRAINED))
    )
    for scenario in [
        *side_by_side(TRAINED, 1.0),
        *alone_and_together(TRAINED, TRAINED.training_shifts),
    ]:
        resolve(scenario)


def test_tables_on_screen_are_in_words_with_units():
    by = made(intensity_grid(HERE, BOTH), lambda s: 0.8 - 0.1 * len(s.other_shifts) + 0.01 * s.seed)
    shown = display_along(along_table(by, HERE, BOTH))
    assert shown.loc[0, "Accuracy"] == "81.0 % (80.0 to 82.0)"
    assert set(shown["Seeds that keep the bound"]) == {"–", "0 of 3"}
    assert set(display_along(along_table({}, HERE, BOTH))["Accuracy"]) == {"not measurable"}
    by = made(side_by_side(HERE, 0.5), lambda s: 0.8 - 0.1 * len(s.other_shifts))
    assert display_side(side_table(by, HERE, 0.5)).loc[0, "Accuracy"].startswith("−10.0 points (")
    both = display_together(
        together_table(made(alone_and_together(HERE, BOTH), accuracies(0.2)), HERE, BOTH)
    )
    assert both.loc[0, "Beyond the sum (95 % over seeds)"].startswith("−20.0 points (−")
