"""Check: what a lesson must hold beside its ids, each by a function, with file, line and cure."""

from collections.abc import Iterator

from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.experiments.plan import resolve
from tradeoffs.language.translation import say
from tradeoffs.lessons.answer_check import check_answers
from tradeoffs.lessons.builder import build_lesson
from tradeoffs.lessons.folder import WORDS, Folder, wrong
from tradeoffs.lessons.lesson import Lesson, TrainingSource
from tradeoffs.lessons.own_answers import answer_faults
from tradeoffs.lessons.page_check import markup, own_python, slider_starts, studies
from tradeoffs.lessons.references import references

LEAST = {"decisions": 2, "discuss": 2, "try": 1}  # of each list
STEPS = (3, 6)
DIFFERENCES = ("change", "difference")


def check_lesson(folder: Folder) -> list[InvalidInput]:
    """Return what is wrong with a lesson; what depends on its answers only once they are there."""
    faults = [*references(folder), *markup(folder), *_lists(folder), *_units(folder)]
    faults += [*_titles(folder), *studies(folder), *own_python(folder)]
    if faults:
        return faults
    lesson = build_lesson(folder)
    faults = [*slider_starts(folder, lesson), *_settings(folder, lesson)]
    if not folder.of_project:
        faults += answer_faults(folder.path)
    found = faults or check_answers(folder, lesson)
    return [*{str(one): one for one in found}.values()]  # one fault may show at several positions


def _lists(folder: Folder) -> Iterator[InvalidInput]:
    """Check that there is enough to do, to decide and to talk about."""
    for name, least in LEAST.items():
        section = folder.texts.sections.get(name)
        if section and len(section.items) < least:
            of, line = f"## {name}", section.line
            yield InvalidInput("lesson_too_few", file=WORDS, line=line, name=of, least=least)
    steps, (least, most) = len(folder.file.steps), STEPS
    if not least <= steps <= most:
        reason = say(
            "has {steps} steps; {least} to {most} make a lesson",
            steps=steps,
            least=least,
            most=most,
        )
        yield wrong(folder, ("steps",), reason)


def _units(folder: Folder) -> Iterator[InvalidInput]:
    """Check that a difference of shares is in points, and no share is."""
    for name, one in folder.file.measures.items():
        if one.kind in DIFFERENCES and one.unit == "%":
            reason = say("a difference of shares is in points, not %")
            yield wrong(folder, ("measures", name), reason)


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
