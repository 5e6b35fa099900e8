"""The command line tells nothing in English to whoever reads another language.

A made-up language stands for the other one: its translations are the English texts in marks, so
what is outside of marks was not translated.
"""

import argparse
import re
from contextlib import suppress
from pathlib import Path

import pytest

from tests.language.unmarked import SENTENCE
from tradeoffs.cli import main, parser
from tradeoffs.commands.parser import ARGPARSE
from tradeoffs.language.current import in_language
from tradeoffs.language.translation import BETWEEN

OPEN, CLOSE = "⟦⟧"
MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
RUN = ["--sample-rate", "0.1", "--steps", "50", "--delta", "1e-5"]


class Marked(dict[str, str]):
    """Translates every text: into itself, in marks."""

    def get(self, key, default=None):
        return f"{OPEN}{key.rpartition(BETWEEN)[2]}{CLOSE}"


@pytest.fixture(autouse=True)
def other_language(monkeypatch):
    monkeypatch.setattr("tradeoffs.language.translation.texts", lambda code: Marked())
    monkeypatch.setenv("TRADEOFFS_LANGUAGES", "en,fr")
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
    with in_language("fr"):
        yield


def outside(told: str) -> list[str]:
    """Return the lines outside of marks that hold a sentence."""
    found = 1
    while found:
        told, found = MARKED.subn("\n", told)
    return [one for one in re.split(" {2,}|\n", told) if SENTENCE.search(one)]


def leaves(one: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of a command and of its actions, by what is typed."""
    folders = [a for a in one._actions if isinstance(a, argparse._SubParsersAction)]
    parts = [part for folder in folders for part in folder.choices.values()]
    return {one.prog: one} | {name: leaf for part in parts for name, leaf in leaves(part).items()}


def test_a_sentence_outside_of_marks_is_seen():
    assert outside(f"{OPEN}two {OPEN}nested{CLOSE} words{CLOSE} dp=none") == []
    assert outside(f"{OPEN}this{CLOSE} and that") == [" and that"]


def test_help_is_translated():
    found = {
        name: left
        for name, one in leaves(parser()).items()
        if (left := outside(one.format_help().replace(one.prog, "")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ["account", "--sigma", "2", *RUN],
        ["account", "--epsilon", "none", *RUN],
        ["account", "--sigma", "two", *RUN],
        ["cost", "--set", "rows=300", "--purse", "village_clinic"],
        ["data", "communities", "adult"],
        ["explain", "--seeds", "1", "--set", "rows=300", "--set", "epsilon=none"],
        ["lessons", "check", "small_town"],
        ["lessons", "precompute", "--check", "small_town"],
        ["remedies", "list"],
        ["swep"],
        ["sweep", "--set", "rows=many"],
        ["sweep", "--axis", "width=0", "--axis", "width=8"],
        ["worker", "tcp://localhost:8786", "--processes", "0"],
    ],
    ids=" ".join,
)
def test_what_a_command_prints_is_translated(capsys, arguments):
    with suppress(SystemExit):
        main(arguments)
    told = capsys.readouterr()
    assert outside(told.out) == [] and outside(told.err) == []


def test_what_argparse_says_is_known_by_the_words_of_its_source():
    source = Path(argparse.__file__).read_text(encoding="utf-8").replace('"', "'")
    assert [one for one in ARGPARSE if f"'{one}'" not in source] == []
