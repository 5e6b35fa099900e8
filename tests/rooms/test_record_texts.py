"""Every text of a record is there, is used, and gets the values that it names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from tradeoffs.rooms import record_texts
from tradeoffs.rooms.record_texts import TEXTS

FOLDER = Path(record_texts.__file__).parent
FILES = (
    "candidates",
    "own_point",
    "record_documents",
    "record_writer",
    "record_sections",
    "workshop_sections",
)
VALUES = {"say", "text"}  # functions that take the id of a text


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
    assert [name for name in TEXTS["en"] if not any(one.fullmatch(name) for one in used)] == []


def test_every_id_that_is_written_out_is_there():
    asked = set()
    for file in FILES:
        for node in ast.walk(ast.parse((FOLDER / f"{file}.py").read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            if called in VALUES:
                given = node.args[: 1 if called == "say" else 2]
                asked |= {one.value for one in given if isinstance(one, ast.Constant)}
    assert len(asked) > 30 and asked <= {*TEXTS["en"]}


@pytest.mark.parametrize("language", TEXTS)
def test_languages_have_the_same_texts_with_the_same_values(language):
    assert TEXTS[language].keys() == TEXTS["en"].keys()
    for name, text in TEXTS[language].items():
        assert named(text) == named(TEXTS["en"][name]), name


def named(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
