import ast
import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tradeoffs.paths import PROJECT
from tradeoffs.report.export import STARTS, csv_text

SAFE = ("a=1", "1+1", "x@y", "", "Ärger", "'", "5 - 3")


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_and_no_header_starts_a_formula(start):
    told = csv_text(pd.DataFrame({f"{start}x": [f"{start}1", None], "kind": ["a", start]}))
    for row in csv.reader(io.StringIO(told, newline="")):
        assert not any(cell.startswith(STARTS) for cell in row)
    assert f"'{start}1" in told


def test_a_category_is_text_too():
    told = csv_text(pd.DataFrame({"kind": pd.Categorical(["=1", "b"])}))
    assert told.splitlines()[1] == "'=1"


def test_numbers_and_harmless_text_stay_as_they_are():
    frame = pd.DataFrame({"gap": [-0.5, np.nan], "n": [-3, 4], "mixed": [-1.5, "b"]})
    assert csv_text(frame) == frame.to_csv(index=False)
    text = pd.DataFrame({"word": list(SAFE)})
    assert csv_text(text) == text.to_csv(index=False)


def test_two_columns_of_one_name_stay_two():
    frame = pd.DataFrame([["=a", "=b"]], columns=["x", "x"])
    assert csv_text(frame).splitlines() == ["x,x", "'=a,'=b"]


def test_every_export_goes_through_here():
    files = [*(PROJECT / "pages").rglob("*.py"), *(PROJECT / "tradeoffs").rglob("*.py")]
    assert [file.name for file in files if "to_csv" in _methods(file)] == ["export.py"]


def _methods(file: Path) -> set[str]:
    """What a module calls of objects; a script that it writes for a reader is text."""
    called = [
        one.func
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(one, ast.Call)
    ]
    return {one.attr for one in called if isinstance(one, ast.Attribute)}
