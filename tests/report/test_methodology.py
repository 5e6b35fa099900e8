"""The methods page takes its numbers from the code."""

import json
from dataclasses import replace

import pytest

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.load import load_split
from tradeoffs.engine.recipe import RECIPE_VERSION, STEPS, recipe
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report import methodology as module
from tradeoffs.report.methodology import methods, promises_table, splits_table, steps_table
from tradeoffs.resources.published_range import PUBLISHED_RANGES
from tradeoffs.values.privacy.calibration import CALIBRATION, calibration_size


def told() -> str:
    return " ".join(line for part in methods() for line in part.lines)


def test_numbers_are_those_of_the_code(monkeypatch):
    assert f"version {RECIPE_VERSION}: {STEPS} steps" in told()
    assert f"is trained {SEEDS} times" in told()
    monkeypatch.setattr(module, "RECIPE_VERSION", 99)
    monkeypatch.setattr(module, "SEEDS", 77)
    assert "version 99" in told() and "is trained 77 times" in told()


def test_the_ridge_of_the_model_without_privacy_is_that_of_the_recipe(monkeypatch):
    for width in (0, 16):
        assert f"{recipe(3_000, width, None).ridge:g} / people" in told()
    other = replace(recipe(3_000, 0, None), ridge=77.0)
    monkeypatch.setattr(module, "recipe", lambda *_: other)
    assert "77 / people for logistic regression and 77 / people" in told()


def test_calibration_tables_are_counted_as_they_ship():
    tables = json.loads(CALIBRATION.read_text())
    assert calibration_size() == (len(tables), sum(len(table["sigma"]) for table in tables))
    assert f"{calibration_size()[0]} tables with {calibration_size()[1]:,} entries" in told()


@pytest.mark.parametrize("name", ["adult", "compas"])
def test_sizes_of_the_splits_are_those_of_the_loaded_table(name):
    entry = DATASETS[name]
    split = load_split(name, entry.labels[0])
    shown = splits_table()
    row = shown[(shown["table"] == entry.title)].iloc[0]
    found = [int(row[part].replace(",", "")) for part in ("train", "select", "report")]
    assert found == [split.train.rows, split.select.rows, split.report.rows]


def test_fewer_people_are_drawn_more_often_and_need_more_noise():
    table = steps_table()
    assert table["people"].tolist()[0] == "300" and table["people"].tolist()[-1] == "32,561"
    assert table["sample rate q"].astype(float).is_monotonic_decreasing
    assert table.filter(like="sigma").iloc[:, 0].astype(float).is_monotonic_decreasing
    assert set(table["accountant"]) == {"gdp", "prv"}


def test_what_no_chart_holds_is_said():
    assert methods()[-1].title == "What a chart cannot show"
    assert "consent" in told() or "agreed" in told()


def test_every_remedy_among_communities_says_whom_it_protects(monkeypatch):
    rows = promises_table().to_dict("records")
    assert [row["remedy"] for row in rows] == [one.title for one in REMEDIES.values()]
    refused = [row for row in rows if row["with a privacy budget"].startswith("not possible: ")]
    assert refused and all(row["protects"] == "nobody" for row in refused)
    assert all(len(row["trusts"]) > 3 for row in rows if row not in refused)
    monkeypatch.setattr(module, "FEWEST_COMMUNITIES", 77)
    assert "among at least 77" in told()


def test_the_ranges_that_costs_rest_on_stand_with_their_sources():
    (part,) = [one for one in methods() if one.title == "What a model costs"]
    assert part.table is not None
    assert list(part.table["quantity"]) == [one.title for one in PUBLISHED_RANGES.values()]
    assert part.table["source"].str.len().min() > 0
