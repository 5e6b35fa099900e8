import json
from dataclasses import replace

import pytest

from tradeoffs.catalogue import Catalogue
from tradeoffs.cli import main
from tradeoffs.data import catalogue
from tradeoffs.data.catalogue import DATASETS, available_datasets, dataset
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA, SHIPPED_STORE


@pytest.mark.parametrize("text", [None, "", " , "])
def test_without_a_limit_every_table_is_offered(monkeypatch, text):
    if text is None:
        monkeypatch.delenv("TRADEOFFS_TABLES", raising=False)
    else:
        monkeypatch.setenv("TRADEOFFS_TABLES", text)
    assert available_datasets() == tuple(DATASETS.values())


def test_a_deployment_offers_the_tables_it_names_in_that_order(monkeypatch):
    names = list(DATASETS)[::-1][:2]
    monkeypatch.setenv("TRADEOFFS_TABLES", f" {','.join(names)},{names[0]} ")
    assert [entry.name for entry in available_datasets()] == names


def test_a_table_that_does_not_exist_is_told_at_the_start(monkeypatch, capsys):
    monkeypatch.setenv("TRADEOFFS_TABLES", "adult,adlut")
    with pytest.raises(InvalidInput, match="TRADEOFFS_TABLES: unknown 'adlut'; kno"):
        available_datasets()
    assert main(["app", "--headless"]) == 2
    assert "unknown 'adlut'" in capsys.readouterr().err


def test_a_table_that_is_not_offered_is_refused(monkeypatch):
    hidden = replace(DATASETS["adult"], name="hidden")
    more = Catalogue("dataset", (*DATASETS.values(), hidden))
    monkeypatch.setattr(catalogue, "DATASETS", more)
    monkeypatch.setenv("TRADEOFFS_TABLES", "adult")
    with pytest.raises(InvalidInput, match="'hidden' is not offered here .*; known: adult"):
        dataset("hidden")


def test_the_list_says_what_each_table_holds(capsys):
    assert main(["data", "list", "--json"]) == 0
    found = {entry["name"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert list(found) == list(DATASETS)
    assert found["gss"]["rows"] == 17_137 and found["gss"]["time"][0] == "1994"
    assert found["gss"]["place"][0] == "New England" and len(found["gss"]["place"]) == 9
    adult = found["adult"]
    assert adult["rows"] == 48_842 and adult["licence"] == "CC BY 4.0"
    assert adult["labels"][0]["name"] == "income_gt_50k"
    assert adult["labels"][0]["train_rows"] == 32_561
    assert adult["protected"] == ["sex", "race"] and adult["crossings"] == ["sex*race"]
    assert adult["place"] is None and adult["time"] is None
    files = (f"adult.{end}" for end in ("cases.json", "json", "md", "npz", "parquet"))
    assert adult["bytes"] == sum((DATA / file).stat().st_size for file in files)


def test_the_list_in_plain_text(capsys):
    assert main(["data", "list"]) == 0
    out = capsys.readouterr().out
    for entry in DATASETS.values():
        assert f"{entry.name}: {entry.title}\n" in out
    assert "income_gt_50k (32,561 to train on)" in out and "not recorded" in out


def test_all_tables_together_are_small():
    tables = [file for file in DATA.iterdir() if file.is_file() and file != SHIPPED_STORE]
    assert sum(file.stat().st_size for file in tables) < 4e6
    everything = (file for file in DATA.rglob("*") if file.is_file())
    assert sum(file.stat().st_size for file in everything) < 9e6
