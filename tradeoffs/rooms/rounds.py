"""Rounds: what a room is asked, one thing at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import Line, Number, OneOf, Prediction
from tradeoffs.rooms.local_privacy import chances, largest_error
from tradeoffs.rooms.options import Options, limits, spans
from tradeoffs.rooms.round_texts import text

Kind = Literal["guess", "values", "point", "lines", "choice", "vote", "words"]
RULES = ("majority", "worst_off_first", "compromise")
EPSILONS = (0.5, 1.0, 2.0, 4.0)  # on offer in the vote on privacy
PEOPLE = 30  # of whom the vote on privacy says how well their guesses are known
EPSILON, NO_EPSILON = "epsilon", "none"  # names of that round, and of one of its choices
BASELINE, DO_NOT_BUILD = "baseline", "do_not_build"  # candidates of every vote
MOST_CANDIDATES = 7  # beside those two
POINTS = 100  # to divide
MOST_WORDS, MOST_ELSE = 280, 40  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """One question to everybody in a room.

    Attributes:
        name: unique in the room.
        kind: which form it has.
        title: two to five words.
        question: one or two sentences.
        asks: what the form offers, as JSON, by kind:

            - guess: `form` number (low, high, step, unit, label), choice (choices), or line (xs,
              low, high, unit, x_title, y_title).
            - values: `objectives`, each with name, title, and in words the worst and the best of
              this front: from, to.
            - point: `settings`, how many there are, and `same`, what all have in words.
            - lines: `objectives`, each with name, title, better, low, high, step, unit.
            - choice: `choices`, each with name, title, help.
            - vote: `candidates`, each with name, title, words, setting (None: no model), reasons;
              and `same`.
            - words: `most`, characters.
        source: lesson and step that it is of; empty where there is none.
        minutes: that the host's timer gives.
    """

    name: str
    kind: Kind
    title: str
    question: str
    asks: Mapping[str, Any]
    source: Mapping[str, str] = field(default_factory=dict)
    minutes: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return the round that `to_json` told of."""
        return cls(**stored)


def class_rounds(lesson: Lesson) -> tuple[Round, ...]:
    """Return a round for each step of a lesson that asks something before it shows its answer."""
    return tuple(
        Round(
            name=f"guess-{place + 1}",
            kind="guess",
            title=step.title,
            question=step.prediction.question,
            asks=_guess(step.prediction),
            source={"lesson": lesson.name, "step": str(place)},
            minutes=2.0 if isinstance(step.prediction, Line) else 1.0,
        )
        for place, step in enumerate(lesson.steps)
        if step.prediction is not None
    )


def workshop_rounds(options: Options) -> tuple[Round, ...]:
    """Return the rounds of a workshop: values, point, lines, rule, vote, words.

    The candidates of the vote follow from the answers before it: a room fills them in when it gets
    there.
    """
    rules = [
        {
            "name": name,
            "title": text(f"rule.{name}"),
            "help": text(f"rule.{name}.help"),
        }
        for name in RULES
    ]
    asks: dict[Kind, tuple[str, Mapping[str, Any], float]] = {
        "values": ("values", {"objectives": spans(options)}, 4),
        "point": ("point", {"settings": len(options.settings), "same": options.same}, 3),
        "lines": ("lines", {"objectives": limits(options)}, 4),
        "choice": ("rule", {"choices": rules}, 1),
        "vote": ("vote", {"candidates": [], "same": options.same}, 2),
        "words": ("words", {"most": MOST_WORDS}, 4),
    }
    return tuple(
        Round(
            name=name,
            kind=kind,
            title=text(f"{name}.title"),
            question=text(f"{name}.question"),
            asks=asked,
            minutes=minutes,
        )
        for kind, (name, asked, minutes) in asks.items()
    )


def epsilon_round(epsilons: Sequence[float] = EPSILONS) -> Round:
    """Return the vote on the epsilon at which guesses with choices are pooled afterwards."""
    choices = [
        {
            "name": NO_EPSILON,
            "title": text("epsilon.none"),
            "help": text("epsilon.none.help"),
        }
    ]
    for epsilon in epsilons:
        title = text("epsilon.some", epsilon=epsilon)
        told = text(
            "epsilon.some.help",
            kept=100 * chances(epsilon, 2)[0],
            people=PEOPLE,
            error=100 * largest_error(epsilon, PEOPLE),
        )
        choices.append({"name": f"{epsilon:g}", "title": title, "help": told})
    return Round(
        name=EPSILON,
        kind="choice",
        title=text("epsilon.title"),
        question=text("epsilon.question"),
        asks={"choices": choices},
    )


def _guess(asked: Prediction) -> dict[str, Any]:
    """Return what the form of a prediction offers."""
    if isinstance(asked, OneOf):
        return {"form": "choice", "choices": list(asked.choices)}
    if isinstance(asked, Number):
        names = ("low", "high", "step", "unit", "label")
        return {"form": "number"} | {name: getattr(asked, name) for name in names}
    if isinstance(asked, Line):
        names = ("low", "high", "unit", "x_title", "y_title")
        return {"form": "line", "xs": list(asked.xs)} | {
            name: getattr(asked, name) for name in names
        }
    raise TypeError(asked)
