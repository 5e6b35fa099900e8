import math

import pytest

from tradeoffs.experiments import comparison
from tradeoffs.measurement import Measurement
from tradeoffs.results import FIRST_COLUMNS, Result, Weights
from tradeoffs.scenario import Scenario

FIGURES = {
    "accuracy": 0.8,
    "demographic_parity_difference[sex]": 0.2,
    "demographic_parity_difference[race]": 0.4,
    "equal_opportunity_difference[sex]": 0.1,
    "people[sex=Female]": 300.0,
}


def measured(**fields) -> Measurement:
    parts = {"training": {}, "select": {}, "report": {}, "decisions": b""}
    return Measurement.of(**parts | fields)


def table(*results: Result, only: frozenset[str] | None = None):
    return comparison.table(results, comparison.Comparison.of(r.scenario for r in results), only)


def test_every_first_column_is_there_even_when_nothing_was_measurable():
    found = table(Result(scenario=Scenario(), measurement=measured()))
    assert tuple(found.columns) == FIRST_COLUMNS
    assert found["split"].tolist() == ["select", "report"]
    told = [*Scenario.model_fields, "split", "weighted_by", "groups_compared", "groups_left_out"]
    quantities = found.drop(columns=told)
    assert quantities.isna().all(axis=None)


def test_each_split_shows_its_own_figures():
    one = measured(select={"accuracy": 0.7}, report={"accuracy": 0.6, "auc": 0.9})
    found = table(Result(scenario=Scenario(), measurement=one)).set_index("split")
    assert found["accuracy"].to_dict() == {"select": 0.7, "report": 0.6}
    assert math.isnan(found.loc["select", "auc"]) and found.loc["report", "auc"] == 0.9


@pytest.mark.parametrize(
    ("protected", "notion", "gap"),
    [
        ("sex", "demographic_parity", 0.2),
        ("race", "demographic_parity", 0.4),
        ("sex", "equal_opportunity", 0.1),
        ("race", "equal_opportunity", math.nan),  # not measurable, so absent
    ],
)
def test_the_gap_is_the_metric_of_the_notion_for_the_protected_attribute(protected, notion, gap):
    one, metric = measured(select=FIGURES, report=FIGURES), f"{notion}_difference"
    scenario = Scenario.of(protected=protected, notion=notion)
    found = table(Result(scenario=scenario, measurement=one))
    assert found["gap"].tolist() == pytest.approx([gap, gap], nan_ok=True)
    own = found[metric].tolist() if metric in found else [math.nan, math.nan]
    assert own == pytest.approx([gap, gap], nan_ok=True)


def test_results_of_different_notions_share_a_table():
    one = measured(select=FIGURES, report=FIGURES)
    notions = ("demographic_parity", "equal_opportunity")
    both = (Result(scenario=Scenario.of(notion=name), measurement=one) for name in notions)
    assert table(*both)["gap"].tolist() == [0.2, 0.2, 0.1, 0.1]


def test_fields_are_written_so_that_a_table_can_hold_them():
    scenario = Scenario.of(epsilon=None, hide=("sex", "race"))
    found = table(Result(scenario=scenario, measurement=measured())).iloc[0]
    assert found["epsilon"] == math.inf and found["hide"] == "race+sex"


def test_only_restricts_the_columns_and_leaves_their_order():
    one = measured(training={"sigma": 2.0}, select=FIGURES, report=FIGURES)
    result = Result(scenario=Scenario(), measurement=one)
    only = frozenset({"gap", "accuracy", "auc", "seed", "people[sex=Female]"})
    found = table(result, only=only)
    assert found.columns.tolist() == ["seed", "accuracy", "auc", "gap", "people[sex=Female]"]
    assert found["gap"].tolist() == [0.2, 0.2]
    assert found["auc"].isna().tolist() == [True, True]
    whole = table(result)
    assert whole[found.columns].equals(found)


def test_no_results_give_an_empty_table_with_all_columns():
    found = table()
    assert len(found) == 0 and tuple(found.columns) == FIRST_COLUMNS


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\0\0\x09", b"abc{}\0\0\0\2"[:-4] + (2).to_bytes(4, "little"), b"[]" + b"\2\0\0\0"],
    ids=["empty", "cut short", "no whole numbers", "a list"],
)
def test_bytes_that_are_no_weights_are_refused(data):
    with pytest.raises(ValueError):
        Weights.from_bytes(data)


def test_weights_nested_without_end_are_refused():
    told = b"[" * 100_000
    with pytest.raises(ValueError, match="nested"):
        Weights.from_bytes(told + len(told).to_bytes(4, "little"))
