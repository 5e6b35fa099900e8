"""Random tables in random dialects, of known truth: each is read right, asked about or told."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from tradeoffs.data.upload.import_report import look
from tradeoffs.data.upload.label_values import answers
from tradeoffs.data.upload.options import Choices, Question, Writing
from tradeoffs.data.upload.profile import why_not
from tradeoffs.data.upload.read import read
from tradeoffs.data.upload.sheet import Column, Sheet

Rng = np.random.Generator
Truth = dict[str, list[str | float | None]]
OTHER = {".": ",", ",": "."}
WORDS = ("north", "South", "über", "café", "naïve", "Łódź", "東京", "O'Neil", 'say "hi"',
         "a, b", "x;y", "p|q", "T\tT", "two\nlines", "NA", "yes", "no", "50-99", "<b>",
         "12%ers")  # fmt: skip
PLAIN = ("über", "café", "naïve", "north", "South", "O'Neil", "a, b", "x;y", "yes")
LABELS = (("yes", "no"), ("YES", "no"), (">50K", "<=50K", ">50K.", "<=50K."), (">=50K", "<50K"),
          ("1", "0"), ("ja", "nein", "Ja"), ("granted", "denied", "pending"))  # fmt: skip
ABSENT = ("", "NA", "n/a", "null", "?", "None", "#N/A", "-", "unknown", ".", "#VALUE!")


@dataclass
class Made:
    """A file with its truth."""

    content: bytes
    writing: Writing  # everything that can be stated
    truth: Truth
    label: tuple[str, ...]  # answers of the column `got`
    blank: int
    header: bool
    foreign: bool  # in an encoding that nobody can tell for sure


def written(value: float, digits: int, decimal: str, thousands: str) -> str:
    text = f"{value:,.{digits}f}"
    return text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)


def numbers(rng: Rng, rows: int, decimal: str, thousands: str):
    digits = int(rng.choice([0, 1, 2, 3, 3, 9]))
    scale = float(rng.choice([1, 30, 900, 5_000, 2_000_000]))
    low = -scale if rng.random() < 0.3 else 0.0
    values = rng.uniform(low, scale, rows).round(digits) + 0.0
    cells = [written(value, digits, decimal, thousands) for value in values]
    if rng.random() < 0.3:  # as many programs do
        cells = [c.rstrip("0").rstrip(decimal) if decimal in c else c for c in cells]
    unit = str(rng.choice(["", "", "", "$", "€", "%"]))
    if unit:
        sign = [cell[0] == "-" for cell in cells]
        cells = [
            f"{'-' * minus}{unit}{cell.lstrip('-')}" if unit != "%" else f"{cell} %"
            for cell, minus in zip(cells, sign, strict=True)
        ]
    return values.tolist(), cells


def texts(rng: Rng, rows: int, words, *, forms: bool):
    some = rng.choice(len(words), min(len(words), int(rng.integers(2, 8))), replace=False)
    values = [words[n] for n in rng.choice(some, rows)]
    cells = list(values)
    if forms:
        for row in range(rows):
            kind = rng.integers(4)
            if kind == 1:
                cells[row] = unicodedata.normalize("NFD", cells[row])
            elif kind == 2:
                cells[row] = f" {cells[row]}\u200b"
    return values, cells


def made(rng: Rng) -> Made:
    rows = int(rng.integers(40, 120))
    separator = str(rng.choice([",", ";", "\t", "|"]))
    decimal = str(rng.choice([".", ","]))
    thousands = str(rng.choice(["", "", OTHER[decimal], " ", "'", "\u00a0"]))
    encoding = str(rng.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "cp850",
                               "mac-roman"]))  # fmt: skip
    wide = encoding.startswith("utf")
    words = WORDS if wide else PLAIN
    absent = str(rng.choice(ABSENT))
    truth: Truth = {}
    shown: dict[str, list[str]] = {}

    def put(name: str, values: list, cells: list[str]) -> None:
        truth[name], shown[name] = list(values), list(cells)
        if rng.random() < 0.4:
            for row in rng.choice(rows, max(1, rows // 10), replace=False):
                truth[name][row], shown[name][row] = None, absent

    for n in range(int(rng.integers(1, 4))):
        values, cells = numbers(rng, rows, decimal, thousands)
        put(f"amount {n}", values, [c if wide else c.replace("€", "$") for c in cells])
    for n in range(int(rng.integers(1, 3))):
        put(f"word {n}", *texts(rng, rows, words, forms=wide and rng.random() < 0.5))
    kind = rng.integers(7)
    if kind == 0:
        codes = [f"{one:05}" for one in rng.integers(0, 99_999, rows)]
        codes[0] = "00017"
        put("code", codes, codes)
    elif kind == 1:
        days = [f"{1 + n % 28:02}.{1 + n % 12:02}.{1950 + n}" for n in range(rows)]
        put("born", days, days)
    elif kind == 2:
        put("row", [float(n) for n in range(rows)], [str(n) for n in range(rows)])
    elif kind == 3:
        long = [f"{10**17 + int(n)}" for n in rng.integers(0, 10**9, rows)]
        put("case", long, long)
    elif kind == 4:
        ages = rng.integers(0, 120, rows)
        put("age", ages.astype(float).tolist(), [f"{one:03}" for one in ages])
    elif kind == 5:
        pay = [f"{'$' * (n % 2)}{100 + n}{' %' * (n % 3 == 0 and n % 2 == 0)}" for n in range(rows)]
        put("pay", pay, pay)
    label = LABELS[int(rng.integers(len(LABELS)))]
    got = [label[n] for n in rng.integers(0, len(label), rows)]
    truth["got"] = [float(one) if one in "01" else one for one in got]
    shown["got"] = got
    names = list(shown)
    header = bool(rng.random() < 0.9)
    heads = (
        ["amount" if n.startswith("amount") else n for n in names] if rng.random() < 0.2 else names
    )
    blank = int(rng.integers(0, 4)) if rng.random() < 0.3 else 0
    kind = str(rng.choice(["text", "excel", "parquet"], p=[0.8, 0.1, 0.1]))
    if kind == "text":
        lines = [*([heads] if header else []), *zip(*shown.values(), strict=True)]
        content = as_text(rng, lines, blank, separator).encode(encoding, "replace")
    else:
        header, heads, encoding = True, names, "utf-8"
        blank *= kind == "excel"
        content = {"excel": as_excel, "parquet": as_parquet}[kind](truth, shown, blank)
    return Made(
        content=content,
        writing=Writing(
            encoding=encoding,
            separator=separator,
            decimal=decimal,
            header=header,
            missing=(absent,) if absent else (),
            nominal=("code",) if "code" in names and header else (),
            numeric=("age",) if "age" in names and header else (),
        ),
        truth=truth,
        label=label,
        blank=blank,
        header=header,
        foreign=encoding in ("cp850", "mac-roman", "latin-1"),
    )


def as_text(rng: Rng, lines: Iterable[Sequence[str]], blank: int, separator: str) -> str:
    target = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if rng.random() < 0.2 else csv.QUOTE_MINIMAL
    ends = str(rng.choice(["\n", "\r\n"]))
    writer = csv.writer(target, delimiter=separator, quoting=quoting, lineterminator=ends)
    width = 0
    for line in lines:
        width = len(line)
        writer.writerow(line)
    target.write((separator * (width - 1) + ends) * blank)
    return target.getvalue()


def is_number(values: Sequence[str | float | None]) -> bool:
    return any(isinstance(value, float) for value in values)


def as_excel(truth: Truth, shown: Mapping[str, list[str]], blank: int) -> bytes:
    """A workbook of which numbers are numbers; a missing cell holds its word, as people type it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    columns = [
        [text if value is None else value for text, value in zip(shown[name], values, strict=True)]
        if is_number(values)
        else shown[name]
        for name, values in truth.items()
    ]
    for row in [list(truth), *zip(*columns, strict=True), *[[""] * len(truth)] * blank]:
        sheet.append([cell if cell != "" else None for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_parquet(truth: Truth, shown: Mapping[str, list[str]], blank: int) -> bytes:
    """A table of typed columns."""
    del blank
    columns = {n: values if is_number(values) else shown[n] for n, values in truth.items()}
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def wrong(one: Made, sheet: Sheet) -> list[str]:
    """Columns that hold something else than the truth, and nobody is told."""
    found = []
    if sheet.facts["blank"] != one.blank or sheet.rows != len(one.truth["got"]):
        found.append("rows")
    parts = zip(one.truth.items(), sheet.columns, look(sheet).columns, strict=True)
    for (name, values), column, report in parts:
        if column.question or same(values, column):
            continue
        reason = why_not(column)
        told = reason is not None and reason.code in ("mixed", "units")  # left out, with the words
        told |= any(hint.code in ("like_missing", "codes", "padded_codes") for hint in report.hints)
        told |= bool(column.blanks) and not lost(values, column)  # which word was missing
        told |= bool(sheet.facts.get("letters")) and one.foreign
        if not told:
            found.append(name)
    return found if judged(one, sheet) else [*found, "answers"]


def judged(one: Made, sheet: Sheet) -> bool:
    """Whether the answers of the label are as the truth, or asked about."""
    choices = Choices(label="got", favourable=one.label[:1], protected=("word 0",))
    try:
        found = answers(sheet.columns[-1], choices).values
    except Question:
        return len(set(one.truth["got"])) > 2
    yes = float(one.label[0]) if one.label[0] in "01" else one.label[0]
    return found.tolist() == [float(value == yes) for value in one.truth["got"]]


def same(values: list, column: Column) -> bool:
    cells = [None if code < 0 else column.values[code] for code in column.codes]
    if all(value is None or isinstance(value, float) for value in values):
        known = [np.nan if value is None else value for value in values]
        return np.allclose(column.amounts(), known, rtol=1e-12, atol=0, equal_nan=True)
    return cells == [None if v is None else unicodedata.normalize("NFC", v).strip() for v in values]


def lost(values: list, column: Column) -> bool:
    """Whether a cell differs from the truth in another way than by being missing."""
    amounts = column.amounts()
    for row, (value, code) in enumerate(zip(values, column.codes, strict=True)):
        if code < 0:
            continue
        if value is None:
            return True
        if amounts[row] != value if isinstance(value, float) else column.values[code] != value:
            return True
    return False


def outcome(seed: int) -> str:
    """What the import makes of a table: right, told, asked, or wrong with the columns."""
    rng = np.random.default_rng([seed, 12])
    one = made(rng)
    stated = bool(rng.random() < 0.5)
    try:
        sheet = read(one.content, one.writing if stated else None)
    except Question as question:
        assert len(str(question)) <= 400
        return "asked"
    if not one.header and not stated:
        return "wrong: the header"
    found = wrong(one, sheet)
    if found:
        return f"wrong: {found}"
    if any(column.question for column in sheet.columns):
        return "asked"
    pairs = zip(one.truth.values(), sheet.columns, strict=True)
    if not all(same(values, column) for values, column in pairs):
        return "told"
    rows = [tuple(map(str, row)) for row in zip(*one.truth.values(), strict=True)]
    told = look(sheet).rows.repeated
    return "right" if told == len(rows) - len(set(rows)) else "wrong: repeated rows"


def outcomes(seeds: range) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for seed in seeds:
        found.setdefault(outcome(seed), []).append(seed)
    return found


def test_no_table_is_read_wrong_in_silence():
    found = outcomes(range(300))
    assert not [told for told in found if told.startswith("wrong")], found
    assert len(found["right"]) > 150


@pytest.mark.slow
def test_none_of_ten_thousand_tables_is_read_wrong_in_silence():
    found = outcomes(range(1_000, 11_000))
    assert not [told for told in found if told.startswith("wrong")], found
    assert len(found["right"]) > 5_000
