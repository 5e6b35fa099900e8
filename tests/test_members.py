"""A member of a catalogue owns what it does: nothing elsewhere asks for it by its name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.shifts.catalogue import SHIFTS
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.values.explanations.catalogue import METRICS
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.regulations.catalogue import REGULATIONS
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS

ROOT = Path(__file__).parents[1]
CATALOGUES = (*(STAGES, CLIPPINGS, NOTIONS, SHIFTS, METRICS, DATASETS, REGULATIONS, JURISDICTIONS),)
NAMES = {name for catalogue in CATALOGUES for name in catalogue}
FIELDS = {"stage", "clipping", "notion", "shift", "dataset"}  # whose values are such names
STUDIES = ("lessons", "studies")  # each is about some members, as tests are
WORDS = {"in"}  # a stage, but mostly a word
ALLOWED = {  # (file, name) -> why it stands there
    ("tradeoffs/data/table.py", "place"): "a column that says where a row was recorded, no shift",
    ("pages/shared/details/rules.py", "place"): "the field of a jurisdiction, no shift",
    ("tradeoffs/report/options.py", "place"): "the field of a jurisdiction, no shift",
    ("pages/shared/data/options.py", "missing"): "a choice of an upload, no shift",
    ("pages/shared/settings/wording.py", "missing"): "a choice of an upload, no shift",
    ("server/rooms/texts.py", "place"): "the id of a text, no shift",
}


def literals(node: ast.AST | None) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        yield from (one for part in node.elts for one in literals(part))
    elif isinstance(node, ast.Constant) and node.value in NAMES - WORDS:
        yield node


def keys(table: ast.AST | None) -> Iterator[ast.Constant]:
    if isinstance(table, ast.Dict):
        yield from (one for key in table.keys for one in literals(key))


def dispatches(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield names that are compared or matched with, looked up, or asked of a scenario.

    A dict is a table to look up in where it is a constant of the module, or looked up in at once;
    other dicts are rows, whose columns may be called as a member is.
    """
    for statement in tree.body:
        yield from keys(getattr(statement, "value", None))
    for node in ast.walk(tree):
        match node:
            case ast.Compare():
                for side in (node.left, *node.comparators):
                    yield from literals(side)
            case ast.MatchValue():
                yield from literals(node.value)
            case ast.Attribute(attr="get"):
                yield from keys(node.value)
            case ast.Subscript():
                yield from keys(node.value)
                catalogue = isinstance(node.value, ast.Name) and node.value.id.isupper()
                yield from literals(node.slice if catalogue else None)
            case ast.keyword(arg=str(field)) if field in FIELDS:
                yield from literals(node.value)


def found(root: Path) -> list[tuple[str, str, int]]:
    """Return (file, name, line) of every dispatch in the code beside lessons and studies."""
    files = [
        file for part in ("tradeoffs", "pages", "server") for file in (root / part).rglob("*.py")
    ]
    return sorted(
        (str(file.relative_to(root)), str(one.value), one.lineno)
        for file in files
        if not set(STUDIES) & set(file.relative_to(root).parts)
        for one in dispatches(ast.parse(file.read_text(encoding="utf-8")))
    )


def test_nothing_asks_for_a_member_by_its_name():
    seen = found(ROOT)
    assert [one for one in seen if one[:2] not in ALLOWED] == []
    used = {(file, name) for file, name, _ in seen}
    assert [one for one in ALLOWED if one not in used and (ROOT / one[0]).exists()] == []


@pytest.mark.parametrize(
    "code",
    [
        "if scenario.stage == 'reweighing': pass",
        "late = plan.clipping in ('flat', 'dpsgd_f')",
        "match notion.name:\n    case 'minimax': pass",
        "PARTS = {'quota': 1, 'other': 2}",
        "found = {'place': book.place}.get(option)",
        "sizes = {'adult': 3}[name]",
        "entry = NOTIONS['minimax']",
        "here = Scenario(stage='group_thresholds')",
    ],
)
def test_asking_by_name_would_be_seen(code):
    assert list(dispatches(ast.parse(code)))
