"""A table of one's own, from a file or a DataFrame, to a front."""

import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

import tradeoffs as to
from tradeoffs.errors import InvalidInput

STATED: dict[str, Any] = {"label": "hired", "favourable": "yes", "protected": "sex"}


@pytest.fixture
def people() -> pd.DataFrame:
    ages = [20 + 7 * n % 41 for n in range(600)]
    hired = ["yes" if age > 35 else "no" for age in ages]
    return pd.DataFrame({"age": ages, "sex": ["f", "m"] * 300, "hired": hired})


def test_one_import_and_three_statements_lead_to_a_front(people, tmp_path):
    file = tmp_path / "people.csv"
    people.to_csv(file, index=False)
    code = f"""
import tradeoffs as to
table = to.load_table({str(file)!r}, label="hired", favourable="yes", protected="sex")
results = to.run(to.Sweep(base=table.scenario(), axes={{"epsilon": [1, None]}}, seeds=2))
print(to.front(results, "privacy", "accuracy"))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith("2 settings by privacy budget")


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_a_file_and_a_frame_of_the_same_rows_give_the_same_models(people, tmp_path, suffix):
    file = tmp_path / f"people.{suffix}"
    write = {"csv": people.to_csv, "xlsx": people.to_excel, "parquet": people.to_parquet}[suffix]
    write(file, index=False)
    found = [
        to.run(to.load_table(one, **STATED).scenario(epsilon=None), progress=False)
        for one in (file, people)
    ]
    assert found[0]["accuracy"].tolist() == found[1]["accuracy"].tolist()


def test_a_table_says_what_was_read_and_what_epsilon_does_not_cover(people):
    table = to.load_table(people, **STATED)
    assert table.table()["name"].tolist() == ["age", "sex", "hired"]
    assert "600 rows" in table.text() and "epsilon does not cover them" in table.text()
    here = table.scenario(rows=250)
    assert (here.dataset, here.rows) == (table.name, 250)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"label": "wage"}, "wage"),
        ({"favourable": "perhaps"}, "perhaps"),
        ({"protected": ["sex", "race"]}, "race"),
        ({"bins": {"age": [50, 30]}}, "age"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused_by_name(people, change, told):
    with pytest.raises(InvalidInput, match=told):
        to.load_table(people, **(STATED | change))


def test_what_is_no_table_is_refused(people, tmp_path):
    sources: list[Any] = [7, None, tmp_path / "none.csv", people.assign(age=[object()] * 600)]
    for source in sources:
        with pytest.raises(InvalidInput):
            to.load_table(source, **STATED)
