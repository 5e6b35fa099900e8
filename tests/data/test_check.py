import re
import shutil

import pytest

from tradeoffs.data.catalogue import DATASETS, dataset
from tradeoffs.data.check import check, check_figures, check_table, report
from tradeoffs.data.load import load_codebook
from tradeoffs.data.raw import read_frame
from tradeoffs.paths import DATA

ADULT = dataset("adult")
BOOK = load_codebook("adult")
FRAME = read_frame(BOOK)


@pytest.fixture
def folder(tmp_path):
    for file in ("adult.json", "adult.npz", "adult.parquet"):
        shutil.copy(DATA / file, tmp_path)
    return tmp_path


def failing(checks):
    return {line.name for line in checks if not line.ok}


def test_the_bundled_tables_pass(folder):
    found = check()
    assert failing(found) == failing(check_table(ADULT, folder)) == set()
    assert {line.name.partition(":")[0] for line in found} == set(DATASETS)
    assert "30,162" in [line.found for line in found]


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda folder: (folder / "adult.parquet").unlink(), "cannot read adult.parquet"),
        (lambda folder: (folder / "adult.json").unlink(), "cannot read adult.json"),
        (lambda folder: (folder / "adult.json").write_text("{"), "not a codebook"),
        (lambda folder: (folder / "adult.parquet").write_bytes(b"PAR1"), "has sha256"),
    ],
    ids=["no table", "no codebook", "broken codebook", "altered table"],
)
def test_a_spoilt_file_fails_without_an_exception(folder, spoil, found):
    spoil(folder)
    (line,) = check_table(ADULT, folder)
    assert not line.ok
    assert found in line.found


def test_a_changed_answer_fails_its_figures():
    train = FRAME.index < 400
    flipped = FRAME.assign(income_gt_50k=FRAME["income_gt_50k"].where(~train, True))
    names = failing(check_figures(dataset("adult"), BOOK, flipped))
    assert {name.removeprefix("adult: ") for name in names} == {
        "share over 50K, all rows",
        "share over 50K, complete rows",
        "share over 50K, Male, training file, complete rows",
        "share over 50K, Female, training file, complete rows",
    }


def test_a_missing_row_and_an_unlisted_value_fail():
    frame = FRAME.iloc[1:].copy()
    frame["workclass"] = frame["workclass"].astype(object).where(frame["row_id"] != 7, "Pirate")
    names = failing(check_figures(dataset("adult"), BOOK, frame))
    assert "adult: rows, training file" in names
    assert "adult: values outside the vocabularies" in names
    assert "adult: rows, test file" not in names


def test_report_marks_and_counts_failures(folder):
    (folder / "adult.parquet").unlink()
    text = report(check_table(ADULT, folder))
    assert re.fullmatch(
        r"FAILS adult: file: cannot read .* \(expected .*\) .*\n0 of 1 checks pass", text
    )
    whole = check_table(ADULT)
    assert report(whole).endswith(f"\n{len(whole)} of {len(whole)} checks pass")
