"""Level: how much a lesson asks of its readers, in words."""

from tradeoffs.language.translation import say
from tradeoffs.lessons.lesson import Lesson

LEVELS = {
    "introductory": "introductory",
    "intermediate": "intermediate",
    "advanced": "advanced",
}


def level_text(entry: Lesson) -> str:
    """Return the level of a lesson in words."""
    return say(LEVELS.get(entry.level, entry.level))
