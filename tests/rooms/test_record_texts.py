"""Every text of a record is there, and is used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.rooms.workshop import told
from tradeoffs.rooms import record_texts
from tradeoffs.rooms.record_documents import to_html
from tradeoffs.rooms.record_texts import TEXTS
from tradeoffs.rooms.room_record import room_record

FOLDER = Path(record_texts.__file__).parent
FILES = (
    "candidates",
    "own_point",
    "record_documents",
    "record_writer",
    "record_sections",
    "workshop_sections",
)


def ids() -> Iterator[str]:
    """Yield patterns of ids in the code: any text may stand where a name is filled in."""
    for file in FILES:
        for node in ast.walk(ast.parse((FOLDER / f"{file}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"[a-z_]+"
                    for one in node.values
                ]
                yield "".join(parts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)


def test_every_text_is_used():
    used = [re.compile(one) for one in {*ids()} if one and not one.isspace()]
    assert [name for name in TEXTS if not any(one.fullmatch(name) for one in used)] == []


def test_every_id_that_is_written_out_is_there():
    asked = set()
    for file in FILES:
        for node in ast.walk(ast.parse((FOLDER / f"{file}.py").read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            if called == "text":
                asked |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    assert len(asked) > 30 and asked <= {*TEXTS}


def test_a_record_is_told_in_the_language_of_its_room_whoever_reads_it():
    record = room_record(told(12))
    record["room"] |= {"language": "fr"}
    page = to_html(record)
    assert '<html lang="fr">' in page and "Qui était là" in page and "Who was here" not in page
    record["room"] |= {"language": "xx"}
    assert '<html lang="en">' in to_html(record)
