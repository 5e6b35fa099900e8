"""Answers: the tables that steps draw, and those shipped: as a step opens, and one move from there.

An answer's key names what it depends on, so a stale one is not found: for trained models their
result keys; for a study the scenario with its result key, the options, and the source of the study
and of the studies it imports. It does not name the other modules that a study calls: who changes
what those compute computes the lesson's answers anew, with `tradeoffs lessons precompute --all`.
"""

import hashlib
import importlib.util
import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tradeoffs.experiments.comparison import Comparison, table
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.worker import study_module
from tradeoffs.lessons.lesson import Lesson, Step, StepState, TrainingSource
from tradeoffs.lessons.own_answers import OWN_ANSWERS, folders, own_answers
from tradeoffs.paths import SHIPPED_LESSONS
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario, digest
from tradeoffs.settings import LESSONS

if TYPE_CHECKING:
    import pandas as pd

IMPORTED = re.compile(r"^from tradeoffs\.studies\.(\w+) import", re.MULTILINE)
OPENING = '{"key":"'  # of a line
DIGITS = 6  # significant ones that are shipped


def key(step: Step, setting: StepState) -> str:
    """Return the content key of a step's answer at a setting.

    Raises:
        InvalidInput: a scenario that cannot be resolved.
    """
    source = step.source
    if isinstance(source, TrainingSource):
        keys = [_named(one) for one in source.scenarios(setting)]
        return digest(["trained", keys, columns(source)])
    options = {name: setting[name] for name in source.options}
    return digest(["study", source.study, _text(source.study), _named(setting.scenario), options])


def _named(scenario: Scenario) -> list[str]:
    """Return names of a model's result and of what is read from it or studied with it.

    Where nothing is bound, results hold the figures of every notion and group and are named alike;
    which of them is `gap`, and what a study does, depends on the whole scenario.
    """
    return [resolve(scenario).result_key, scenario.to_json()]


@cache
def _text(study: str) -> str:
    """Return a hash of the sources of a study and the studies it imports; none is loaded: torch."""
    found = importlib.util.find_spec(study_module(study))
    if found is None or found.origin is None:
        raise LookupError(f"tradeoffs/studies/{study}.py does not exist")
    text = Path(found.origin).read_text(encoding="utf-8")
    text += "".join(map(_text, IMPORTED.findall(text)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def columns(source: TrainingSource) -> tuple[str, ...]:
    """Return the columns of a trained answer, in order."""
    return (*source.varies, "seed", "split", *source.columns)


def training_answer(
    source: TrainingSource, wanted: Iterable[Scenario], results: Iterable[Result]
) -> "pd.DataFrame":
    """Return the answer of the models that are there, of all that are wanted."""
    names = columns(source)
    found = table(results, Comparison.of(wanted)).reindex(columns=list(names))
    return found.loc[found["split"].isin(source.splits)].reset_index(drop=True)


def study_answer(records: Iterable[Mapping[str, Any]]) -> "pd.DataFrame":
    """Return the answer of a study."""
    import pandas as pd

    return pd.DataFrame(list(records))


def shipped_answer(
    step: Step, setting: StepState, own: Path | None = None
) -> "pd.DataFrame | None":
    """Return the answer that is shipped; None if there is none for this.

    Args:
        step: of a lesson.
        setting: of the step.
        own: folder of a lesson of one's own, beside those of the project and of the setting.
    """
    found = _line(key(step, setting), own)
    if found is None:
        return None
    import pandas as pd

    answer = json.loads(found)
    return pd.DataFrame(answer["rows"], columns=answer["columns"])


def is_shipped(step: Step, setting: StepState) -> bool:
    """Say whether an answer is shipped, without reading it."""
    return _line(key(step, setting)) is not None


def _line(name: str, own: Path | None = None) -> str | None:
    """Return an answer as text: of the project, else beside a lesson of one's own; None if none."""
    if name in _shipped():
        return _shipped()[name]
    beside = LESSONS.read()
    places = [*([own] if own else []), *(folders(beside) if beside else [])]
    return next((answers[name] for answers in map(own_answers, places) if name in answers), None)


@cache
def _shipped() -> dict[str, str]:
    """Return the project's answers by key, as text: parsed, they take five times the memory."""
    found = {}
    for path in sorted(SHIPPED_LESSONS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
            found[line[len(OPENING) : line.index('"', len(OPENING))]] = line
    return found


def pack(answer: "pd.DataFrame") -> dict[str, Any]:
    """Return an answer as JSON can write it, numbers to six digits, absent ones as null."""
    rows = [[_plain(cell) for cell in row] for row in answer.itertuples(index=False)]
    return {"columns": list(answer.columns), "rows": rows}


def _plain(cell: Any) -> Any:
    if isinstance(cell, str | bool) or cell is None:
        return cell
    value = float(cell)
    if math.isnan(value):
        return None
    if math.isfinite(value) and not value.is_integer():
        value = float(f"{value:.{DIGITS}g}")
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def write(lesson: str, answers: Mapping[str, "pd.DataFrame"], own: Path | None = None) -> int:
    """Write a lesson's answers anew, one a line, in the order of their keys.

    Args:
        lesson: its name.
        answers: by key.
        own: folder of a lesson of one's own; None for one of the project.

    Returns:
        bytes written.
    """
    path = own / OWN_ANSWERS if own else SHIPPED_LESSONS / f"{lesson}.jsonl"
    lines = [
        json.dumps({"key": name, **pack(answers[name])}, separators=(",", ":")) + "\n"
        for name in sorted(answers)
    ]
    path.parent.mkdir(exist_ok=True)
    written = path.write_text("".join(lines), encoding="utf-8")
    _shipped.cache_clear()
    return written


def missing(lessons: Iterable[Lesson], own: Path | None = None) -> list[tuple[Lesson, int]]:
    """Return the steps of which an answer is not shipped as this version computes it.

    Args:
        lessons: whose steps.
        own: folder of a lesson of one's own, beside those of the project and of the setting.
    """
    return [
        (lesson, place)
        for lesson in lessons
        for place, step in enumerate(lesson.steps)
        if any(_line(key(step, setting), own) is None for setting in lesson.settings(place))
    ]
