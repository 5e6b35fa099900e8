"""Names: a thing is called by the term of the field, modules have one name each, glossary ids too.

Plain words are help text.  What is listed here as an exception says why; all else is a fault.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tradeoffs.fields import FIELDS
from tradeoffs.report.glossary import find_term, glossary
from tradeoffs.results import FIRST_COLUMNS

ROOT = Path(__file__).parents[1]
FILES = [
    path
    for folder in ("tradeoffs", "pages/shared")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.name != "__init__.py"
]
# A page draws, a command runs and a simulation covers what the library has under the same name;
# a catalogue is one a folder.  The rest are twins still, listed so that no other one is added.
SAME_BY_CONTRACT = ("pages/shared", "tradeoffs/commands", "tradeoffs/coverage")
CATALOGUE = "catalogue"
TWINS = {
    "suite",
    "front",
    "population",
    "composition",
    "diagnostics",
    "options",
    "wording",
    "study",
}
RETIRED = {
    *("told", "found", "untouched", "twin", "yardstick", "looking", "watched", "unheld", "coins"),
    *("crowd", "ladder", "sureness", "spared", "todo", "warmth", "nowhere", "cloud"),
}
# Participles that are standard terms, or nouns and adjectives of the same ending.
STANDARD = {
    *(
        "coding",
        "setting",
        "need",
        "training",
        "weighting",
        "sampling",
        "screen",
        "default",
        "nondominated",
    ),
    *("stratified", "missing", "own", "bring", "writing"),
    *("finding", "reading", "clipping", "mixing", "pruning", "reweighing"),
    *("preprocessing", "postprocessing"),
    *("standing", "wording", "unseen", "adult", "world", "field", "fold", "height", "straight"),
}
# Ids of shifts, in links and stored results, and kinds of files.
MODULES = {"emerged", "redrawn", "encoded", "delimited"}
# Function names that end as a participle does and are not yet replaced; none may be added.
REMAINING = {"chosen", "fitted", "labelled", "leased", "named", "refused", "resolved"}
PARTICIPLE = re.compile(r"^[a-z]+(ed|ing|wn|ght|lt|en|ld)$")


def definitions(tree: ast.Module) -> Iterator[str]:
    """Yield the public functions, classes and constants of a module, and public methods."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (one.name for one in node.body if isinstance(one, ast.FunctionDef))
        if isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))


def words(name: str) -> set[str]:
    """Return the words of a name in small letters."""
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def retired(source: str) -> set[str]:
    """Return the public names of a module that hold a retired word."""
    names = {name for name in definitions(ast.parse(source)) if not name.startswith("_")}
    return {name for name in names if words(name) & RETIRED}


def participles(source: str) -> set[str]:
    """Return the public functions of a module that are a participle alone."""
    functions = (one for one in ast.parse(source).body if isinstance(one, ast.FunctionDef))
    names = {one.name for one in functions}
    return {name for name in names if PARTICIPLE.match(name)} - STANDARD


def twins(paths: list[str]) -> dict[str, list[str]]:
    """Return the modules of the library that share a name, by that name."""
    found = defaultdict(list)
    for path in paths:
        if not path.startswith(SAME_BY_CONTRACT):
            found[Path(path).stem].append(path)
    return {name: same for name, same in found.items() if len(same) > 1 and name != CATALOGUE}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_no_public_name_holds_a_retired_word():
    assert {p.name: bad for p in FILES if (bad := retired(read(p)))} == {}


def test_no_function_is_a_participle():
    files = [path for path in FILES if "studies" not in path.parts]
    found = {name for path in files for name in participles(read(path))}
    assert found == REMAINING


def test_no_module_name_is_used_twice():
    paths = [path.relative_to(ROOT).as_posix() for path in FILES]
    assert set(twins(paths)) <= TWINS


def test_no_module_is_named_by_a_participle():
    assert {p.stem for p in FILES if PARTICIPLE.match(p.stem)} - STANDARD == MODULES


@pytest.mark.parametrize("bad", ["def told(): ...", "class Told: ...", "UNTOUCHED_ROW = 1"])
def test_a_retired_word_would_be_seen(bad):
    assert len(retired(bad)) == 1


def test_a_participle_and_a_twin_would_be_seen():
    assert participles("def shifted(): ...\ndef drawn(): ...\ndef draw(): ...") == {
        "shifted",
        "drawn",
    }
    same = ["tradeoffs/data/table.py", "tradeoffs/report/table.py", "pages/shared/kit/table.py"]
    assert twins(same) == {"table": same[:2]}


@pytest.mark.parametrize("name", sorted({*FIRST_COLUMNS, *FIELDS}))
def test_columns_and_fields_are_ids_of_the_glossary(name):
    term = find_term(name, glossary())
    assert term is not None and name in term.aliases


@pytest.mark.parametrize("former", ["the_price_of_looking", "other_inputs", "a_proxy_that_turns"])
def test_links_to_former_titles_are_read(former):
    assert find_term(former, glossary()) is not None
