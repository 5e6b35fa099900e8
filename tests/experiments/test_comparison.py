# pyright: reportGeneralTypeIssues=false, reportArgumentType=false
"""Gaps that stand in one table are between the same groups, as fairlearn has them for these."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
import torch
from fairlearn import metrics
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import precision_score

from tradeoffs.data.report_people import unpack_decisions
from tradeoffs.engine.evaluation import measure
from tradeoffs.engine.population import logits
from tradeoffs.experiments.comparison import Comparison, table
from tradeoffs.experiments.evaluate import evaluation_set
from tradeoffs.experiments.plan import deployment
from tradeoffs.fronts.remarks import remark_column
from tradeoffs.jobs.record import is_complete
from tradeoffs.measurement import SPLITS, Measurement
from tradeoffs.results import CONFIGURATION, Result
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS

INTENSITIES = (0.0, 0.25, 0.5, 0.75, 1.0)
HERE = Scenario.of(
    dataset="compas", label="rearrest", protected="race", notion="equal_opportunity", shift="prior"
)
COUNTED = sorted({n.metric for n in NOTIONS.values() if n.gap})


def at(scenario: Scenario, split: str):
    return evaluation_set(
        scenario.dataset, scenario.label, scenario.hide, split, *deployment(scenario)
    )


@cache
def scores(scenario: Scenario, split: str, cut: float = 0.0) -> torch.Tensor:
    """Return (1, rows) logits of a model with weights drawn at random; cut moves them all down."""
    where = at(scenario, split)
    drawn = torch.Generator().manual_seed(3)
    vector = torch.randn(int(where.codes.max()) + 1, generator=drawn)
    return logits([vector], [0], where.codes) - cut


@cache
def result(scenario: Scenario, cut: float = 0.0) -> Result:
    found = {}
    for split in SPLITS:
        figures, bits = measure(scores(scenario, split, cut), at(scenario, split))
        found[split] = {k: float(v[0]) for k, v in figures.items() if np.isfinite(v[0])}
    told = Measurement.of(training={}, **found, decisions=bits[0].tobytes())
    return Result(scenario=scenario, measurement=told)


def shown(*scenarios: Scenario) -> pd.DataFrame:
    return table(map(result, scenarios), Comparison.of(scenarios))


def along(here: Scenario, intensities=INTENSITIES) -> list[Scenario]:
    return [here.but(shift_intensity=t) for t in intensities]


def fairlearn_says(metric: str, scenario: Scenario, split: str, groups: list[str]) -> float:
    """Return fairlearn's number for the rows of some groups."""
    people, score = at(scenario, split).table, scores(scenario, split)[0]
    codes, names = people.group_of(scenario.protected)
    inside = np.isin(codes, [names.index(name) for name in groups])
    label, group = people.label[inside], codes[inside]
    chance = torch.sigmoid(score.double()).numpy()[inside]
    decision = score.numpy()[inside] > 0
    if metric == "precision_score_difference":
        frame = metrics.MetricFrame(
            metrics=precision_score, y_true=label, y_pred=decision, sensitive_features=group
        )
        return float(frame.difference(method="between_groups"))
    if metric == "false_negative_rate_group_max":
        derived = metrics.make_derived_metric(
            metric=metrics.false_negative_rate, transform="group_max"
        )
        return float(derived(label, decision, sensitive_features=group))
    if metric == "mean_residual_difference":
        frame = metrics.MetricFrame(
            metrics=lambda y, p: float(np.mean(y - p)),
            y_true=label,
            y_pred=chance,
            sensitive_features=group,
        )
        return float(frame.difference(method="between_groups"))
    found = getattr(metrics, metric)
    predicted = chance if metric == "mean_squared_error_group_max" else decision
    return float(found(label, predicted, sensitive_features=group))


def test_the_same_groups_are_compared_at_every_intensity_of_a_shift():
    """Alone, no shift compares three groups, a quarter two, and the whole too few for a gap."""
    alone = [shown(one).iloc[0] for one in along(HERE)]
    assert alone[0]["groups_compared"] == "Black; White; Hispanic"
    assert [one["groups_compared"] for one in alone[1:4]] == ["Black; White"] * 3
    assert "White (21 positives)" in alone[4]["groups_left_out"]
    found = shown(*along(HERE))
    assert set(found["groups_compared"]) == {"Black; White"}
    few = "fewer than 30: Hispanic (6 positives); another race (3 positives)"
    assert set(found["groups_left_out"]) == {few}
    reasons = found.loc[found["gap"].isna(), ["shift_intensity", "gap_not_measurable"]]
    assert set(reasons["shift_intensity"]) == {1.0}
    assert reasons["gap_not_measurable"].tolist() == [
        *("fewer than 30: White (21 positives)", "fewer than 30: White (24 positives)")
    ]


@pytest.mark.parametrize("metric", COUNTED)
def test_every_gap_is_that_of_fairlearn_for_the_groups_that_are_compared(metric):
    notion = next(name for name, n in NOTIONS.items() if n.metric == metric)
    wanted = along(HERE.but(notion=notion))
    found = shown(*wanted)
    for scenario in wanted:
        rows = found.loc[found["shift_intensity"] == scenario.shift_intensity].set_index("split")
        for split in SPLITS:
            if pd.notna(rows.loc[split, "gap_not_measurable"]):  # nearly no positives are left
                assert scenario.shift_intensity == 1.0 and "positives" in NOTIONS[notion].cells
                assert np.isnan(rows.loc[split, ["gap", metric]].to_numpy(float)).all()
                continue
            groups = rows.loc[split, "groups_compared"].split("; ")
            expected = fairlearn_says(metric, scenario, split, groups)
            for column in ("gap", metric, f"{metric}[race]"):
                assert rows.loc[split, column] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("protected", ["sex", "black"])
def test_where_all_groups_count_every_gap_is_that_of_fairlearn(protected):
    here = HERE.but(protected=protected)
    found = shown(here).set_index("split")
    names = at(here, "report").table.group_of(protected)[1]
    for metric in COUNTED:
        for split in SPLITS:
            expected = fairlearn_says(metric, here, split, list(names))
            assert found.loc[split, metric] == pytest.approx(expected, abs=1e-9)
    assert found["groups_left_out"].isna().all()


def test_no_gap_jumps_because_a_group_left():
    """Alone, neighbouring intensities of a shift lie as far apart as the group that leaves them."""
    wanted = along(HERE, np.round(np.arange(0.1, 0.4, 0.01), 2).tolist())
    together = shown(*wanted)
    report = together.loc[together["split"] == "report", "gap"].to_numpy()
    alone = [shown(one).set_index("split").loc["report", "gap"] for one in wanted]
    assert np.abs(np.diff(report)).max() < 0.03 < np.abs(np.diff(alone)).max()


PLACES = st.tuples(
    st.sampled_from(["prior", "covariate", "demographic"]), st.sampled_from(INTENSITIES)
)


@settings(deadline=None, max_examples=25)
@given(st.lists(PLACES, min_size=1, max_size=5), PLACES, st.sampled_from(sorted(NOTIONS)))
def test_what_joins_a_picture_can_only_remove_groups_and_they_are_named(places, more, notion):
    def of(place: tuple[str, float]) -> Scenario:
        return HERE.but(notion=notion, shift=place[0], shift_intensity=place[1])

    fewer = Comparison.of(map(of, places)).of_setting(of(places[0]))
    wider = Comparison.of(map(of, [*places, more])).of_setting(of(places[0]))
    assert len(fewer.groups) < 2 or set(wider.groups) <= set(fewer.groups)
    gone = set(fewer.groups) - set(wider.groups)
    assert gone <= {one.group for one in wider.left_out}


def test_what_has_arrived_is_compared_as_it_will_be_when_all_is_there():
    wanted = along(HERE)
    whole = shown(*wanted)
    for there in range(1, len(wanted)):
        part = table(map(result, wanted[:there]), Comparison.of(wanted))
        pd.testing.assert_frame_equal(
            part.dropna(axis=1, how="all"),
            whole.iloc[: 2 * there].loc[:, part.dropna(axis=1, how="all").columns],
        )


def test_a_chart_has_the_same_gaps_as_the_whole_table():
    wanted = along(HERE)
    only = frozenset(("gap", "groups_compared", "groups_left_out"))
    part = table(map(result, wanted), Comparison.of(wanted), only)
    pd.testing.assert_frame_equal(part, shown(*wanted)[part.columns])


def test_a_model_that_selects_few_of_a_group_has_no_gap_in_precision_and_the_reason_is_told():
    here = HERE.but(notion="predictive_parity", protected="black")
    cut = float(scores(here, "report").max())
    found = table([result(here), result(here.but(seed=1), cut)], Comparison.of([here]))
    assert found["gap"].notna().tolist() == [True, True, False, False]
    assert found["groups_compared"].nunique() == 1  # whatever the models decide
    reason = found["gap_not_measurable"].iloc[3]
    assert reason.startswith("fewer than 30: ") and "(0 selected)" in reason
    assert f"gap not measurable ({reason})" in remark_column(found, CONFIGURATION).iloc[3]


@pytest.mark.parametrize("rows", [300, 1_000])
def test_a_gap_that_no_model_can_have_names_the_group_its_cell_and_its_size(rows):
    here = Scenario.of(
        dataset="hmda", label="approved", protected="race", notion="equalized_odds", rows=rows
    )
    found = shown(here)
    assert found["gap"].isna().all() and found["accuracy"].notna().all()
    few = int(
        (
            ~at(here, "report").table.label & (at(here, "report").table.group_of("race")[0] == 0)
        ).sum()
    )
    assert few == 19
    assert set(found["gap_not_measurable"]) == {"fewer than 30: Black (19 negatives)"}
    told = remark_column(found, CONFIGURATION).tolist()
    assert all("gap not measurable (fewer than 30: Black (19 negatives))" in text for text in told)
    wider = shown(*along(here))  # further deployments have no gap either, so they take nobody out
    assert "fewer than 30: Black (19 negatives)" in set(wider["gap_not_measurable"])


def test_a_model_that_diverged_has_no_gap_and_no_reason():
    told = Measurement.of(training={}, select={}, report={}, decisions=b"")
    lost = Result(scenario=HERE.but(shift_intensity=0.25), measurement=told)
    found = table([result(HERE), lost], Comparison.of(along(HERE)))
    assert found["gap"].notna().tolist() == [True, True, False, False]
    assert found["gap_not_measurable"].isna().all()


def test_stored_counts_are_those_of_the_decisions():
    one = result(HERE)
    people = at(HERE, "report").table
    yes = unpack_decisions(one.measurement.decisions, people.rows)
    codes, names = people.group_of("race")
    for code, name in enumerate(names):
        assert one.measurement.report[f"selected[race={name}]"] == yes[codes == code].sum()


def test_results_from_before_a_notion_was_added_tell_its_number_by_their_counts():
    here = Scenario.of(notion="minimum_rate")
    new, metric = result(here), f"{NOTIONS['minimum_rate'].metric}["
    parts = {
        split: {k: v for k, v in new.measurement.figures(split).items() if not k.startswith(metric)}
        for split in SPLITS
    }
    old = Measurement.of(training={}, **parts, decisions=new.measurement.decisions)
    assert is_complete(old.schema)
    found = table([Result(scenario=here, measurement=old)], Comparison.of([here]))
    pd.testing.assert_series_equal(found["gap"], shown(here)["gap"])
    assert found["gap"].between(0, 1).all()
    few = {k: v for k, v in parts["report"].items() if not k.startswith("true_positives")}
    lacking = Measurement.of(training={}, select=few, report=few, decisions=b"")
    assert not is_complete(lacking.schema)
