"""Delimited text: the bytes of a CSV file become columns of text, streamed row by row."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator

from tradeoffs.data.upload.options import ENCODINGS, SEPARATORS, Question, Writing
from tradeoffs.data.upload.raw_columns import Builder, Raw
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.errors import InvalidInput
from tradeoffs.messages.message import Message

_LOOKED_AT = 200  # rows by which the separator is found
_CONTROL = bytes({*range(32)} - set(b"\t\n\r\f"))
_MOST_CONTROL = 0.001  # share of bytes, above which a file is not text
_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")  # in UTF-8
_SHOWN = 5  # words with letters outside ASCII
_SEP = b"sep="  # first line by which Excel is told the separator


def read_text(content: bytes, writing: Writing) -> Raw:
    """Return the columns of a delimited file.

    Raises:
        Question: encoding or separator are open.
        InvalidInput: the file is no text, or a line is not as the header says; names the line.
    """
    encoding = writing.encoding or _encoding(content)
    content = _utf8(content, encoding)
    if not content.strip():
        raise InvalidInput("file_empty")
    separator, content = _stated(content)
    separator = writing.separator or separator or _separator(content)
    raw = _columns(content, separator)
    raw.facts |= {"kind": "text", "encoding": encoding, "separator": separator}
    if encoding not in ("utf-8", "utf-16", "utf-32"):
        raw.facts["letters"] = _letters(content)
    return raw


def _encoding(content: bytes) -> str:
    """Return the encoding by mark or validity; what is no UTF-8 is taken as Windows-1252.

    Raises:
        Question: it may be UTF-16 without a mark, or UTF-8 with damaged bytes.
    """
    if content.startswith(_WIDE):
        return "utf-32" if content.startswith(_WIDE[:2]) else "utf-16"
    if b"\0" in content:
        raise Question(
            "ask_encoding_of_zeros",
            option="encoding",
            choices=("utf-16-le", "utf-16-be"),
            byte=content.index(0) + 1,
        )
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        if _LETTER.search(content):
            raise _no_text(content, error.start, Message("utf_8_in_part")) from None
        return "windows-1252"


def _utf8(content: bytes, encoding: str) -> bytes:
    """Return the text as UTF-8 without a mark.

    Raises:
        Question: it is not in the encoding; names line and byte.
        InvalidInput: it is no text.
    """
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(content, error.start, encoding) from None
    except (UnicodeError, LookupError, AttributeError) as error:
        raise InvalidInput("encoding_not_usable", encoding=encoding, reason=str(error)) from None
    if encoding != "utf-8":
        content = text.encode("utf-8", "replace")
    del text
    content = content.removeprefix(codecs.BOM_UTF8)
    control = sum(content.count(code) for code in _CONTROL)
    if control > _MOST_CONTROL * len(content) or b"\0" in content:
        raise InvalidInput("not_text_file", control=control, bytes=len(content))
    return content


def _no_text(content: bytes, place: int, encoding: str | Message) -> Question:
    line = content.count(b"\n", 0, place) + 1
    return Question(
        "ask_encoding",
        option="encoding",
        choices=ENCODINGS,
        encoding=encoding,
        line=line,
        byte=place + 1,
        found=content[place],
    )


def _letters(content: bytes) -> tuple[str, ...]:
    """Return the first different words with letters outside ASCII, by which a reader can judge."""
    found: dict[str, None] = {}
    for line in io.BytesIO(content):
        if not line.isascii():
            for word in line.decode("utf-8", "replace").replace('"', " ").split():
                if not word.isascii():
                    found[plain(max(_pieces(word), key=lambda p: not p.isascii()), 20)] = None
        if len(found) >= _SHOWN:
            break
    return tuple(found)[:_SHOWN]


def _pieces(word: str) -> list[str]:
    for sign in SEPARATORS:
        word = word.replace(sign, " ")
    return word.split() or [word]


def _stated(content: bytes) -> tuple[str | None, bytes]:
    """Return the separator that a first line `sep=;` states, and the content below it."""
    first, _, rest = content.partition(b"\n")
    sign = first.strip(b"\r")[len(_SEP) :].decode("utf-8", "replace")
    if first.lower().startswith(_SEP) and sign in SEPARATORS:
        return sign, rest
    return None, content


def _reader(content: bytes, separator: str, *, strict: bool):
    """Return a csv reader that streams: the text is never whole in memory."""
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8", newline="")
    return csv.reader(text, delimiter=separator, strict=strict, skipinitialspace=True)


def _separator(content: bytes) -> str:
    """Return the separator that cuts the first rows into columns of one number.

    Raises:
        Question: several do.
    """
    widths: dict[str, tuple[float, int]] = {}
    for separator in SEPARATORS:
        try:
            rows = [row for row in itertools.islice(_reader(content, separator, strict=False),
                    _LOOKED_AT) if any(cell.strip() for cell in row)]  # fmt: skip
        except csv.Error:
            continue  # told with its line when the rows are read
        if rows:
            agree = sum(len(row) == len(rows[0]) for row in rows) / len(rows)
            widths[separator] = (agree, len(rows[0]))
    fitting = [one for one, (agree, width) in widths.items() if agree == 1 and width > 1]
    if len(fitting) > 1:
        readings = tuple(
            Message("separator_reading", separator=SEPARATORS[one], columns=widths[one][1])
            for one in fitting
        )
        raise Question(
            "ask_separator", option="separator", choices=tuple(fitting), readings=readings
        )
    if fitting:
        return fitting[0]
    several = {one: found for one, found in widths.items() if found[1] > 1}
    return max(several, key=lambda one: several[one], default=",")


def _columns(content: bytes, separator: str) -> Raw:
    reader = _reader(content, separator, strict=True)
    builder = Builder()
    try:
        for row in _numbered(reader, builder):
            builder.add(row)
    except csv.Error as error:
        raise InvalidInput("not_csv", line=reader.line_num, reason=str(error)) from None
    return builder.raw()


def _numbered(reader, builder: Builder) -> Iterator[list[str]]:
    for row in reader:
        builder.place = f"line {reader.line_num:,}"
        yield row
