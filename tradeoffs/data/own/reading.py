"""Reading: the bytes of a CSV file become a sheet, or a message that names line and bound."""

import csv
import io
import itertools

from tradeoffs.data.own.plain import plain
from tradeoffs.data.own.sheet import Sheet, sheet
from tradeoffs.errors import InvalidInput

MEGABYTE = 2**20
MOST_MEGABYTES = 5
MOST_ROWS = 200_000
MOST_COLUMNS = 60
LONGEST_CELL = 10_000  # characters
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_LOOKED_AT = 50  # rows by which the delimiter is found
_CONTROL = {*range(32)} - set(map(ord, "\t\n\r\f"))
_MOST_CONTROL = 0.001  # share of characters, above which a file is not text
_MAGIC = {
    b"PK\x03\x04": "a zip archive or a spreadsheet; save the sheet as CSV",
    b"\x1f\x8b": "compressed with gzip; unpack it first",
    b"%PDF": "a PDF document",
    b"PAR1": "a parquet file; save it as CSV",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet; save the sheet as CSV",
    b"SQLite format 3": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def read(content: bytes) -> Sheet:
    """Return the sheet of a CSV file with a header.

    Cells are separated by commas, semicolons or tabs; text is UTF-8, UTF-16 with its mark, or
    Latin-1.  Sizes are checked before anything is built from them.

    Raises:
        InvalidInput: with what is wrong, where, and the bound.
    """
    if len(content) > MOST_MEGABYTES * MEGABYTE:
        raise InvalidInput(
            f"the file has more than {MOST_MEGABYTES} MB ({MOST_MEGABYTES * MEGABYTE:,} bytes), "
            "the most allowed"
        )
    for magic, told in _MAGIC.items():
        if content.startswith(magic):
            raise InvalidInput(f"the file is not CSV but {told}")
    text, notes = _decoded(content)
    if not text.strip():
        raise InvalidInput("the file is empty; it needs a header and rows")
    delimiter = _delimiter(text)
    notes += (f"Cells are separated by {DELIMITERS[delimiter]}.",)
    header, rows = _records(text, delimiter)
    return sheet(header, rows, notes, comma=delimiter == ";")


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text and a note where its encoding was not plain UTF-8."""
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and b"\0" in content:
        raise InvalidInput(
            f"the file is not text: byte {content.index(0) + 1:,} is NUL; save it as CSV in UTF-8"
        )
    notes: tuple[str, ...] = ()
    try:
        text = content.decode("utf-16" if utf16 else "utf-8-sig")
        if utf16:
            notes = ("The file is UTF-16.",)
    except UnicodeDecodeError as error:
        if utf16:
            raise InvalidInput(f"the file begins as UTF-16 and is not: {error.reason}") from None
        text = content.decode("latin-1")
        notes = ("The file is not UTF-8 and was read as Latin-1: look at accents and umlauts.",)
    control = sum(text.count(chr(code)) for code in _CONTROL)
    if "\0" in text or control > _MOST_CONTROL * len(text):
        raise InvalidInput(
            f"the file is not text: {control:,} of {len(text):,} characters are control characters"
        )
    return text, notes


def _delimiter(text: str) -> str:
    """Return the separator that cuts the first rows into the most columns of one number."""
    widths = {}
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            rows = [row for row in itertools.islice(reader, _LOOKED_AT) if row]
        except csv.Error:
            continue  # told with its line when the rows are read
        agree = sum(len(row) == len(rows[0]) for row in rows) if rows else 0
        widths[delimiter] = (agree * 2 > len(rows), len(rows[0]) if rows else 0)
    return max(widths, key=lambda one: widths[one], default=",")


def _records(text: str, delimiter: str) -> tuple[list[str], list[list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    rows: list[list[str]] = []
    try:
        for row in reader:
            if not any(cell.strip() for cell in row) and (not header or len(row) != len(header)):
                continue  # a blank line
            if not header:
                header = _checked(row)
                continue
            _check_row(row, header, reader.line_num)
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise InvalidInput(f"the file has more than {MOST_ROWS:,} rows, the most allowed")
    except csv.Error as error:
        raise InvalidInput(f"line {reader.line_num:,} is not CSV: {error}") from None
    if not rows:
        raise InvalidInput("the file has a header and no rows")
    return header, rows


def _checked(header: list[str]) -> list[str]:
    if len(header) > MOST_COLUMNS:
        raise InvalidInput(
            f"the file has {len(header):,} columns; at most {MOST_COLUMNS} are allowed"
        )
    if len(header) < 2:
        raise InvalidInput(
            f"the file has 1 column, {plain(header[0])!r}; at least 2 are needed, separated by "
            f"{', '.join(DELIMITERS.values())}"
        )
    first: dict[str, int] = {}
    for place, cell in enumerate(header, 1):
        name = cell.strip()
        if name and name in first:
            raise InvalidInput(
                f"the header has {plain(name)!r} twice, in columns {first[name]} and {place}; "
                "names must differ"
            )
        first[name] = place
    return header


def _check_row(row: list[str], header: list[str], line: int) -> None:
    if len(row) != len(header):
        raise InvalidInput(f"line {line:,} has {len(row)} cells, the header has {len(header)}")
    for cell, name in zip(row, header, strict=True):
        if len(cell) > LONGEST_CELL:
            raise InvalidInput(
                f"column {plain(name)!r}, line {line:,}: a cell has {len(cell):,} characters; "
                f"at most {LONGEST_CELL:,} are allowed"
            )
