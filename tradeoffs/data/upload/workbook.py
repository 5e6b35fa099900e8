"""Workbooks and Parquet: cells that know their type, written out as text that reads one way."""

import datetime
import io
import math
import zipfile
from decimal import Decimal
from typing import Any

from tradeoffs.data.upload.raw_columns import MOST_COLUMNS, MOST_ROWS, Builder, Raw
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.errors import InvalidInput

EXCEL = b"PK\x03\x04"
PARQUET = b"PAR1"
_MOST_UNPACKED = 20  # times the bounds of a text file, for what a workbook unpacks to
_FORMULA_ROWS = 200  # in which formulas are looked for
_BATCH = 5_000  # rows of a Parquet file that are Python values at a time


def read_excel(content: bytes, most_bytes: int) -> Raw:
    """Return the columns of the one sheet of a workbook that holds something.

    Raises:
        InvalidInput: it is no workbook, several sheets hold something, or it unpacks to too much.
    """
    from openpyxl import load_workbook

    _check_unpacked(content, most_bytes)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [one for one in book.worksheets if any(_filled(row) for row in one.values)]
    except Exception as error:  # of many kinds, in files that are damaged
        raise InvalidInput("workbook_unreadable", reason=plain(str(error), 200)) from None
    if len(sheets) != 1:
        raise InvalidInput(
            "several_sheets",
            count=len(sheets),
            some=tuple(plain(str(one.title), 20) for one in sheets),
        )
    builder = Builder()
    width = 0
    for number, row in enumerate(sheets[0].values, 1):
        cells = [text(cell) for cell in row]
        width = width or _width(cells)
        builder.place = f"row {number:,}"
        if any(cells[width:]):
            raise InvalidInput("cell_beyond_first_row", row=number)
        builder.add(cells[:width] + [""] * (width - len(cells)))
    raw = builder.raw()
    title = str(sheets[0].title)
    raw.facts |= {"kind": "excel", "sheet": plain(title)}
    raw.facts["formulas"] = _without_results(content, title, raw)
    return raw


def _without_results(content: bytes, title: str, raw: Raw) -> list[str]:
    """Return headers of empty columns that hold formulas whose results the file does not store."""
    from openpyxl import load_workbook

    found = [column.unique() for column in raw.columns]
    empty = [place for place, one in enumerate(found) if len(one) == 1 and not one[0].as_py()]
    if not empty:
        return []
    sheet = load_workbook(io.BytesIO(content), read_only=True)[title]
    rows = list(sheet.iter_rows(max_row=_FORMULA_ROWS, values_only=True))
    return [
        plain(raw.first[place])
        for place in empty
        if any(str(row[place]).startswith("=") for row in rows if len(row) > place)
    ]


def _check_unpacked(content: bytes, most_bytes: int) -> None:
    """Raise InvalidInput for a zip archive that is no workbook, or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {one.filename: one.file_size for one in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise InvalidInput("workbook_damaged") from None
    if "xl/workbook.xml" not in names:
        raise InvalidInput("zip_not_workbook")
    unpacked = sum(names.values())
    if unpacked > _MOST_UNPACKED * most_bytes:
        raise InvalidInput("workbook_too_large", bytes=unpacked, most=_MOST_UNPACKED * most_bytes)


def _filled(row: tuple[Any, ...]) -> bool:
    return any(cell is not None for cell in row)


def _width(cells: list[str]) -> int:
    """Return how many cells the first row has that says something."""
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)


def read_parquet(content: bytes) -> Raw:
    """Return the columns of a Parquet file; InvalidInput where it is none or too large."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        rows, names = file.metadata.num_rows, file.schema_arrow.names
        if rows > MOST_ROWS or len(names) > MOST_COLUMNS:
            raise InvalidInput(
                "file_too_long_or_wide",
                rows=rows,
                columns=len(names),
                most_rows=MOST_ROWS,
                most_columns=MOST_COLUMNS,
            )
        builder = Builder()
        builder.add(list(names))
        number = 0
        for batch in file.iter_batches(_BATCH):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                builder.place = f"row {number:,}"
                builder.add([text(cell) for cell in row])
    except (pa.ArrowException, OSError) as error:
        raise InvalidInput("parquet_unreadable", reason=plain(str(error), 200)) from None
    raw = builder.raw()
    raw.facts |= {"kind": "parquet"}
    return raw


def text(cell: Any) -> str:
    """Return a cell as text that reads one way, whatever the decimal sign of other columns.

    >>> [text(cell) for cell in (None, True, 3, 3.249, 48.2, float("nan"), "a")]
    ['', 'True', '3', '3.2490', '48.2', '', 'a']
    """
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool | int):
        return str(cell)
    if isinstance(cell, float | Decimal):
        return _decimals(float(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def _decimals(cell: float) -> str:
    if math.isnan(cell):
        return ""
    if cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    written = repr(cell)
    whole, _, decimals = written.partition(".")
    # Three decimals could be read as thousands, four cannot.
    return f"{written}0" if len(decimals) == 3 and decimals.isdigit() and whole else written
