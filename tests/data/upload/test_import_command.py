import csv
import io
import json

import pytest

from tests.data.upload.conftest import as_csv, people
from tradeoffs.cli import main

CHOICES = ["--label", "hired", "--favourable", "yes", "--protected", "sex,town"]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(as_csv({**people(), "town": ["=1+1", "South", "<b>"] * 200}))
    return path


def test_import_proposes_a_codebook_and_counts_the_groups(file, capsys):
    assert main(["data", "import", str(file), *CHOICES, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["rows"] == 600
    assert [f["name"] for f in found["codebook"]["features"]] == ["sex", "town", "age", "skill"]
    towns = {p["group"]: p["rows"] for p in found["groups"] if p["by"] == "town"}
    assert towns == {"＝1+1": 200, "South": 200, "‹b›": 200}
    assert "epsilon does not cover" in found["warnings"][0]


def test_import_tells_the_same_in_words(file, capsys):
    assert main(["data", "import", str(file), *CHOICES]) == 0
    told = capsys.readouterr().out
    assert "town, ‹b›: 200 rows" in told
    assert "Predicted: What is “hired”: yes, or no?" in told


def test_a_printed_codebook_can_be_given_back(file, tmp_path, capsys):
    assert main(["data", "import", str(file), *CHOICES, "--json"]) == 0
    book = tmp_path / "book.json"
    book.write_text(json.dumps(json.loads(capsys.readouterr().out)["codebook"]))
    assert main(["data", "import", str(file), *CHOICES, "--codebook", str(book), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "were given" in found["warnings"][0]
    assert found["warnings"][-1].startswith("Row counts and shares of the table itself are")
    assert {"rows", "answered"} < found["groups"][1].keys() and "train" not in found["groups"][1]


def test_a_sweep_runs_on_a_file_without_a_store(here, file, capsys, tmp_path, monkeypatch):
    store = tmp_path / "store.sqlite"
    monkeypatch.setenv("TRADEOFFS_STORE", str(store))
    argv = ["sweep", "--table", str(file), *CHOICES, "--set", "protected=town"]
    assert main([*argv, "--axis", "epsilon=1,none"]) == 0
    told = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert len(rows) == 4
    assert rows[0]["dataset"].startswith("own-")
    assert float(rows[2]["accuracy"]) > 0.6
    assert "epsilon does not cover" in told.err
    assert not store.exists()


@pytest.mark.parametrize("missing", ["--label", "--favourable", "--protected"])
def test_what_is_not_decided_is_asked_for(file, capsys, missing):
    place = CHOICES.index(missing)
    argv = CHOICES[:place] + CHOICES[place + 2 :]
    assert main(["data", "import", str(file), *argv]) == 2
    assert f"needs {missing}" in capsys.readouterr().err


def test_a_file_that_is_not_there_or_too_large_is_told(tmp_path, capsys):
    assert main(["data", "import", str(tmp_path / "x.csv"), *CHOICES]) == 2
    assert "cannot read" in capsys.readouterr().err
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * (50 * 2**20 + 1))
    assert main(["data", "import", str(large), *CHOICES]) == 2
    assert "more than 50 MB (52,428,800 bytes)" in capsys.readouterr().err


def test_a_sweep_names_the_groups_of_a_file_that_are_too_small_to_compare(
    here, tmp_path, capsys, monkeypatch
):
    """A tenth of the people are of the town c: some of the test rows, too few for a gap."""
    towns = ["a", "b"] * 9 + ["c", "a"]
    lines = [f"{i % 7},{towns[i % 20]},{'yes' if (i * i) % 11 > 4 else 'no'}" for i in range(400)]
    file = tmp_path / "towns.csv"
    file.write_text("\n".join(["score,town,hired", *lines]))
    argv = ["sweep", "--table", str(file), *CHOICES[:-1], "town", "--set", "epsilon=none"]
    assert main([*argv, "--set", "protected=town"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 2
    for row in rows:
        assert row["groups_compared"] == "a; b"
        assert row["groups_left_out"].startswith("fewer than 30: c (")
        assert f"groups left out ({row['groups_left_out']})" in row["remarks"]
        rates = [
            float(row[f"selected[town={name}]"]) / float(row[f"people[town={name}]"])
            for name in ("a", "b")
        ]
        assert float(row["gap"]) == pytest.approx(abs(rates[0] - rates[1]))
