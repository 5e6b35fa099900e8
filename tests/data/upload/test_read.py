"""Files that people really have, in many formats and dialects: each cell is read as it is meant."""

import io
from dataclasses import replace

import numpy as np
import pytest
from openpyxl import Workbook

from pages.shared.settings.wording import rephrase
from tests.data.upload.conftest import (
    CHOICES,
    ROWS,
    as_csv,
    favourable,
    features,
    people,
    reason,
    sentences,
)
from tradeoffs.data.coding import Edges
from tradeoffs.data.upload.import_report import look
from tradeoffs.data.upload.options import Choices, Question, Writing
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.data.upload.read import read
from tradeoffs.errors import InvalidInput


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["$65,000", "1,234", "73240", "12.5"], [65000, 1234, 73240, 12.5]),
        (["3.249", "795", "48,2"], [3249, 795, 48.2]),
        (["1 234,5", "1'234,5", "7"], [1234.5, 1234.5, 7]),
        (["12 %", "7%", "0.5%"], [12, 7, 0.5]),
        (["\u22125", "1.5", ".5"], [-5, 1.5, 0.5]),
    ],
)
def test_numbers_are_read_as_they_are_meant(cells, value):
    lines = [f'"{cell}";x' for cell in cells]
    found = read("\n".join(["n;t", *lines * 3]).encode()).columns[0]
    assert found.numbers().tolist() == value * 3


def test_thousands_beside_whole_numbers_are_3249_and_never_3_249():
    rng = np.random.default_rng(0)
    pay = rng.integers(400, 5_000, ROWS)
    cells = {
        **people(),
        "skill": [f"{float(str(one)):.1f}".replace(".", ",") for one in people()["skill"]],
        "pay": [f"{one:,}".replace(",", ".") for one in pay],
    }
    sheet = read(as_csv(cells, ";"))
    assert sheet.column("pay").numbers().tolist() == pay.tolist()
    assert any(title == "pay" for title, _, _ in sheet.facts["read_as"])


def test_a_decimal_sign_that_nothing_tells_is_asked_for():
    pay = [f"{one:,}".replace(",", ".") for one in range(400, 400 + 7 * 300, 7)] * 2
    cells = {**people(), "skill": [n % 9 for n in range(ROWS)], "pay": pay}
    content = as_csv(cells, ";")
    with pytest.raises(Question, match=r"'pay' holds '1\.002': 1\.002 .*1002") as asked:
        own_table(content, CHOICES)
    assert asked.value.option == "decimal"
    own = own_table(content, CHOICES, writing=Writing(decimal=","))
    last = own.book.features[-1]
    assert isinstance(last, Edges) and last.edges[-1] > 400
    assert features(own_table(content, replace(CHOICES, drop=("pay",))))[-1] == "skill"


def test_windows_1252_is_decoded_and_its_words_can_be_typed(table):
    bands = ["over €30k", "€0–30k", "over €30k"] * 200
    content = table(hired=bands).decode().encode("cp1252")
    own = own_table(content, replace(CHOICES, favourable=("over €30k",)))
    assert favourable(own) == pytest.approx(2 / 3)
    assert own.report.facts["encoding"] == "windows-1252"
    assert "€30k" in own.notes[1]


def test_damaged_utf_8_is_asked_about(table):
    content = table(town=["Zürich", "Genève", "Bern"] * 200) + b"F,Gen\xe8ve,20,0,yes\r\n"
    with pytest.raises(Question, match=r"line 602, byte .* is 0xe8") as asked:
        read(content)
    assert asked.value.option == "encoding"
    assert "Genève" in read(content, Writing(encoding="windows-1252")).column("town").counts


def test_a_header_that_comes_twice_is_renamed_and_told(table):
    skill = people()["skill"]
    content = table(skill2=skill, other=[*skill[1:], skill[0]])
    content = content.replace(b"skill2", b"skill", 1).replace(b"other", b"skill", 1)
    own = own_table(content, CHOICES)
    assert own.report.facts["renamed"] == [("skill", "skill.1"), ("skill", "skill.2")]
    assert reason(own, "skill_1").code == "same_as"
    assert "copies_together" not in [one.code for one in own.report.cautions]
    assert "skill_2" in features(own)


def test_blank_rows_are_skipped_and_counted(table):
    own = own_table(table() + b",,,,\r\n , ,,,\r\n\r\n", CHOICES)
    assert (own.report.rows.read, own.report.rows.blank) == (ROWS, 3)
    assert len(own.whole.row_id) == ROWS


def test_a_first_row_that_looks_like_data_is_asked_about(table):
    _, rows = table().split(b"\r\n", 1)
    with pytest.raises(Question, match="the first row looks like data") as asked:
        read(rows)
    assert asked.value.choices == ("header", "no-header")
    text = rephrase(asked.value, {})
    assert "--" not in text and "“The first row: is a row like any other”" in text
    assert str(asked.value).endswith("a row like any other (--no-header)")
    assert read(rows, Writing(header=False)).rows == ROWS
    assert read(rows, Writing(header=True)).rows == ROWS - 1
    choices = Choices(label="column 5", favourable=("yes",), protected=("column_1",))
    assert favourable(own_table(rows, choices, writing=Writing(header=False))) == favourable(
        own_table(table(), CHOICES)
    )


def test_a_first_row_with_one_number_and_a_title_above_the_names_are_asked_about(table):
    names = [f"person {n}" for n in range(ROWS)]
    _, rows = as_csv({"name": names, "town": names[::-1], "age": people()["age"]}).split(b"\n", 1)
    with pytest.raises(Question, match=r"the first row looks like data \('\d+'\)"):
        read(rows)
    with pytest.raises(Question, match=r"names 1 of 5 columns \('Report 2024'\)") as asked:
        read(b"Report 2024,,,,\r\n" + table())
    assert asked.value.option == "header"


def test_digits_with_zeros_in_front_are_codes_or_amounts_as_is_stated(table):
    ages = [f"{18 + n % 70:03}" for n in range(ROWS)]
    assert look(read(table(age=ages))).columns[2].kind == "codes"
    sheet = read(table(age=ages), Writing(numeric=("age",)))
    assert sheet.column("age").numbers().tolist() == [18 + n % 70 for n in range(ROWS)]
    assert "age: “018” was read as 18; --nominal takes digits as codes." in sentences(look(sheet))
    varied = table(age=["007", "7", "0415"] * 200)
    assert "age: “007” was read as 7; --nominal takes digits as codes." in sentences(
        look(read(varied))
    )
    assert read(varied, Writing(nominal=("age",))).column("age").counts["007"] == 200
    with pytest.raises(InvalidInput, match="'age' is stated as numeric and as nominal"):
        read(varied, Writing(numeric=("age",), nominal=("age",)))


def test_formulas_whose_results_a_workbook_does_not_store_are_told():
    book = Workbook(write_only=True)
    written = book.create_sheet()
    for n in range(40):
        written.append([n % 7, f"=A{n + 1}*2", None] if n else ["base", "twice", "empty"])
    target = io.BytesIO()
    book.save(target)
    sheet = read(target.getvalue())
    assert sheet.facts["formulas"] == ["twice"]
    assert "twice: formulas without results; a spreadsheet" in " ".join(sentences(look(sheet)))


def test_one_word_in_several_unicode_forms_is_one_group(table):
    towns = ["caf\u00e9", "cafe\u0301", "\u200bcafe\u0301", "東京", "caf\u00e9\u00a0"] * 120
    own = own_table(table(town=towns), replace(CHOICES, protected=("town",)))
    assert own.book.protected[0].names == ("caf\u00e9", "東京")


def frame(writer: str) -> bytes:
    import pandas as pd

    target = io.BytesIO()
    cells = pd.DataFrame({**people(), "pay": [round(3.249 + n, 3) for n in range(ROWS)]})
    if writer == "parquet":
        cells.to_parquet(target, index=False)
    else:
        cells.to_excel(target, index=False)
    return target.getvalue()


@pytest.mark.parametrize("writer", ["excel", "parquet"])
def test_excel_and_parquet_become_the_same_table_as_csv(writer):
    found = read(frame(writer))
    assert found.facts["kind"] == writer
    same = read(as_csv({**people(), "pay": [round(3.249 + n, 3) for n in range(ROWS)]}))
    for one, other in zip(found.columns, same.columns, strict=True):
        assert [one.values[c] for c in one.codes] == [other.values[c] for c in other.codes]
        assert one.question is None


@pytest.mark.parametrize("sign", ["\t", "|", ";"])
def test_tabs_pipes_and_semicolons_with_decimal_commas(sign):
    skill = [str(one).replace(".", ",") for one in people()["skill"]]
    found = read(as_csv({**people(), "skill": skill}, sign))
    assert found.facts["separator"] == sign
    assert found.column("skill").numbers().tolist() == [float(str(v)) for v in people()["skill"]]


def test_five_hundred_columns_are_read_and_sixty_are_asked_for(table):
    rng = np.random.default_rng(0)
    wide = {f"n{n}": rng.integers(0, 9, ROWS).tolist() for n in range(495)}
    with pytest.raises(Question, match="models see at most 60") as asked:
        own_table(table(**wide), CHOICES)
    assert asked.value.option == "columns"
    chosen = tuple(f"n{n}" for n in range(60))
    own = own_table(table(**wide), replace(CHOICES, columns=chosen))
    assert len(own.book.features) == 60
    with pytest.raises(InvalidInput, match="501 columns; at most 500"):
        read(table(**wide, one=[1] * ROWS))


def test_two_separators_that_both_fit_are_asked_about():
    content = b"a;b,c;d\n" + b"1;2,3;4\n" * 9
    with pytest.raises(Question, match=r"comma \(2 columns\), semicolon \(3 columns\)") as asked:
        read(content)
    assert asked.value.option == "separator"
    assert len(read(content, Writing(separator=";")).columns) == 3
