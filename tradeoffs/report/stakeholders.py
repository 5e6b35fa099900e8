"""Stakeholders: who has something at stake in a decision, each with what the numbers mean to them.

A card says who somebody is and what is measured of people like them; it asks, and does not say what
they ought to want.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tradeoffs.data.codebook_words import word
from tradeoffs.experiments.designs import baseline
from tradeoffs.fronts import ACCURACY, EXPLAINABILITY
from tradeoffs.fronts.replicates import REPORT
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say
from tradeoffs.report.alternatives import Alternatives
from tradeoffs.report.sentences.sentence import Sentence, first
from tradeoffs.report.sentences.value_text import with_range
from tradeoffs.report.titles import attribute, favourable_answer, label, units
from tradeoffs.results import configuration
from tradeoffs.stats.interval import estimate
from tradeoffs.values.preferences.utility import PERSON, UtilityMatrix, expected_utility
from tradeoffs.values.privacy.interpretation import describe_epsilon

MOST_GROUPS = 4  # that have a card: the smallest and the largest ones
WRONG = UtilityMatrix(true_positive=0.0, false_positive=1.0, false_negative=1.0)
SIZE = Sentence(
    name="size of a group",
    text="{people:count} of the {units} that models are measured on are in this group, {share} %.",
)
ANSWER = (
    Sentence(
        name="answers now and before",
        when=lambda same: not same,
        text=(
            "Of 1,000 of you, {now} get the answer “{answer}” at the setting of this room; without "
            "constraint and privacy, {before} do."
        ),
    ),
    Sentence(
        name="answers now",
        text="Of 1,000 of you, {now} get the answer “{answer}” at the setting of this room.",
    ),
)
ERRORS = Sentence(
    name="errors in a group",
    text="For {wrong} of 1,000 of you, the prediction is wrong.",
)
CORRECT = (
    Sentence(
        name="accuracy now and before",
        when=lambda same: not same,
        text=(
            "Accuracy is {now} at the setting of this room; without constraint and privacy, it is "
            "{before}."
        ),
    ),
    Sentence(name="accuracy now", text="Accuracy is {now} at the setting of this room."),
)
CONSTANT = Sentence(
    name="one prediction for everybody",
    text="One prediction for everybody would be correct for {constant:percent} of people.",
)
EXPLAINED = Sentence(
    name="fidelity on a card",
    text=(
        "A tree of three questions has a fidelity of {now} at the setting of the room. 100 % means "
        "that it says the same as the model for everybody, 0 % that it does no better than naming "
        "the model's most frequent prediction for everybody."
    ),
)


def asks() -> tuple[str, ...]:
    """Return what is asked of everybody."""
    return (
        say("Which of the numbers matter most to you, and why?"),
        say("What would you not accept, whatever else it brought?"),
        say("Who else would have to be asked before anything is decided?"),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Stakeholder:
    """Somebody whom a decision concerns.

    Attributes:
        title: who they are, in a few words; a name for a table of a room.
        about: why they are concerned, in a sentence.
        numbers: sentences with what is measured.
        asks: questions to them.
    """

    title: str
    about: str
    numbers: Sequence[str]
    asks: Sequence[str] = field(default_factory=asks)

    def to_json(self) -> dict[str, Any]:
        """Return the card as JSON has it."""
        return {
            "title": self.title,
            "about": self.about,
            "numbers": list(self.numbers),
            "asks": list(self.asks),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Stakeholder":
        """Return the card that `to_json` told of."""
        return cls(**told)


def stakeholders(among: Alternatives) -> tuple[Stakeholder, ...]:
    """Return the groups that are decided about, and three others, with what is measured for each.

    Args:
        among: the setting of the room, and what else there is to choose from.
    """
    return (*_groups(among), _decider(among), _recorded(among), _explainer(among))


def _groups(among: Alternatives) -> Iterator[Stakeholder]:
    """Yield a card for the groups, of many the two smallest and the two largest."""
    every = np.argsort(among.sizes, kind="stable")
    if len(every) > MOST_GROUPS:
        every = np.concatenate([every[: MOST_GROUPS // 2], every[-(MOST_GROUPS // 2) :]])
    for place in map(int, np.sort(every)):
        name = word(str(among.groups[place]))
        yield Stakeholder(
            title=name,
            about=say(
                "You are decided about. By {attribute}, you are in the group “{group}”. The "
                "question about you: {question}",
                attribute=attribute(among.here),
                group=name,
                question=label(among.here).question,
            ),
            numbers=_numbers_of(among, place),
        )


def _numbers_of(among: Alternatives, group: int) -> list[str]:
    share = localise(f"{100 * among.people[group] / among.people.sum():.1f}")
    values = {"people": int(among.people[group]), "share": share}
    found = first([SIZE], values | {"units": units(among.here.dataset)})
    if among.now is None:
        return [one.text for one in found]
    before = _baseline(among)
    rates = {
        "now": _of_thousand(among, PERSON, among.now, group),
        "before": None if before is None else _of_thousand(among, PERSON, before, group),
        "same": before == among.now,
        "answer": favourable_answer(among.here),
    }
    wrong = {"wrong": _of_thousand(among, WRONG, among.now, group)}
    return [one.text for one in (*found, *first(ANSWER, rates), *first([ERRORS], wrong))]


def _decider(among: Alternatives) -> Stakeholder:
    place = among.places([ACCURACY.name])[0]
    values = _here_and_before(among, place)
    constant = {"constant": among.objectives[place].reference}
    numbers = (*first(CORRECT, values), *first([CONSTANT], constant))
    return Stakeholder(
        title=say("Who decides"),
        about=say("You use the model's predictions to decide, and answer for the decisions."),
        numbers=[one.text for one in numbers],
    )


def _recorded(among: Alternatives) -> Stakeholder:
    here = among.here
    bound = float("inf") if here.epsilon is None else here.epsilon
    return Stakeholder(
        title=say("Whose records are used"),
        about=say(
            "Your record is one of {rows:,} that the model learns from. It may never decide about "
            "you.",
            rows=here.rows,
        ),
        numbers=[describe_epsilon(bound if here.mechanism != "clip_only" else float("inf"))],
    )


def _explainer(among: Alternatives) -> Stakeholder:
    places = among.places([EXPLAINABILITY.name])
    values = _here_and_before(among, places[0]) if places else {}
    return Stakeholder(
        title=say("Who has to explain"),
        about=say("People ask you why the model predicts what it does, and you have to tell them."),
        numbers=[one.text for one in first([EXPLAINED], values)],
    )


def _here_and_before(among: Alternatives, place: int) -> dict[str, object]:
    """Return an objective at the setting of the room and at the untouched model, in words."""
    one, before = among.objectives[place], _baseline(among)
    rows = {"now": among.now, "before": before}
    told: dict[str, object] = {
        name: with_range(one, among.intervals[row, place].tolist())
        for name, row in rows.items()
        if row is not None and not np.isnan(among.intervals[row, place, 0])
    }
    return told | {"same": before == among.now}


def _baseline(among: Alternatives) -> int | None:
    """Return the row of the setting without constraint and privacy."""
    key = configuration(baseline(among.here))
    rows = (row for row, one in enumerate(among.settings) if configuration(one) == key)
    return next(rows, None)


def _of_thousand(among: Alternatives, matrix: UtilityMatrix, row: int, group: int) -> str | None:
    """Return how many of 1,000 people of a group, with the interval over seeds; None if unknown."""
    by_seed = expected_utility(among.shares[REPORT, row], matrix)[:, group]
    known = by_seed[among.present[row] & np.isfinite(by_seed)]
    if not len(known):
        return None
    found = estimate(1000 * known)
    if found.interval is None:
        return f"{found.mean:.0f}"
    low, high = (min(max(end, 0.0), 1000.0) for end in found.interval)
    return say("{value:.0f} ({low:.0f} to {high:.0f})", value=found.mean, low=low, high=high)
