"""Guess: what a step asks before its answer is shown, with what it is compared with."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from tradeoffs.language.notation import semicolon_text
from tradeoffs.lessons.effect import Claim, Effect, Fact
from tradeoffs.lessons.lesson import Slider
from tradeoffs.lessons.measure import NEITHER
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, Prediction, Vote
from tradeoffs.lessons.schema import Guess, absent
from tradeoffs.lessons.step_question import Question
from tradeoffs.lessons.step_state import StepState

if TYPE_CHECKING:
    import pandas as pd


def prediction(question: Question, sliders: tuple[Slider, ...]) -> Prediction | None:
    """Return what is asked before the answer is shown; None where nothing is."""
    file, picture = question.folder.file, question.picture
    guess = file.steps[question.name].guess
    if guess is None:
        return None
    part = question.section.parts["guess"]

    def about(state: StepState) -> str:
        return semicolon_text(one.titled(state[one.name]) for one in sliders)

    asked: dict[str, Any] = {"question": part.text, "about": about}
    words = {name: text for name, text in part.items.items() if name in part.lines}
    if guess.kind == "vote":
        told = {words[name]: question.claim(one) for name, one in guess.outcome.items()}
        choices = tuple(words[name] for name in guess.options)
        return Vote(choices=choices, outcome=partial(_outcome, told), **asked)
    measure = guess.measure or ""
    if guess.kind == "choice":
        order = guess.options or file.measures[measure].among
        choices = tuple(words[name] for name in order)
        return Choice(choices=choices, of=partial(_chosen, question, guess, words), **asked)
    asked |= {"unit": file.measures[measure].unit}
    if guess.kind == "direction":
        choices = (words["less"], words["same"], words["more"])
        return Direction(choices=choices, of=partial(question.effect, measure), **asked)
    asked |= {"low": guess.low, "high": guess.high}
    if guess.kind == "number":
        return Number(step=guess.step, of=partial(question.effect, measure), **asked)
    along = guess.along or ""
    return Line(
        xs=tuple(picture.names.short(along, absent(value)) for value in guess.values),
        of=partial(_along, question, guess),
        x_title=picture.x or picture.names.title(along),
        y_title=picture.value_title,
        **asked,
    )


def _outcome(
    told: Mapping[str, Claim | Fact], table: "pd.DataFrame", state: StepState, vote: str
) -> str:
    return told[vote].describe(told[vote].of(table, state)) if vote in told else ""


def _chosen(
    question: Question,
    guess: Guess,
    words: Mapping[str, str],
    table: "pd.DataFrame",
    state: StepState,
) -> str | None:
    """Return the words of what came first; None where it is open."""
    measure = question.folder.file.measures[guess.measure or ""]
    reading = question.reading(table, state)
    if measure.kind == "count":
        count = reading.effect(guess.measure or "")
        names = dict(enumerate(guess.options))
        return None if count is None else words.get(names.get(round(count.value), ""))
    found = reading.first(guess.measure or "")
    if measure.is_choice and guess.options:
        among = (*measure.among, NEITHER)
        found = dict(zip(among, guess.options, strict=False)).get(str(found))
    return None if found is None else words.get(found)


def _along(
    question: Question, guess: Guess, table: "pd.DataFrame", state: StepState
) -> list[Effect | None]:
    """Return a measure at each place of a line."""
    reading = question.reading(table, state)
    places = [reading.at(guess.along or "", absent(value)) for value in guess.values]
    return [one.effect(guess.measure or "") for one in places]
