"""References: every id of a lesson is known and used, and has its words."""

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import say
from tradeoffs.lessons.folder import STRUCTURE, WORDS, Folder
from tradeoffs.lessons.result_columns import similar_columns, unknown_columns
from tradeoffs.lessons.schema import CHARTS, CURRENT, SETTING
from tradeoffs.lessons.step_question import OF_EFFECT
from tradeoffs.lessons.texts import ORDINARY, placeholders
from tradeoffs.scenario import Scenario

CELL = re.compile(r"row\.[a-z]\w*")  # of the row that a study states
BESIDE = {"guess", "look", "chart"}  # parts of a step that are no claims


def references(folder: Folder) -> Iterator[InvalidInput]:
    """Yield what is named and unknown, known and unused, or without words."""
    for check in (
        _sections,
        _measures,
        _cycles,
        _columns,
        _steps,
        _guesses,
        _settings,
        _sentences,
        _placeholders,
    ):
        yield from check(folder)


def _unknown(folder: Folder, keys: tuple[str, ...], kind: str, name: str, known) -> InvalidInput:
    return InvalidInput(
        "lesson_unknown",
        file=STRUCTURE,
        line=folder.line(*keys),
        kind=kind,
        name=name,
        known=tuple(known),
    )


def _missing(line: int, name: str, of: str) -> InvalidInput:
    return InvalidInput("lesson_text_missing", file=WORDS, line=line, name=name, of=of)


def _sections(folder: Folder) -> Iterator[InvalidInput]:
    """Check the headings: those that every lesson has, and one a step."""
    texts, steps = folder.texts, folder.file.steps
    for name in ORDINARY:
        section = texts.sections.get(name)
        if section is None or not (section.text or section.items):
            yield _missing(1 if section is None else section.line, f"## {name}", folder.name)
    before = 1  # the line of the section that a missing one comes after
    for name in steps:
        if name in texts.steps:
            before = texts.steps[name].line
        else:
            yield _missing(before, f"## {name}: title", f"[steps.{name}]")
    for name, section in texts.steps.items():
        if name not in steps:
            yield InvalidInput(
                "lesson_unknown",
                file=WORDS,
                line=section.line,
                kind="step",
                name=name,
                known=tuple(steps),
            )
        elif not (section.title and section.text):
            yield _missing(section.line, f"## {name}: title, and its text", name)


def _measures(folder: Folder) -> Iterator[InvalidInput]:
    """Check what measures and charts are made of, and that each measure is used."""
    file, known = folder.file, folder.file.measures
    used = {name for one in known.values() for name in one.needs}
    for name, one in known.items():
        for other in one.needs:
            if other not in known:
                yield _unknown(folder, ("measures", name), "measure", other, known)
    for name, step in file.steps.items():
        guess = step.guess
        asked = [] if guess is None else [*filter(None, [guess.measure]), *guess.outcome.values()]
        for other in (*step.claims, *step.chart.references, *asked):
            used.add(other)
            if other not in known:
                yield _unknown(folder, ("steps", name), "measure", other, known)
    spoken = {
        field.partition(".")[0]
        for section in folder.texts.steps.values()
        for part in section.parts.values()
        for text in part.items.values()
        for field in placeholders(text)
    }
    for name in known.keys() - used - spoken:
        line = folder.line("measures", name)
        yield InvalidInput("lesson_unused", file=STRUCTURE, line=line, kind="measure", name=name)


def _cycles(folder: Folder) -> Iterator[InvalidInput]:
    """Check that no measure is made of itself."""
    graph = {name: set(one.needs) for name, one in folder.file.measures.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        names = tuple(error.args[1])
        line = folder.line("measures", names[0])
        yield InvalidInput("lesson_cycle", file=STRUCTURE, line=line, names=names)


def _columns(folder: Folder) -> Iterator[InvalidInput]:
    """Check that results have what is measured of trained models, before any is trained."""
    for name, answer in folder.file.answers.items():
        for column in (one for measured in answer.measure for one in unknown_columns(measured)):
            keys = ("answers", name, "measure")
            yield _unknown(folder, keys, "column of results", column, similar_columns(column))


def _steps(folder: Folder) -> Iterator[InvalidInput]:
    """Check which answers steps name, and that each answer is used."""
    file = folder.file
    for name, step in file.steps.items():
        if step.answer not in file.answers:
            yield _unknown(folder, ("steps", name, "answer"), "answer", step.answer, file.answers)
        kind = step.chart.kind
        if kind not in CHARTS and not (folder.path / "charts.py").is_file():
            yield _unknown(folder, ("steps", name, "chart"), "chart", kind, CHARTS)
    for name in file.answers.keys() - {step.answer for step in file.steps.values()}:
        line = folder.line("answers", name)
        yield InvalidInput("lesson_unused", file=STRUCTURE, line=line, kind="answer", name=name)


def _guesses(folder: Folder) -> Iterator[InvalidInput]:
    """Check that a guess has a question, and words for what can be chosen."""
    file = folder.file
    for name, step in file.steps.items():
        section, guess = folder.texts.sections.get(name), step.guess
        if section is None or guess is None:
            continue
        part = section.parts.get("guess")
        if part is None or not part.text:
            yield _missing(section.line, "### guess", name)
            continue
        measure = file.measures.get(guess.measure or "")
        wanted = guess.options
        if guess.kind == "choice" and measure is not None and not wanted:
            wanted = measure.among
        if guess.kind == "direction":
            wanted = ("less", "same", "more")
        for option in wanted:
            if option not in part.items:
                yield _missing(part.line, f"- {option}: …", f"{name}, guess")
        number = guess.kind in ("number", "direction", "line")
        if number and measure is not None and measure.is_choice:
            yield InvalidInput(
                "lesson_wrong",
                file=STRUCTURE,
                line=folder.line("steps", name, "guess"),
                name=f"steps.{name}.guess",
                reason=say(
                    "{name} is one of several and no number; ask it with a choice",
                    name=guess.measure,
                ),
            )


def _settings(folder: Folder) -> Iterator[InvalidInput]:
    """Check that what steps change is a field or an option of a study."""
    known = {*Scenario.model_fields, *folder.options}
    for name, step in folder.file.steps.items():
        for key in (*step.change, *step.sliders):
            if key not in known:
                yield _unknown(folder, ("steps", name), "field or option", key, sorted(known))
    ids = {one for answer in folder.file.answers.values() for one in answer.named}
    for name, measure in folder.file.measures.items():
        for where in (measure.at, measure.against):
            if (setting := where.get(SETTING, CURRENT)) not in {CURRENT, *ids}:
                yield _unknown(folder, ("measures", name), SETTING, str(setting), ids)
    for name, answer in folder.file.answers.items():
        for key in answer.varies:
            if key not in Scenario.model_fields:
                yield _unknown(
                    folder, ("answers", name), "field", key, sorted(Scenario.model_fields)
                )


def _sentences(folder: Folder) -> Iterator[InvalidInput]:
    """Check that every claim and outcome has its sentences, and no others are there."""
    for name, step in folder.file.steps.items():
        section = folder.texts.sections.get(name)
        if section is None:
            continue
        outcome = step.guess.outcome.values() if step.guess else ()
        told = {*step.claims, *outcome}
        for measure in told:
            part = section.parts.get(measure)
            says = part.items if part else {}
            if part is None:
                yield _missing(section.line, f"### {measure}", name)
            elif "value" not in says and not {"more", "less"} <= says.keys():
                yield _missing(part.line, "- more: … and - less: …, or - value: …", measure)
        for part in section.parts.keys() - told - BESIDE:
            yield InvalidInput(
                "lesson_unused",
                file=WORDS,
                line=section.parts[part].line,
                kind="text",
                name=part,
            )


def _placeholders(folder: Folder) -> Iterator[InvalidInput]:
    """Check what stands in braces."""
    known = {*Scenario.model_fields, *folder.options, *folder.file.measures, *OF_EFFECT}
    for step in folder.file.steps:
        section = folder.texts.sections.get(step)
        for name, part in section.parts.items() if section else ():
            for key, text in part.items.items() if name not in BESIDE else ():
                named = [one for one in placeholders(text) if not CELL.fullmatch(one)]
                for field in set(named) - known:
                    yield InvalidInput(
                        "lesson_unknown",
                        file=WORDS,
                        line=part.lines[key],
                        kind="placeholder",
                        name=field,
                        known=tuple(sorted({*known, "row.COLUMN"})),
                    )
