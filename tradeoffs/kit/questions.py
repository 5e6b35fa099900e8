"""Questions: a bank of them for a lesson, whose right answers are what its models answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tradeoffs.kit.openings import StepAnswer, openings
from tradeoffs.kit.words import Words
from tradeoffs.language.notation import labelled
from tradeoffs.lessons.effect import Claim, unit_name, unit_of
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, Vote

Kind = Literal["choice", "number", "essay"]
DIGITS = 6  # significant ones, of a number that is accepted


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question of a bank.

    Attributes:
        name: unique in the bank: letters, digits and "-".
        title: short, for lists.
        kind: how it is answered.
        text: what is asked.
        choices: of a choice.
        right: place of the right one of them, from 0.
        value: the right number.
        accepted: lowest and highest number that counts as right.
        after: what is said once it is answered; of an essay, what to look for.
    """

    name: str
    title: str
    kind: Kind
    text: str
    choices: tuple[str, ...] = ()
    right: int = 0
    value: float = 0.0
    accepted: tuple[float, float] = (0.0, 0.0)
    after: str = ""


def questions(entry: Lesson, say: Words) -> list[Question]:
    """Return the bank of a lesson: what its steps ask, what its models said, what it discusses.

    Raises:
        InvalidInput: the answer of a step is not shipped.
    """
    found = [one for step in openings(entry) for one in (*_asked(step, say), *_said(step, say))]
    for number, text in enumerate(entry.discuss, 1):
        name = f"discuss-{number}"
        asked = say("questions", "discuss", question=_plain(text))
        found.append(_essay(name, labelled(entry.title, number), asked, say))
    return found


def _asked(one: StepAnswer, say: Words) -> Iterator[Question]:
    """Yield what a step asks before its answer is shown, as far as that can be told."""
    asked, name = one.step.prediction, f"step-{one.place + 1}-guess"
    if isinstance(asked, Vote):
        yield _essay(name, one.step.title, say("questions", "vote", question=asked.question), say)
    elif isinstance(asked, Direction):
        yield from _direction(one, asked, name, say)
    elif isinstance(asked, Choice):
        found = asked.of(one.table, one.setting)
        choices = (*asked.choices, say("questions", "untold"))
        right = len(asked.choices) if found is None else choices.index(found)
        yield _choice(one, name, _direct(asked.question, say), choices, right)
    elif isinstance(asked, Number):
        found = asked.of(one.table, one.setting)
        if found is not None:
            value = found.value * unit_of(asked.unit)[0]
            text = _numeric(asked.question, asked.unit, say)
            yield _number(one, name, text, value, asked.accepted(found))
    elif isinstance(asked, Line):
        yield from _places(one, asked, name, say)


def _direction(one: StepAnswer, asked: Direction, name: str, say: Words) -> Iterator[Question]:
    """Yield which way something goes; where an interval holds zero, nobody can tell."""
    found = asked.of(one.table, one.setting)
    if found is None:
        return
    less, same, more = asked.choices
    untold = not found.sign and found.low < found.high
    exact = found.low == found.high == 0
    middle = same if exact and not untold else say("questions", "untold")
    yield _choice(one, name, _direct(asked.question, say), (less, middle, more), found.sign + 1)


def _places(one: StepAnswer, asked: Line, name: str, say: Words) -> Iterator[Question]:
    """Yield a question for each place of a line where something was measured."""
    found = asked.of(one.table, one.setting)
    for number, (x, effect) in enumerate(zip(asked.xs, found, strict=True), 1):
        if effect is not None:
            text = say("questions", "line", question=asked.question, x=x)
            value = effect.value * asked.factor
            yield _number(one, f"{name}-{number}", text, value, asked.accepted(effect))


def _said(one: StepAnswer, say: Words) -> Iterator[Question]:
    """Yield which of three sentences the models showed, for each that has three."""
    for number, claim in enumerate(one.step.claims, 1):
        found = claim.of(one.table, one.setting)
        if not isinstance(claim, Claim) or found is None:
            continue
        ways = claim.ways(found)
        if len(set(ways.values())) == len(ways):
            text = say("questions", "sentence", title=one.step.title)
            name, right = f"step-{one.place + 1}-sentence-{number}", list(ways).index(found.sign)
            after = claim.describe(found)
            yield _choice(one, name, text, tuple(ways.values()), right, after)


def _choice(
    one: StepAnswer, name: str, text: str, choices: Sequence[str], right: int, after: str = ""
) -> Question:
    return Question(
        name=name,
        title=one.step.title,
        kind="choice",
        text=_plain(text),
        choices=tuple(map(_plain, choices)),
        right=right,
        after=_plain(after or " ".join(one.sentences)),
    )


def _number(
    one: StepAnswer, name: str, text: str, value: float, accepted: tuple[float, float]
) -> Question:
    low, high = (float(f"{end:.{DIGITS}g}") for end in accepted)
    return Question(
        name=name,
        title=one.step.title,
        kind="number",
        text=_plain(text),
        value=float(f"{value:.{DIGITS}g}"),
        accepted=(low, high),
        after=_plain(" ".join(one.sentences)),
    )


def _essay(name: str, title: str, text: str, say: Words) -> Question:
    marks = say("questions", "marks")
    return Question(name=name, title=title, kind="essay", text=_plain(text), after=marks)


def _direct(question: str, say: Words) -> str:
    return say("questions", "direction", question=question)


def _numeric(question: str, unit: str, say: Words) -> str:
    """Return a question for a number, with its unit if it has one."""
    name = "number" if unit else "bare number"
    return say("questions", name, question=question, unit=unit_name(unit))


def _plain(text: str) -> str:
    """Return Markdown of a lesson as plain text in one line."""
    return " ".join(text.replace("**", "").replace("*", "").split())
