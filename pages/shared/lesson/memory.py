"""Memory: what a learner said is kept in the browser and nowhere else; see memory.js.

What is shown to a class is kept apart, in the tab: it neither answers for the learner who sits at
the same browser, nor does their reading ahead show anything to the class.

Guesses are kept by the question, and choices by their words, in English whatever is spoken: who
turns to another language keeps them.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit.components.v2 import component

from pages.shared.kit.chart import loader, serve_files
from pages.shared.lesson.choices import in_english
from tradeoffs.language.translation import mark
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import Line, Number

KEY = "memory"
MOST_KEPT = 300_000  # characters that a browser may bring
MOST_WORDS = 1000  # characters of a note
SEEN = mark("In your own words: what did you see?")  # asked at the end, as the next two
DECIDED = mark("What would you do?")
REASON = mark("Your reason")
MOST_REASON = 500  # characters of a guess's reason

_LOAD = """
const memory = import(folder + "frontend/memory.js?v={version}");
"""
_DRAW = """
export default async function (component) {
  return (await memory).default(component);
}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """What was guessed and why; `value` is None where the learner went on without.

    A choice is one of `choices`, as it is kept.
    """

    value: object
    reason: str


def guesses_of(entry: Lesson, *, shared: bool = False) -> dict[int, Guess]:
    """Return this session's guesses of a lesson, by step.

    Args:
        entry: the lesson.
        shared: whether those of a class that looks at one screen, in place of a learner's own.
    """
    return _held("class" if shared else "guesses").setdefault(entry.name, {})


def notes_of(entry: Lesson) -> dict[str, str]:
    """Return what was written at the end of a lesson, by question."""
    return _held("notes").setdefault(entry.name, {})


def guess_keys(entry: Lesson, step: int) -> tuple[str, str]:
    """Return the keys of the controls that a guess and its reason are given with."""
    return f"guess {entry.name} {step}", f"guess {entry.name} {step} why"


def note_key(entry: Lesson, label: str) -> str:
    """Return the key of the control that a note is written with."""
    return f"{entry.name} {label}"


def holds(entry: Lesson) -> bool:
    """Say whether anything is kept of what a learner said."""
    return bool(guesses_of(entry) or _drafts(entry)) or any(notes_of(entry).values())


def recall(entry: Lesson, *, shared: bool) -> None:
    """Take in what the browser kept of a lesson; what this session holds has the last word."""
    kept = _mapping(_held("kept").pop((entry.name, shared), None))
    notes = _mapping(kept.get("notes"))
    for step, made in _read(entry, kept.get("guesses")):
        guesses_of(entry, shared=shared).setdefault(step, made)
    for step, draft in _read(entry, kept.get("drafts")) if not shared else ():
        key, why = guess_keys(entry, step)
        if step not in guesses_of(entry) and _draft(entry, step) is None:
            prediction, value = entry.steps[step].prediction, draft.value
            if value is not None and not isinstance(prediction, Line):
                number = isinstance(prediction, Number)  # JSON makes an integer of a whole one
                st.session_state[key] = float(value) if number else value  # type: ignore[arg-type]
            st.session_state[why] = draft.reason
    for label in (SEEN, DECIDED, REASON):  # others could be keys of other controls
        text = notes.get(label)
        if isinstance(text, str) and not notes_of(entry).get(label):
            st.session_state[note_key(entry, label)] = notes_of(entry)[label] = text[:MOST_WORDS]


def _read(entry: Lesson, sent: object) -> Iterator[tuple[int, Guess]]:
    """Read guesses by question, as a browser sends them, with their steps."""
    for step, one in enumerate(in_english(entry).steps):
        found = _mapping(sent).get(one.prediction.question) if one.prediction else None
        if one.prediction is None or not isinstance(found, Mapping):
            continue
        value, reason = found.get("value"), found.get("reason")
        if value is None or one.prediction.valid(value):
            told = reason[:MOST_REASON] if isinstance(reason, str) else ""
            yield step, Guess(value=value, reason=told)


def _draft(entry: Lesson, step: int) -> Guess | None:
    """Return what stands in the controls of a guess, without a line; None for nothing."""
    key, why = guess_keys(entry, step)
    drawn = isinstance(entry.steps[step].prediction, Line)
    value, reason = None if drawn else st.session_state.get(key), st.session_state.get(why)
    return Guess(value=value, reason=reason or "") if value is not None or reason else None


def _drafts(entry: Lesson) -> dict[int, Guess]:
    """Return the guesses that are begun and not made, by step."""
    made = guesses_of(entry)
    asked = (place for place, one in enumerate(entry.steps) if one.prediction is not None)
    found = {step: _draft(entry, step) for step in asked if step not in made}
    return {step: draft for step, draft in found.items() if draft is not None}


def _by_question(entry: Lesson, guesses: Mapping[int, Guess]) -> dict[str, dict[str, object]]:
    steps = in_english(entry).steps
    return {
        prediction.question: {"value": made.value, "reason": made.reason}
        for step, made in guesses.items()
        if (prediction := steps[step].prediction) is not None
    }


def keep(entry: Lesson, *, shared: bool) -> None:
    """Let the browser keep what this session holds of a lesson, and tell what it kept before."""
    serve_files()
    guesses = _by_question(entry, guesses_of(entry, shared=shared))
    notes = {} if shared else {label: text for label, text in notes_of(entry).items() if text}
    drafts = {} if shared else _by_question(entry, _drafts(entry))
    said = {"guesses": guesses, "notes": notes, "drafts": drafts}
    data = {
        "said": {entry.name: said} if any(said.values()) else {},
        "forgotten": {} if shared else _held("forgotten"),
        "heard": shared in _held("heard"),
        "tab": shared,
    }
    _MOUNT(key=KEY, data=json.dumps(data).encode(), height=1, on_kept_change=hear)


def forget(entry: Lesson) -> None:
    """Forget what a learner said in a lesson, in the browser too; a callback."""
    for label, text in notes_of(entry).items():
        if text:
            st.session_state[note_key(entry, label)] = ""  # what the control shows
    for step, one in enumerate(entry.steps):
        key, why = guess_keys(entry, step)
        if why in st.session_state:
            st.session_state[why] = ""
        if key in st.session_state and not isinstance(one.prediction, Line):
            st.session_state[key] = None
    for name in ("guesses", "notes"):
        _held(name).pop(entry.name, None)
    _held("kept").pop((entry.name, False), None)
    _held("forgotten")[uuid4().hex] = entry.name


def hear() -> None:
    """Take what the browser kept, before the run that follows; a browser may send anything."""
    text = st.session_state[KEY].get("kept")
    if not isinstance(text, str) or len(text) > MOST_KEPT:
        return
    try:
        found = _mapping(json.loads(text))
    except (ValueError, RecursionError):  # the second: nested too deeply
        return
    shared = found.get("tab") is True
    _held("heard")[shared] = True
    for lesson, said in _mapping(found.get("all")).items():
        _held("kept")[lesson, shared] = said


def _held(name: str) -> dict[Any, Any]:
    return st.session_state.setdefault(name, {})


def _mapping(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}


_MOUNT = component("tradeoffs_memory", js=loader(_LOAD) + _DRAW, isolate_styles=False)
