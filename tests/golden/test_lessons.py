"""What every lesson says as it opens does not change unless it is meant to."""

import difflib
import io
from contextlib import redirect_stdout
from pathlib import Path

from tradeoffs.cli import main
from tradeoffs.lessons.catalogue import LESSONS

EXPECTED = Path(__file__).parent / "lessons.txt"


def told() -> str:
    """Return what all lessons say."""
    found = io.StringIO()
    with redirect_stdout(found):
        for name in LESSONS:
            assert main(["lessons", "tell", name]) == 0
    return found.getvalue()


def test_the_lessons_say_what_they_said():
    lines = difflib.unified_diff(
        EXPECTED.read_text().splitlines(),
        told().splitlines(),
        "expected",
        "found",
        lineterm="",
        n=0,
    )
    assert not (changed := list(lines)), "\n".join(changed)


if __name__ == "__main__":
    EXPECTED.write_text(told())
