"""Documents of a record: to print, to read as text, for a spreadsheet and for a program."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from html import escape
from typing import Any

from tradeoffs.language.current import language
from tradeoffs.report.documents.html_parts import page, paragraph, section, table
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.record_sections import sections, title
from tradeoffs.rooms.record_texts import text
from tradeoffs.rooms.room_language import in_room_language
from tradeoffs.rooms.room_record import numbers

Record = Mapping[str, Any]


def _in_its_language(write: Callable[[Record], str]) -> Callable[[Record], str]:
    """Return what writes a record in the language of its room."""

    @wraps(write)
    def written(record: Record) -> str:
        with in_room_language(record["room"]["language"]):
            return write(record)

    return written


@_in_its_language
def to_html(record: Record) -> str:
    """Return a record as one HTML page; the browser's print makes a PDF of it."""
    heading = title(record)
    parts = [f"<h1>{escape(heading)}</h1>", *map(paragraph, _questions(record))]
    for one in sections(record):
        shown = [*map(paragraph, one.lines)]
        if one.table:
            shown.append(f'<div class="wide">{table(*one.table)}</div>')
        if one.code:
            shown.append(f"<p><code>{escape(one.code)}</code></p>")
        parts += section(one.title, *shown)
    return page(heading, parts, language())


@_in_its_language
def to_markdown(record: Record) -> str:
    """Return a record as Markdown."""
    parts = [f"# {title(record)}", *map(_marked, _questions(record))]
    for one in sections(record):
        parts += [f"## {one.title}", *map(_marked, one.lines)]
        if one.table:
            header, rows = one.table
            lines = [header, ["---"] * len(header), *rows]
            parts.append("\n".join(f"| {' | '.join(map(_marked, line))} |" for line in lines))
        if one.code:
            parts.append(f"    {one.code}")
    return "\n\n".join(parts) + "\n"


def to_csv(record: Record) -> str:
    """Return every number of a record, a row each: the part that it is of, and the number.

    Texts that a spreadsheet would read as a formula begin with an apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["part", "value"])
    for place, value in _cells("", {name: one for name, one in record.items() if name != "format"}):
        writer.writerow([_plain(place), value if numbers(value) else _plain(str(value))])
    return file.getvalue()


def to_json(record: Record) -> str:
    """Return a record as JSON, which `tradeoffs rooms record` reads."""
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


FORMATS: Mapping[str, Callable[[Record], str]] = {
    "html": to_html,
    "json": to_json,
    "csv": to_csv,
    "md": to_markdown,
}


def _questions(record: Record) -> list[str]:
    if not record["options"]:
        return []
    options = Options.from_json(record["options"])
    same = text("setting.same", same=options.same)
    told = (options.people["question"], options.people["table"], same if options.same else "")
    return [one for one in told if one]


def _cells(place: str, part: object) -> Iterator[tuple[str, Any]]:
    """Yield what a part holds, each with the names that lead to it."""
    if isinstance(part, Mapping):
        for name, one in part.items():
            yield from _cells(f"{place}.{name}" if place else name, one)
    elif isinstance(part, list):
        for n, one in enumerate(part):
            yield from _cells(f"{place}.{n}", one)
    elif part is not None:
        yield place, part


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _marked(text: str) -> str:
    """Return a text without what Markdown or a page would read as a mark."""
    for sign in ("\\", "`", "*", "_", "[", "]", "<", ">", "|", "#"):
        text = text.replace(sign, f"\\{sign}")
    return text
