"""Messages: every error has a sentence that names its values, and nothing reads a sentence back."""

import ast
import pickle
from collections import defaultdict
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoffs.errors import Busy, InvalidInput, NotMeasurable, StoreError, WorkerError
from tradeoffs.messages.en import MESSAGES
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import LONGEST_MESSAGE, MARKS, WORDING

ROOT = Path(__file__).parents[1]
ERRORS = (InvalidInput, NotMeasurable, StoreError, WorkerError, Busy)
CODED = {*(one.__name__ for one in ERRORS), "ForeignStore", "ServerError", "Message", "Question"}
INNER = {
    "and_more",
    "word_cells",
    "word_cells_empty",
    "unit_cells",
    "unit_cells_empty",
}  # of Wording


def sources() -> list[Path]:
    folders = ("tradeoffs", "pages", "server", "data")
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    apart = (ROOT / "tradeoffs" / "errors.py", ROOT / "tradeoffs" / "messages" / "wording.py")
    return [file for file in files if file not in apart]  # which pass codes on


def calls(file: Path) -> list[tuple[ast.Call, ast.expr | None]]:
    """Return where a file makes an error or a message, with the code."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name, args = node.func.id, node.args
            if name in CODED and (args or name != "Question"):  # another one has no code
                found.append((node, args[0] if args else None))
            elif name == "require" and len(args) == 2:  # a condition before the code
                found.append((node, args[1]))
    return found


def sites() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Return, for each code, the places where it is used with the names of the values given."""
    found = defaultdict(list)
    for file in sources():
        for call, code in calls(file):
            place = f"{file.relative_to(ROOT)}:{call.lineno}"
            names = frozenset(word.arg or "**" for word in call.keywords)
            if call.func.id == "Question":  # pyright: ignore[reportAttributeAccessIssue]
                names -= {"option", "choices"}
            for one in [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]:
                literal = isinstance(one, ast.Constant) and isinstance(one.value, str)
                told = str(one.value) if literal else f"no code at {place}"  # type: ignore[union-attr]
                found[told].append((place, names))
    return found


def placeholders(code: str) -> frozenset[str]:
    parts = list(Formatter().parse(MESSAGES[code]))
    nested = [name for _, _, spec, _ in parts for _, name, _, _ in Formatter().parse(spec or "")]
    names = [part for _, name, _, _ in parts for part in (name or "").split("=")] + nested
    return frozenset(filter(None, names)) - set(MARKS)


SITES = sites()


def test_every_error_is_made_of_a_code_that_has_a_sentence():
    assert {code: SITES[code] for code in SITES if code not in MESSAGES} == {}


def test_every_sentence_is_used():
    assert set(MESSAGES) - set(SITES) - INNER == set()


@pytest.mark.parametrize("code", sorted(set(MESSAGES) - INNER))
def test_a_sentence_names_the_values_that_are_given(code):
    for place, names in SITES[code]:
        assert names == placeholders(code), f"{code} at {place}"


def test_no_sentence_stands_twice():
    assert len(set(MESSAGES.values())) == len(MESSAGES)


@pytest.mark.parametrize("kind", ERRORS)
@given(name=st.text(max_size=2000))
def test_an_error_keeps_its_code_and_values_between_processes_and_stays_short(kind, name):
    error = kind("unknown", kind="shift", name=name, known=("flood", "drought"))
    other = pickle.loads(pickle.dumps(error))
    assert type(other) is kind and (other.code, other.values) == (error.code, error.values)
    assert str(other) == str(error) and len(str(error)) <= LONGEST_MESSAGE
    assert str(error).isprintable()


def test_values_are_written_as_at_the_command_line():
    def told(template, **values):
        return WORDING.vformat(template, (), values)

    assert told("{rows=} {epsilon=} {notion=}", rows=100, epsilon=None, notion="max") == (
        "rows=100 epsilon=none notion='max'"
    )
    assert told("{field=value}", field="rows", value=0.5) == "rows=0.5"
    assert told("{flag:missing} {n:row|rows}, {m:row|rows}", n=2000, m=1) == (
        "--missing 2,000 rows, 1 row"
    )
    assert told("{option:max_gap=none}") == "none"
    assert told("{many:2}; {many:notion}", many=tuple("abcd")) == "a, b and 2 more; a, b, c, d"
    assert told("{n!r}, {n}", n="a b") == "'a b', a b"
    inner = Message("unknown", kind="x", name="y", known=("z",))
    assert told("{faults}", faults=(inner, inner)).count("unknown x 'y'; known: z") == 2


PARSING = {"replace", "split", "rsplit", "partition", "rpartition", "removeprefix", "removesuffix"}
PARSING |= {
    "startswith",
    "endswith",
    "find",
    "index",
    "match",
    "search",
    "fullmatch",
    "sub",
    "strip",
}


def handlers(file: Path) -> list[ast.ExceptHandler]:
    """Return where a file catches one of our errors, under a name."""
    kinds = {"TradeoffsError", *(one.__name__ for one in ERRORS), "Question", "ForeignStore"}
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return [
        node
        for node in tree
        if isinstance(node, ast.ExceptHandler)
        and node.name
        and node.type
        and kinds & {one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)}
    ]


def test_no_code_reads_a_sentence_back():
    """Not even where an error is caught: what it is stands in its code and values."""
    offences, seen = [], 0
    for file in sources():
        for handler in handlers(file):
            seen += 1
            for call in (n for part in handler.body for n in ast.walk(part)):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                    of = {one.id for one in ast.walk(call) if isinstance(one, ast.Name)}
                    if call.func.attr in PARSING and handler.name in of:
                        offences.append(f"{file.relative_to(ROOT)}:{call.lineno}")
    assert seen > 10 and not offences
