"""Names of lessons: those of the project, and folders of one's own."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import say

if TYPE_CHECKING:
    from tradeoffs.lessons.lesson import Lesson

NAMED = "lesson: `tradeoffs lessons list` lists them"
NAMED_OR_OWN = "lesson: `tradeoffs lessons list` lists them; or a folder of your own"
PLACES = "lessons, or folders of your own (default: all)"


def own_folder(name: str) -> Path | None:
    """Return the folder that a name is the path of; None where it names a lesson."""
    path = Path(name)
    return path.resolve() if len(path.parts) > 1 or path.is_dir() else None


def readable() -> "list[Lesson]":
    """Return the lessons; one that cannot be read is named in a line of its own."""
    from tradeoffs.lessons.catalogue import LESSONS

    found = []
    for name in LESSONS:
        try:
            found.append(LESSONS[name])
        except InvalidInput as refusal:
            told = say("{name}: cannot be read: {reason}", name=name, reason=str(refusal))
            sys.stderr.write(f"{told}\n")
    return found
