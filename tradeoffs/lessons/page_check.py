"""Page check: what would stop a lesson's page or stand in it as HTML, with file, line and cure.

A lesson of the project is held to this by its tests, one from elsewhere whenever it is read.
"""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.worker import study_module
from tradeoffs.language.translation import say
from tradeoffs.lessons.folder import STRUCTURE, WORDS, Folder, wrong
from tradeoffs.lessons.lesson import Lesson

TAG = re.compile(r"<\s*[a-zA-Z/!]|javascript:|&#")


def markup(folder: Folder) -> Iterator[InvalidInput]:
    """Check that no text is read as HTML."""
    texts = (folder.path / WORDS).read_text(encoding="utf-8")
    plain = re.sub(r"<!--.*?-->", lambda found: "\n" * found[0].count("\n"), texts, flags=re.DOTALL)
    for file, lines in ((STRUCTURE, folder.lines), (WORDS, plain.splitlines())):
        for number, line in enumerate(lines, 1):
            if TAG.search(line):
                yield InvalidInput("lesson_markup", file=file, line=number)


def studies(folder: Folder) -> Iterator[InvalidInput]:
    """Check that each study is there and takes the options that it is given."""
    for name, answer in folder.file.answers.items():
        if answer.study is None:
            continue
        try:
            spec = importlib.util.find_spec(study_module(answer.study))
        except ModuleNotFoundError:
            spec = None
        taken = _arguments(spec.origin) if spec and spec.origin else None
        if taken is None:
            reason = say("there is no study {name}; see tradeoffs/studies", name=answer.study)
            yield wrong(folder, ("answers", name, "study"), reason)
            continue
        for option in set(answer.options) - taken:
            reason = say(
                "{study} takes no {option}; it takes {known}",
                study=answer.study,
                option=option,
                known=", ".join(sorted(taken)),
            )
            yield wrong(folder, ("answers", name, "options"), reason)


def _arguments(file: str) -> set[str] | None:
    """Return what a study's answer takes beside the scenario, None without one; nothing is run."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    found = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "answer"]
    names = {arg.arg for n in found for arg in (*n.args.args[1:], *n.args.kwonlyargs)}
    return names if found else None


def own_python(folder: Folder) -> Iterator[InvalidInput]:
    """Check that a lesson from elsewhere asks for no Python of its own: none is run from it."""
    if folder.of_project:
        return
    for name, step in folder.file.steps.items():
        if step.chart.kind.startswith("charts."):
            reason = say(
                "a chart in Python is drawn in the project's own lessons alone; use a kind"
            )
            yield wrong(folder, ("steps", name, "chart"), reason)


def slider_starts(folder: Folder, lesson: Lesson) -> Iterator[InvalidInput]:
    """Check that a slider starts at one of its choices, which have words of their own."""
    for place, step in enumerate(lesson.steps):
        for slider in step.sliders:
            keys, start = ("steps", step.name, "sliders"), None
            try:
                start = lesson.setting(place)[slider.name]
            except AttributeError:
                told = say("{name} has no value yet; state it in change", name=slider.name)
                yield wrong(folder, keys, told)
                continue
            words = [slider.describe(one) for one in slider.choices]
            if start not in slider.choices and not hasattr(slider, "most"):
                told = say(
                    "{name} = {value} is not among its choices",
                    name=slider.name,
                    value=str(start),
                )
                yield wrong(folder, keys, told)
            if len(set(words)) < len(words):
                told = say("two choices of {name} have the same words", name=slider.name)
                yield wrong(folder, keys, told)
