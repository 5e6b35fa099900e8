"""Tables: whether what a lesson shows is on offer here."""

from tradeoffs.data.catalogue import available_datasets
from tradeoffs.lessons.lesson import Lesson


def missing_tables(lesson: Lesson) -> str:
    """Return which of a lesson's tables are not on offer here, in words; empty if all are."""
    here = {entry.name for entry in available_datasets()}
    absent = [name for name in lesson.tables if name not in here]
    return f"Not available here: its table {' and '.join(absent)} is not offered." if absent else ""
