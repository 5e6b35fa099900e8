"""Texts that look like English for readers, but are in no file of a language.

`python -m tests.language.unmarked [PACKAGE ...]` lists them, such as for `report.charts`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tradeoffs.language.extract import ROOT, domain, extract, modules

SENTENCE = re.compile(r"[A-Za-z][a-z]+[,:;.]? +(?:\w+ +)*[a-z]{2}")  # two words at least
LABEL = re.compile(r"[A-Z][a-z]{2,}")  # a word alone where a label stands
LABELS = {"title", "label", "help", "name", "placeholder", "unit", "caption", "about", "text"}
CODE = re.compile(r"[{}<>=;]|--|[A-Z]{4}|_\w|/\w|\b(?:var|px|rem)\b")
ERRORS = ("Error", "Exception", "Warning")


def unmarked(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of what a module may tell readers in English alone."""
    known = {one.text for texts in extract().values() for one in texts}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = set(_not_for_readers(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            text = node.value
            if SENTENCE.search(text) and text not in known and not _is_code(text):
                yield node.lineno, text


def _is_code(text: str) -> bool:
    """Return whether more of a text is markup, SQL or CSS than words."""
    return len(CODE.findall(text)) * 12 > len(text)


def _not_for_readers(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield docstrings, what errors of programmers say, and annotations."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        if isinstance(node, ast.Raise | ast.Assert):
            inner = node.exc if isinstance(node, ast.Raise) else node.msg
            if isinstance(node, ast.Assert) or _called(inner).endswith(ERRORS):
                yield from ast.walk(node)
        if isinstance(node, ast.AnnAssign):
            yield from ast.walk(node.annotation)


def _called(node: ast.AST | None) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def main(packages: list[str]) -> None:
    for path in modules():
        name = domain(path)
        if not packages or any(name == one or name.startswith(f"{one}.") for one in packages):
            for line, text in unmarked(path):
                sys.stdout.write(f"{path.relative_to(ROOT)}:{line}: {text!r}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
