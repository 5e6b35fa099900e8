"""Plan: the minutes of a lesson in a class, for 20, 50 or 90 of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tradeoffs.kit.words import Words
from tradeoffs.language.notation import semicolon_text
from tradeoffs.lessons.lesson import Lesson

LENGTHS = (20, 50, 90)  # minutes
STEPS = {20: 2, 50: 5, 90: 6}  # at most; later ones are left to learners alone
SHARES = {  # minutes of what is no step; the steps share the rest
    20: {"open": 2, "end": 5},
    50: {"open": 4, "discuss": 8, "end": 6},
    90: {"open": 6, "cards": 18, "discuss": 14, "quiz": 8, "end": 8},
}
MOST_ASKED = 2  # questions to talk about, where there is little time


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Some minutes of a plan.

    Attributes:
        start: minute it begins at, from 0.
        end: minute it ends at.
        title: what it is.
        how: what the teacher does.
    """

    start: int
    end: int
    title: str
    how: str


def plan(entry: Lesson, minutes: int, say: Words) -> list[Part]:
    """Return the parts of a lesson that takes so many minutes, which they fill.

    Args:
        entry: the lesson.
        minutes: one of LENGTHS.
        say: the words.
    """
    own, count = SHARES[minutes], min(STEPS[minutes], len(entry.steps))
    steps = equal_parts(minutes - sum(own.values()), count)
    rows = [(own["open"], *_shared("open", entry, minutes, say))]
    rows += [(time, *_step(entry, place, say)) for place, time in enumerate(steps)]
    rows += [
        (time, *_shared(name, entry, minutes, say)) for name, time in own.items() if name != "open"
    ]
    found, now = [], 0
    for time, title, how in rows:
        found.append(Part(start=now, end=now + time, title=title, how=how))
        now += time
    return found


def equal_parts(whole: int, parts: int) -> list[int]:
    """Return a whole in parts that differ by one at most, the larger ones first.

    >>> equal_parts(13, 3)
    [5, 4, 4]
    """
    least, left = divmod(whole, parts)
    return [least + (place < left) for place in range(parts)]


def _shared(name: str, entry: Lesson, minutes: int, say: Words) -> tuple[str, str]:
    """Return title and words of a part that every lesson has."""
    asked: Sequence[str] = entry.discuss if minutes > LENGTHS[0] else entry.discuss[:MOST_ASKED]
    values = {
        "role": entry.role,
        "question": entry.question,
        "questions": " ".join(asked),
        "answers": semicolon_text(entry.answers),
    }
    return say("plan", name), say("plan", f"{name} how", **values)


def _step(entry: Lesson, place: int, say: Words) -> tuple[str, str]:
    step = entry.steps[place]
    guess = step.prediction.question if step.prediction else ""
    controls = semicolon_text(slider.title for slider in step.sliders)
    name = "step how more" if step.sliders else "step how"
    how = say("plan", name, guess=guess, controls=controls, look=step.look)
    return say("plan", "step", place=place + 1, title=step.title), how.strip()
