"""Own answers: those beside a lesson of one's own; anybody may have written them."""

import json
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from tradeoffs.errors import InvalidInput
from tradeoffs.lessons.folder import STRUCTURE

OWN_ANSWERS = "answers.jsonl"  # in the lesson's folder
LARGEST = 5_000_000  # bytes; the largest of the project's has a twentieth


def own_answers(folder: Path) -> dict[str, str]:
    """Return the answers beside a lesson by key, as text; what cannot be read is left out."""
    return _read(folder / OWN_ANSWERS, *_version(folder / OWN_ANSWERS))[0]


def answer_faults(folder: Path) -> tuple[InvalidInput, ...]:
    """Return what of the answers beside a lesson cannot be read, with line and cure."""
    return _read(folder / OWN_ANSWERS, *_version(folder / OWN_ANSWERS))[1]


def folders(beside: Path) -> list[Path]:
    """Return the folders of lessons in a folder; the folder itself where it is one."""
    if (beside / STRUCTURE).is_file():
        return [beside.resolve()]
    return sorted(path.parent for path in beside.glob(f"*/{STRUCTURE}"))


def _version(path: Path) -> tuple[int, int]:
    """Return when a file was last changed, and its bytes; zeros if it is not there."""
    if not path.is_file():
        return 0, 0
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=200)
def _read(path: Path, changed: int, size: int) -> tuple[dict[str, str], tuple[InvalidInput, ...]]:
    """Return answers and faults; `changed` makes a file that was written anew another one."""
    if not changed:
        return {}, ()
    if size > LARGEST:
        return {}, (InvalidInput("lesson_file_large", file=path.name, size=size, most=LARGEST),)
    found, faults = {}, []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            text = line.decode()
            found[_key(json.loads(text))] = text
        except (ValueError, RecursionError):  # no UTF-8, no JSON, no answer, or nested too deeply
            folder = path.parent.name
            faults.append(InvalidInput("lesson_answer", file=path.name, line=number, folder=folder))
    return found, tuple(faults)


def _key(answer: object) -> str:
    """Return the key of an answer; ValueError if it is none."""
    match answer:
        case {"key": str(key), "columns": list(columns), "rows": list(rows)}:
            names = all(isinstance(name, str) for name in columns)
            whole = all(isinstance(row, list) and len(row) == len(columns) for row in rows)
            if names and whole and len(set(columns)) == len(columns) and _one_kind(rows):
                return key
    raise ValueError("no answer")


def _one_kind(rows: list[list[object]]) -> bool:
    """Say whether each column holds either text, or numbers and truths, beside what is absent."""
    return all(
        all(a == b for a, b in pairwise(isinstance(c, str) for c in column if c is not None))
        and all(cell is None or isinstance(cell, str | int | float) for cell in column)
        for column in zip(*rows, strict=True)
    )
