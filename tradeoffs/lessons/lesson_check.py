"""Check: what a lesson must hold beside its ids, each by a function, with file, line and cure."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.worker import study_module
from tradeoffs.lessons.answer_check import check_answers
from tradeoffs.lessons.builder import build_lesson
from tradeoffs.lessons.folder import STRUCTURE, WORDS, Folder, wrong
from tradeoffs.lessons.lesson import Lesson, TrainingSource
from tradeoffs.lessons.references import references

TAG = re.compile(r"<\s*[a-zA-Z/!]|javascript:|&#")
LEAST = {"decisions": 2, "discuss": 2, "try": 1}  # of each list
STEPS = (3, 6)
DIFFERENCES = ("change", "difference")


def check_lesson(folder: Folder) -> list[InvalidInput]:
    """Return what is wrong with a lesson; what depends on its answers only once they are there."""
    faults = [*references(folder), *_markup(folder), *_lists(folder), *_units(folder)]
    faults += [*_titles(folder), *_studies(folder), *_own_python(folder)]
    if faults:
        return faults
    lesson = build_lesson(folder)
    faults = [*_sliders(folder, lesson), *_settings(folder, lesson)]
    found = faults or check_answers(folder, lesson)
    return [*{str(one): one for one in found}.values()]  # one fault may show at several positions


def _markup(folder: Folder) -> Iterator[InvalidInput]:
    """Check that no text is read as HTML."""
    texts = (folder.path / WORDS).read_text(encoding="utf-8")
    plain = re.sub(r"<!--.*?-->", lambda found: "\n" * found[0].count("\n"), texts, flags=re.DOTALL)
    for file, lines in ((STRUCTURE, folder.lines), (WORDS, plain.splitlines())):
        for number, line in enumerate(lines, 1):
            if TAG.search(line):
                yield InvalidInput("lesson_markup", file=file, line=number)


def _lists(folder: Folder) -> Iterator[InvalidInput]:
    """Check that there is enough to do, to decide and to talk about."""
    for name, least in LEAST.items():
        section = folder.texts.sections.get(name)
        if section and len(section.items) < least:
            of, line = f"## {name}", section.line
            yield InvalidInput("lesson_too_few", file=WORDS, line=line, name=of, least=least)
    steps, (least, most) = len(folder.file.steps), STEPS
    if not least <= steps <= most:
        yield wrong(folder, ("steps",), f"has {steps} steps; {least} to {most} make a lesson")


def _units(folder: Folder) -> Iterator[InvalidInput]:
    """Check that a difference of shares is in points, and no share is."""
    for name, one in folder.file.measures.items():
        if one.kind in DIFFERENCES and one.unit == "%":
            yield wrong(folder, ("measures", name), "a difference of shares is in points, not %")


def _titles(folder: Folder) -> Iterator[InvalidInput]:
    """Check that several columns in one picture have a title for what they all are."""
    for name, step in folder.file.steps.items():
        axis = {"lines": "y", "dots": "x"}.get(step.chart.kind)
        section = folder.texts.sections.get(name)
        part = section.parts.get("chart") if section else None
        if axis and len(step.chart.columns) > 1 and not (part and axis in part.items):
            line = folder.text_line(name, "chart")
            wanted = f"### chart, - {axis}: title"
            yield InvalidInput("lesson_text_missing", file=WORDS, line=line, name=wanted, of=name)


def _studies(folder: Folder) -> Iterator[InvalidInput]:
    """Check that each study is there and takes the options that it is given."""
    for name, answer in folder.file.answers.items():
        if answer.study is None:
            continue
        try:
            spec = importlib.util.find_spec(study_module(answer.study))
        except ModuleNotFoundError:
            spec = None
        if spec is None or spec.origin is None:
            reason = f"there is no study {answer.study}; see tradeoffs/studies"
            yield wrong(folder, ("answers", name, "study"), reason)
            continue
        taken = _arguments(spec.origin)
        for option in set(answer.options) - taken:
            reason = f"{answer.study} takes no {option}; it takes {', '.join(sorted(taken))}"
            yield wrong(folder, ("answers", name, "options"), reason)


def _arguments(file: str) -> set[str]:
    """Return what the answer of a study takes beside the scenario; it is not loaded: torch."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    found = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "answer"]
    return {arg.arg for n in found for arg in (*n.args.args[1:], *n.args.kwonlyargs)}


def _own_python(folder: Folder) -> Iterator[InvalidInput]:
    """Check that a lesson from elsewhere asks for no Python of its own: none is run from it."""
    if folder.of_project:
        return
    for name, step in folder.file.steps.items():
        if step.chart.kind.startswith("charts."):
            reason = "a chart in Python is drawn in the project's own lessons alone; use a kind"
            yield wrong(folder, ("steps", name, "chart"), reason)


def _sliders(folder: Folder, lesson: Lesson) -> Iterator[InvalidInput]:
    """Check that a slider starts at one of its choices, which have words of their own."""
    for place, step in enumerate(lesson.steps):
        for slider in step.sliders:
            keys, start = ("steps", step.name, "sliders"), None
            try:
                start = lesson.setting(place)[slider.name]
            except AttributeError:
                yield wrong(folder, keys, f"{slider.name} has no value yet; state it in change")
                continue
            words = [slider.describe(one) for one in slider.choices]
            if start not in slider.choices and not hasattr(slider, "most"):
                yield wrong(folder, keys, f"{slider.name} = {start} is not among its choices")
            if len(set(words)) < len(words):
                yield wrong(folder, keys, f"two choices of {slider.name} have the same words")


def _settings(folder: Folder, lesson: Lesson) -> Iterator[InvalidInput]:
    """Check that every setting can be trained."""
    for place, step in enumerate(lesson.steps):
        try:
            for state in lesson.settings(place):
                resolve(state.scenario)
                if isinstance(step.source, TrainingSource):
                    for scenario in step.source.scenarios(state):
                        resolve(scenario)
        except TradeoffsError as refusal:
            yield wrong(folder, ("steps", step.name), str(refusal))
