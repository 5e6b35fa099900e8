"""Reading: the bytes of a file become a sheet, or a message that names place and bound."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tradeoffs.data.upload.delimited import read_text
from tradeoffs.data.upload.number_formats import (
    Evidence,
    bare,
    decimal_sign,
    evidence,
    number,
    spell,
    without_units,
)
from tradeoffs.data.upload.options import DECIMALS, Question, Writing
from tradeoffs.data.upload.raw_columns import MEGABYTE, MOST_MEGABYTES, Raw
from tradeoffs.data.upload.sanitize import distinct, plain
from tradeoffs.data.upload.sheet import Column, Sheet, clean, distinct_names
from tradeoffs.data.upload.workbook import EXCEL, PARQUET, read_excel, read_parquet
from tradeoffs.errors import InvalidInput

MISSING = ("na", "n/a", "#n/a", "#na", "<na>", "nan", "null", "?")  # in any case of letters
AMONG_NUMBERS = ("none", "nil", "n.a.", "-", "--", ".", "..", "#value!", "#div/0!", "#num!",
                 "#ref!", "#name?", "#null!")  # fmt: skip
_MAGIC = {
    b"\x1f\x8b": InvalidInput("file_is_gzip"),
    b"%PDF": InvalidInput("file_is_pdf"),
    b"\xd0\xcf\x11\xe0": InvalidInput("file_is_old_workbook"),
    b"SQLite format 3": InvalidInput("file_is_database"),
    b"\x89PNG": InvalidInput("file_is_picture"),
    b"\xff\xd8\xff\xe0": InvalidInput("file_is_picture"),
}


def read(
    content: bytes, writing: Writing | None = None, *, most_megabytes: int = MOST_MEGABYTES
) -> Sheet:
    """Return the sheet of a CSV, Excel (.xlsx) or Parquet file.

    Sizes are checked before anything is built from them.  Nothing is trained, and what the file
    leaves open is asked: at once where it concerns the whole file, and else in the `question` of a
    column, which is raised when the column is used.

    Args:
        content: of the file.
        writing: what is known of how it is written.
        most_megabytes: that are allowed.

    Raises:
        Question: separator, encoding or header are open; names the option that states them.
        InvalidInput: with what is wrong, where, and the bound.
    """
    writing = writing or Writing()
    if len(content) > most_megabytes * MEGABYTE:
        raise InvalidInput(
            "file_too_large", megabytes=most_megabytes, bytes=most_megabytes * MEGABYTE
        )
    return _sheet(_raw(content, writing, most_megabytes), writing)


def _raw(content: bytes, writing: Writing, most_megabytes: int) -> Raw:
    if content.startswith(EXCEL):
        return read_excel(content, most_megabytes * MEGABYTE)
    if content.startswith(PARQUET):
        return read_parquet(content)
    for magic, error in _MAGIC.items():
        if content.startswith(magic):
            raise error
    return read_text(content, writing)


def _sheet(raw: Raw, writing: Writing) -> Sheet:
    """Return raw text as columns: names, missing words and numbers settled."""
    header, renamed = _header(raw, writing)
    names, titles = distinct_names(header), _titles(header)
    parts = zip(names, titles, header, raw.columns, strict=True)
    columns = []
    for place, (name, title, text, values) in enumerate(parts):
        columns.append(_column(name, title, text, values))
        raw.columns[place] = None  # type: ignore[call-overload]  # its memory is free again
    writing = _by_name(writing, Sheet(columns=tuple(columns), facts={}))
    if raw.facts["kind"] != "parquet" and writing.header is None:
        _ask_header(columns, header)
    columns = [_nominal(c) if c.name in writing.nominal else c for c in columns]
    columns = [_without(column, _words(column, writing)) for column in columns]
    known = [_evidence(column) for column in columns]
    zeros = [_zero_in_front(column) for column in columns]
    columns = _with_numbers(columns, known, writing)
    columns = [_without(column, _words(column, writing)) for column in columns]  # -999,0 is -999
    raw.facts |= {
        "renamed": renamed,
        "header": raw.facts["kind"] == "parquet" or writing.header is not False,
        "decimal": _signs(columns, known),
        "read_as": _read_as(columns, known),
        "absent": _absent(columns, writing),
        "zeros": [
            (c.title, text)
            for c, text in zip(columns, zeros, strict=True)
            if text and not (c.nominal or c.question)
        ],
    }
    return Sheet(columns=tuple(columns), facts=raw.facts)


def _titles(header: Sequence[str]) -> list[str]:
    return distinct([plain(text) or f"column {n}" for n, text in enumerate(header, 1)])


def _header(raw: Raw, writing: Writing) -> tuple[list[str], list[tuple[str, str]]]:
    """Return different headers, and which were renamed; without a header, `column 1` and so on."""
    if writing.header is False:
        import pyarrow as pa

        for place, (cell, column) in enumerate(zip(raw.first, raw.columns, strict=True)):
            first = pa.array([cell], column.type)
            raw.columns[place] = pa.chunked_array([first, *column.chunks])
        return [f"column {n}" for n in range(1, len(raw.first) + 1)], []
    found: list[str] = []
    renamed: list[tuple[str, str]] = []
    taken, given = set(), {clean(cell) for cell in raw.first}
    for cell in raw.first:
        one = text = clean(cell)
        n = 0
        while text and one in taken or (n and one in given):
            n += 1
            one = f"{text}.{n}"
        if n:
            renamed.append((plain(text), plain(one)))
        taken.add(one)
        found.append(one)
    return found, renamed


def _column(name: str, title: str, header: str, values: Any) -> Column:
    """Return a column of cleaned texts; an empty cell is missing."""
    encoded = values.dictionary_encode().unify_dictionaries().combine_chunks()
    if hasattr(encoded, "chunks"):
        (encoded,) = encoded.chunks
    texts = [clean(text) for text in encoded.dictionary.to_pylist()]
    raw = Column(
        name=name,
        title=title,
        header=header,
        values=tuple(texts),
        codes=encoded.indices.to_numpy().astype(np.int32),
    )
    empty = sum(n for text, n in zip(texts, raw.frequency.tolist(), strict=True) if not text)
    blanks = {"": empty} if empty else {}
    return raw.rewritten([text or None for text in texts], blanks=blanks)


def _by_name(writing: Writing, sheet: Sheet) -> Writing:
    """Return what was stated, with columns by their short names.

    Raises:
        InvalidInput: a column is not there, or is stated as numeric and as nominal.
    """
    nominal, numeric = ([sheet.column(one).name for one in stated] for stated in
                        (writing.nominal, writing.numeric))  # fmt: skip
    both = set(nominal) & set(numeric)
    if both:
        raise InvalidInput("numeric_and_nominal", column=both.pop())
    words = {sheet.column(one).name: told for one, told in writing.missing_in.items()}
    return replace(writing, nominal=tuple(nominal), numeric=tuple(numeric), missing_in=words)


def _ask_header(columns: Sequence[Column], header: Sequence[str]) -> None:
    """Raise a Question where the first row could be a title, or one of the rows below it."""
    named = [(c, text) for c, text in zip(columns, header, strict=True) if text]
    if 2 * len(named) < len(columns):
        raise Question(
            "ask_header_below",
            option="header",
            choices=("header",),
            named=len(named),
            columns=len(columns),
            some=tuple(plain(text, 20) for _, text in named),
        )
    alike = [text for column, text in named if text in column.counts]
    numbers = [text for column, text in named if _could_be_a_number_of(column, text)]
    alike = alike if 2 * len(alike) >= len(named) else numbers
    if alike:
        raise Question(
            "ask_header",
            option="header",
            choices=("header", "no-header"),
            some=tuple(plain(text, 20) for text in alike),
        )


def _could_be_a_number_of(column: Column, text: str) -> bool:
    known = evidence([text], [1])
    values = list(column.counts)[:1000]
    return known.numeric and evidence(values, [column.counts[v] for v in values]).numeric


def _nominal(column: Column) -> Column:
    return column.rewritten(list(column.values), nominal=True)


def _words(column: Column, writing: Writing) -> frozenset[str]:
    """Return the words, in small letters, that mean missing in a column."""
    own = writing.missing_in.get(column.name)
    stated = own if own is not None else writing.missing
    return frozenset(clean(word).lower() for word in (MISSING if stated is None else stated))


def _without(column: Column, words: frozenset[str]) -> Column:
    """Return a column in which some words are missing cells, and are counted."""
    counts = column.counts
    found = {text: counts[text] for text in column.values if text.lower() in words}
    if not found:
        return column
    values = [None if value in found else value for value in column.values]
    return column.rewritten(values, blanks={**column.blanks, **found})


def _absent(columns: Sequence[Column], writing: Writing) -> list[str]:
    """Return words that were stated to mean missing and stand in no cell."""
    found = {column.name: {text.lower() for text in column.blanks} for column in columns}
    anywhere = set().union(*found.values())
    absent = [word for word in writing.missing or () if clean(word).lower() not in anywhere]
    absent += [f"{name}={word}" for name, words in writing.missing_in.items() for word in words
               if clean(word).lower() not in found[name]]  # fmt: skip
    return [plain(word) for word in absent]


def _signs(columns: Sequence[Column], known: Sequence[Evidence]) -> dict[str, list[str]]:
    """Return each decimal sign with the columns that have decimals or thousands written so."""
    found: dict[str, list[str]] = {}
    for column, own in zip(columns, known, strict=True):
        if (own.signs or own.open) and not column.question:
            found.setdefault(column.decimal, []).append(column.title)
    return found


def _with_numbers(
    columns: Sequence[Column], known: Sequence[Evidence], writing: Writing
) -> list[Column]:
    """Return columns with their numbers in one spelling, or with the question that is open."""
    votes = Counter(sign for one in known for sign in one.signs)
    found = []
    for column, own in zip(columns, known, strict=True):
        others = frozenset(sign for sign, n in votes.items() if n > (sign in own.signs))
        sign = decimal_sign(column.title, own, others, writing.decimal)
        if isinstance(sign, Question):
            found.append(column.rewritten(list(column.values), question=sign))
        else:
            fixed = column.nominal or (column.name not in writing.numeric and _padded(column))
            found.append(_nominal(column) if fixed else _numeric(column, sign))
    return found


def _zero_in_front(column: Column) -> str | None:
    """Return digits with a zero in front, if there are any: a code, perhaps."""
    digits = (text for text in column.values if text.isascii() and text.isdigit())
    return next((text for text in digits if len(text) > 1 and text.startswith("0")), None)


def _padded(column: Column) -> bool:
    """Return whether the numbers of a column are codes: of one length, some with zeros in front."""
    digits = [text for text in column.values if text.isascii() and text.isdigit()]
    lengths = {len(text) for text in digits}
    others = (text for text in column.values if not text.isdigit())
    return (
        len(lengths) == 1
        and lengths != {1}
        and any(text.startswith("0") for text in digits)
        and not any(number(bare(text)[0], sign) is not None for text in others for sign in DECIMALS)
    )


def _read_as(columns: Sequence[Column], known: Sequence[Evidence]) -> list[tuple[str, str, float]]:
    """Return texts that other columns decided how to read, and what each was read as."""
    found = []
    for column, own in zip(columns, known, strict=True):
        if own.signs:
            continue
        value = None if own.open is None else number(bare(own.open)[0], column.decimal)
        if value is not None and not column.question and not column.nominal:
            found.append((column.title, plain(own.open or ""), value))
    return found


def _evidence(column: Column) -> Evidence:
    if column.nominal:
        return Evidence(signs=(), open=None, whole=False, numeric=False)
    return evidence(column.values, column.frequency.tolist())


def _numeric(column: Column, decimal: str) -> Column:
    """Return a column with numbers in one spelling; words among them may mean missing."""
    texts, unit = without_units(column.values, column.frequency.tolist(), decimal)
    one = column.rewritten([spell(text, decimal) for text in texts], decimal=decimal, unit=unit)
    words = frozenset(text.lower() for text in one.texts)
    if words and len(one.texts) < len(one.counts) and words <= set(AMONG_NUMBERS):
        one = _without(one, words)
    return one
