"""Extraction: the English texts that the code has translated, by the file that translates them."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from babel.messages.extract import extract as babel_extract

from tradeoffs.language import translation
from tradeoffs.language.translates import original

ROOT = Path(__file__).parents[2]
FOLDERS = ("tradeoffs", "pages", "server")
CALLS = {"say", "translate", "mark"}  # whose first argument is translated
WORDS_OF_CODEBOOKS = {  # what people read there; every other value is a code
    "derivation", "labels", "licence", "negative", "positive", "question", "source", "title",
    "unit", "weight",
}  # fmt: skip
CODEBOOKS = "codebooks"  # the file of all of them
WORD = re.compile(r"[^\W\d_]{2}")
PLACE = re.compile(r"\{[^{}|]*\}")  # but for one that has words


@dataclass(frozen=True, slots=True)
class Text:
    """An English text, and where it stands."""

    text: str
    context: str
    file: str
    made: bool = False  # of an entry that is put together elsewhere than where it is written


class Glued(ValueError):
    """A text that is put together where it is translated, so that nobody can translate it."""


@lru_cache
def extract() -> dict[str, list[Text]]:
    """Return every text by the name of the file that translates it: see `domain`.

    A text that stands in several packages is in the first of their files alone; what browsers run
    has a file with all of its own.
    """
    every = [(domain(path), one) for path in modules() for one in texts_of(path)]
    every.sort(key=lambda pair: (pair[1].made, pair[0]))
    found: dict[str, list[Text]] = {}
    once: set[tuple[str, str]] = set()
    for name, one in every:
        if (one.text, one.context) not in once:
            once.add((one.text, one.context))
            found.setdefault(name, []).append(one)
    own = found.setdefault(CODEBOOKS, [])
    for one in dict.fromkeys(one for path in codebooks() for one in _of_codebook(path)):
        if (one.text, "") not in once:
            once.add((one.text, ""))
            own.append(one)
    for path in scripts():
        own = found.setdefault(domain(path), [])
        own += [one for one in _of_script(path) if one.text not in {other.text for other in own}]
    return dict(sorted(found.items()))


def modules() -> Iterator[Path]:
    """Yield the files of the code in which texts stand."""
    yield ROOT / "app.py"
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def scripts() -> Iterator[Path]:
    """Yield the files of what browsers run."""
    yield from sorted((ROOT / "pages" / "shared" / "kit" / "frontend").glob("*.js"))


def codebooks() -> Iterator[Path]:
    """Yield the files that describe bundled tables: codebooks, and their cases."""
    yield from sorted((ROOT / "data").glob("*.json"))


def _of_codebook(path: Path) -> Iterator[Text]:
    """Yield the words of a codebook that people read."""
    for text in _words(json.loads(path.read_bytes())):
        if WORD.search(text):
            yield Text(text, "", path.relative_to(ROOT).as_posix())


def _words(value: Any, key: str = "") -> Iterator[str]:
    """Yield them from a part of a codebook; of pairs of value and words, the words."""
    match value:
        case str():
            if key in WORDS_OF_CODEBOOKS:
                yield value
        case dict():
            for name, one in value.items():
                yield from _words(one, name)
        case [[_, str()], *_] if key in {"values", "groups"}:
            yield from (words for _, words in value)
        case list():
            for one in value:
                yield from _words(one, key)


def _of_script(path: Path) -> Iterator[Text]:
    """Yield the texts that a script translates: the first argument of `translate` or `mark`."""
    with path.open("rb") as file:
        found = babel_extract("javascript", file, keywords={"translate": None, "mark": None})
        for _, text, _, _ in found:
            if isinstance(text, str) and WORD.search(PLACE.sub("", text)):
                yield Text(text, "", path.relative_to(ROOT).as_posix())


def domain(path: Path) -> str:
    """Return what the texts of a module are translated in: the package, or the module at the top.

    >>> domain(ROOT / "tradeoffs" / "report" / "sentences" / "move.py")
    'report.sentences'
    >>> domain(ROOT / "tradeoffs" / "fields.py"), domain(ROOT / "pages" / "shared" / "kit" / "x.py")
    ('fields', 'pages.kit')
    """
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts == ("app",):
        return "pages"
    if parts[0] == "tradeoffs":
        parts = parts[1:]
    kept = [part for part in parts if part != "shared"]
    return ".".join(kept[:-1]) or kept[-1]


def texts_of(path: Path) -> Iterator[Text]:
    """Yield the texts of a module in their order; Glued for one that is no literal."""
    relative = path.relative_to(ROOT)
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
    names = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
    names |= {one.name for one in ast.walk(tree) if isinstance(one, ast.ClassDef)}
    if not names & CALLS and not names & _classes():
        return
    known = _known(relative)
    found = [
        (text, _context(call), False)
        for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset))
        for text in _of_call(call, known, relative)
    ]
    entries = [known.get(name) for name in _constants(tree)]
    found += [
        (text, "", True)
        for kind in known.values()
        if isinstance(kind, type) and kind.__module__ == known["__name__"]
        for name in getattr(kind, "TRANSLATED", ())
        for text in _all(_default(kind, name))
    ]
    found += [(text, "", True) for one in entries for text in _of_entries(one)]
    for text, context, made in found:
        if WORD.search(PLACE.sub("", text)):
            yield Text(text, context, relative.as_posix(), made)


def _known(path: Path) -> Mapping[str, Any]:
    """Return what the names of a module mean; a page, which would run, tells literals alone."""
    if path.parts[0] == "app.py" or (path.parts[0] == "pages" and len(path.parts) == 2):
        return {name: getattr(translation, name) for name in CALLS}
    return vars(import_module(".".join(path.with_suffix("").parts)))


def _default(kind: type, name: str) -> Any:
    """Return what an entry has where nothing is stated."""
    stated = getattr(kind, "__dataclass_fields__", {})  # a model of pydantic has none
    return stated[name].default if name in stated else None


def _of_call(call: ast.Call, known: Mapping[str, Any], file: Path) -> Iterator[str]:
    for argument in _arguments(call, known):
        try:
            yield from list(_strings(argument, known))
        except Glued:
            if _name(call) in CALLS:
                raise Glued(f"{file}:{argument.lineno}: {ast.unparse(argument)}") from None
            # an entry that a function makes: it is among the constants of the module


def _constants(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module gives to values."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _of_entries(value: Any) -> Iterator[str]:
    """Yield the texts of the entries in a value, however they were made."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for one in value:
            yield from _of_entries(one)
    for name in getattr(type(value), "TRANSLATED", ()):
        yield from _all(original(value, name))


def _context(call: ast.Call) -> str:
    if _name(call) == "translate" and len(call.args) == 2:
        return ast.literal_eval(call.args[1])
    return ""


@lru_cache
def _classes() -> set[str]:
    """Return the names of the classes whose attributes are translated."""
    found = set()
    for path in modules():
        source = path.read_text(encoding="utf-8")
        if "@translates(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef) and any(
                isinstance(one, ast.Call) and getattr(one.func, "id", "") == "translates"
                for one in node.decorator_list
            ):
                found.add(node.name)
    return found


def _name(call: ast.Call) -> str:
    """Return what is called, where that is a name alone."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _arguments(call: ast.Call, known: Mapping[str, Any]) -> Iterator[ast.expr]:
    """Yield what of a call is translated."""
    name = _name(call)
    if name in CALLS and known.get(name) is getattr(translation, name):  # and not another's
        yield from call.args[:1]
        return
    kind = known.get(name)
    translated = getattr(kind, "TRANSLATED", ()) if isinstance(kind, type) else ()
    if translated:
        order = [*getattr(kind, "__dataclass_fields__", ())]
        for place, argument in enumerate(call.args):
            if order[place] in translated:
                yield argument
        yield from (one.value for one in call.keywords if one.arg in translated)


def _strings(node: ast.expr, known: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts that an expression may be."""
    match node:
        case ast.Constant():
            if isinstance(node.value, str):
                yield node.value
        case ast.JoinedStr() | ast.BinOp():
            try:
                yield from _all(_evaluate(node, known))
            except NameError:
                raise Glued from None
        case ast.IfExp():
            yield from _strings(node.body, known)
            yield from _strings(node.orelse, known)
        case ast.Tuple() | ast.List() | ast.Set():
            for one in node.elts:
                yield from _strings(one, known)
        case ast.Dict():
            for one in node.values:
                yield from _strings(one, known)
        case ast.Starred():
            yield from _strings(node.value, known)
        case _:
            root = _root(node)
            if root.isupper() and root in known:
                yield from _all(known[root])


def _root(node: ast.expr) -> str:
    """Return the name that a chain of attributes, items and calls begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _evaluate(node: ast.expr, known: Mapping[str, Any]) -> Any:
    code = compile(ast.Expression(node), "<text>", "eval")
    return eval(code, dict(known))


def _all(value: Any) -> Iterator[str]:
    """Yield the texts of a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _each(value.values())
    elif isinstance(value, tuple | list | set | frozenset):
        yield from _each(value)


def _each(values: Iterable[Any]) -> Iterator[str]:
    for one in values:
        yield from _all(one)
