"""What a lesson says as it opens does not change unless it is meant to."""

import difflib
import io
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tradeoffs.cli import main
from tradeoffs.lessons.catalogue import LESSONS

EXPECTED = Path(__file__).parent / "lessons"


def told(name):
    """Return what a lesson says."""
    found = io.StringIO()
    with redirect_stdout(found):
        assert main(["lessons", "tell", name]) == 0
    return found.getvalue()


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_says_what_it_said(name):
    lines = difflib.unified_diff(
        (EXPECTED / f"{name}.txt").read_text().splitlines(),
        told(name).splitlines(),
        "expected",
        "found",
        lineterm="",
        n=0,
    )
    assert not (changed := list(lines)), "\n".join(changed)


if __name__ == "__main__":
    for one in sys.argv[1:] or LESSONS:
        (EXPECTED / f"{LESSONS[one].name}.txt").write_text(told(one))
