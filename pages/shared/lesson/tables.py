"""Tables: whether what a lesson shows is on offer here."""

from tradeoffs.data.catalogue import available_datasets
from tradeoffs.language.notation import list_text
from tradeoffs.language.translation import say
from tradeoffs.lessons.lesson import Lesson


def missing_tables(lesson: Lesson) -> str:
    """Return which of a lesson's tables are not on offer here, in words; empty if all are."""
    here = {entry.name for entry in available_datasets()}
    absent = [name for name in lesson.tables if name not in here]
    if not absent:
        return ""
    return say("Not available here: its table {tables} is not offered.", tables=list_text(absent))
