"""Choices: kept by their English words, so that they are the same in every language."""

from tradeoffs.language.current import ENGLISH, in_language, is_english
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import OneOf


def in_english(entry: Lesson) -> Lesson:
    """Return a lesson as it was written, for what is kept of it and shown to nobody."""
    if is_english():
        return entry
    with in_language(ENGLISH):
        return LESSONS[entry.name]


def choices(entry: Lesson, step: int) -> dict[str, str]:
    """Return what may be chosen at a step, in the words of the lesson, by what is kept of it."""
    kept, shown = in_english(entry).steps[step].prediction, entry.steps[step].prediction
    if not isinstance(kept, OneOf) or not isinstance(shown, OneOf):
        return {}
    return dict(zip(kept.choices, shown.choices, strict=True))


def answers(entry: Lesson) -> dict[str, str]:
    """Return what a learner can decide at the end, in the words of the lesson, as `choices`."""
    with in_language(ENGLISH):
        kept = LESSONS[entry.name].answers
    return dict(zip(kept, entry.answers, strict=True))
