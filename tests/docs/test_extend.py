"""The pages on how to extend, followed in a copy of the project: what they add works, and goes."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from tradeoffs.lessons.catalogue import TEMPLATE
from tradeoffs.paths import PROJECT

BLOCK = re.compile(r'^```(\w+) title="([^"]+)"\n(.*?)^```', re.M | re.S)
COMMAND = re.compile(r"^\$ (.*)$", re.M)
# `dataset` is followed by tests/data/test_walkthrough.py, `language` by tests/language.
ELSEWHERE = {"index", "dataset", "language"}
PAGES = {
    page.stem: page.read_text(encoding="utf-8")
    for page in sorted((PROJECT / "docs" / "extend").glob("*.md"))
    if page.stem not in ELSEWHERE
}
BLOCKS = [block for page in PAGES.values() for block in BLOCK.findall(page)]
SHOWN = {  # page -> what its commands show
    "cut": "generations",
    "shift": "Amounts in round numbers",
    "notion": "false_positive_rate_difference[sex]",
    "explanation_metric": "top_share",
    "remedy": "interpolation",
    "stage": "quantile_thresholds",
    "field": "rate_factor",
    "lesson": "A bigger model. Is a larger model",
}
slow = pytest.mark.slow  # .ci/docs runs them
DRIVER = """
import contextlib, io, json, sys
from tradeoffs.cli import main
told = []
for command in json.loads(sys.argv[1]):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(command)
    told.append((code, out.getvalue()))
print(json.dumps(told))
"""


def patched(text: str, diff: str) -> str:
    """Return a text with the lines that a diff adds, each behind the line before it there."""
    lines, place = text.splitlines(), 0
    for line in diff.splitlines():
        if line.startswith("+"):
            lines.insert(place, line[1:])
            place += 1
        elif line != "...":
            place = lines.index(line[1:], place) + 1
    return "\n".join([*lines, ""])


def commands(page: str, program: str) -> list[list[str]]:
    """Return the arguments of a program's commands on a page."""
    split = map(shlex.split, COMMAND.findall(PAGES[page]))
    return [words[1:] for words in split if words[0] == program]


def run(folder: Path, *arguments: str) -> str:
    """Run Python there, with a store that does not exist yet, and return what it prints."""
    store = folder / f"{uuid4().hex}.sqlite"
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "TRADEOFFS_STORE": str(store)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def answers(folder: Path) -> dict[str, list[tuple[int, str]]]:
    """Return, by page, exit code and output of each of its `tradeoffs` commands."""
    every = [(page, one) for page in PAGES for one in commands(page, "tradeoffs")]
    found = json.loads(run(folder, "-c", DRIVER, json.dumps([one for _, one in every])))
    return {
        page: [tuple(answer) for (of, _), answer in zip(every, found, strict=True) if of == page]
        for page in PAGES
    }


def outputs(found: list[tuple[int, str]]) -> str:
    return "".join(output for _, output in found)


@pytest.fixture(scope="module")
def extended(tmp_path_factory) -> tuple[Path, dict[str, list[tuple[int, str]]]]:
    """A copy of the project to which all pages were applied, and what their commands answer."""
    folder = tmp_path_factory.mktemp("extended")
    for name in ("tradeoffs", "data", "pages", "server", "tests", ".streamlit"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "serve.py", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder)
    for kind, path, text in BLOCKS:
        file = folder / path
        assert file.exists() == (kind == "diff")
        file.parent.mkdir(exist_ok=True)
        old = file.read_text(encoding="utf-8") if kind == "diff" else ""
        file.write_text(patched(old, text) if kind == "diff" else text, encoding="utf-8")
    return folder, answers(folder)


def test_every_page_is_followed():
    assert PAGES.keys() == SHOWN.keys()


@pytest.mark.parametrize(("kind", "path", "text"), BLOCKS, ids=[path for _, path, _ in BLOCKS])
def test_what_a_page_shows_fits_the_code(kind, path, text):
    if kind == "diff":
        now = (PROJECT / path).read_text(encoding="utf-8")
        added = [line[1:] for line in text.splitlines() if line.startswith("+")]
        assert added and len(patched(now, text).splitlines()) == len(now.splitlines()) + len(added)
        return
    if kind != "python":  # what a new lesson begins with
        assert text == (TEMPLATE / Path(path).name).read_text(encoding="utf-8")
        return
    scope: dict[str, object] = {"__name__": Path(path).stem}
    exec(compile(text, path, "exec"), scope)  # imports what is there, and fills in an entry
    entries = [one for name, one in scope.items() if name.isupper() and hasattr(one, "name")]
    assert [one.name for one in entries] == [Path(path).stem]  # type: ignore[attr-defined]


@slow
@pytest.mark.timeout(1200)
def test_what_the_pages_add_works(extended):
    for page, found in extended[1].items():
        assert found and all(code == 0 for code, _ in found), (page, found)
        assert SHOWN[page] in outputs(found), page


@slow
@pytest.mark.timeout(1200)
def test_what_the_pages_add_is_covered_by_the_tests_of_its_catalogue(extended):
    asked = [one for page in PAGES for one in commands(page, "python")]
    names = [one[one.index("-k") + 1] for one in asked if "-k" in one]
    some, whole = (
        dict.fromkeys(word for one in asked if ("-k" in one) == by_name for word in one[2:])
        for by_name in (True, False)
    )
    paths = [word for word in some if word.startswith("tests/")]
    told = run(extended[0], "-m", "pytest", "-q", "-rA", "-k", " or ".join(names), *paths)
    run(extended[0], "-m", "pytest", "-q", *whole)
    passed = [line for line in told.splitlines() if line.startswith("PASSED ")]
    assert all(any(name in line for line in passed) for name in names), told[-3000:]


@slow
@pytest.mark.timeout(1200)
def test_what_the_pages_add_goes_with_its_file_and_its_line(extended):
    folder = extended[0]
    for kind, path, _ in BLOCKS:
        if kind == "diff":
            shutil.copy(PROJECT / path, folder / path)
        else:
            (folder / path).unlink()
    for page, found in answers(folder).items():
        assert SHOWN[page] not in outputs(found), page
        unnamed = page in ("explanation_metric", "remedy")  # the last command names none of them
        assert found[-1][0] == (0 if unnamed else 2), (page, found)
