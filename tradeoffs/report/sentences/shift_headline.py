"""Sentences on what shifts change most in people, and whether what they declare came true."""

import numpy as np

from tradeoffs.data.codebook_words import word
from tradeoffs.data.distribution import Distribution
from tradeoffs.data.shifts.catalogue import title_of
from tradeoffs.data.shifts.compose import TRAINING
from tradeoffs.data.shifts.diagnostics import DIAGNOSTICS
from tradeoffs.experiments.shift_diagnostics import DeclaredDiagnostic, ShiftDiagnostics
from tradeoffs.language.notation import quote
from tradeoffs.language.translation import say, translate
from tradeoffs.report.sentences.sentence import Sentence, Values, first
from tradeoffs.report.text import percent

HEADLINE = (
    Sentence(
        name="answers change",
        when=lambda counted: counted == "answers changed",
        text="With {how}, the recorded answer of {share:percent} of people changes.",
    ),
    Sentence(
        name="features change",
        when=lambda counted: counted == "features changed",
        text="With {how}, a feature of {share:percent} of people changes.",
    ),
    Sentence(
        name="groups change",
        when=lambda counted: counted == "membership changed",
        text="With {how}, {share:percent} of people are in another group.",
    ),
    Sentence(
        name="rows repeat",
        when=lambda counted: counted == "rows repeated",
        text="With {how}, {share:percent} of the rows repeat a person who is already there.",
    ),
    Sentence(
        name="shares change",
        when=lambda was, now: was != now,
        text="With {how}, “{value}” ({column}) goes from {was:percent} to {now:percent} of people.",
    ),
    Sentence(name="nothing changes", text="With {how}, no share of people changes."),
)
DECLARED = (
    Sentence(
        name="as declared",
        when=lambda broken: not broken,
        text="What should move has moved; what should stay cannot be told apart from before.",
    ),
    Sentence(name="not as declared", text="Not as declared: {broken}."),
)


def headline(moved: ShiftDiagnostics) -> str:
    """Return what the shifts change most, in a sentence."""
    return first(HEADLINE, _values(moved))[0].text


def declared_sentence(moved: ShiftDiagnostics) -> str:
    """Return whether what the shifts declare came true."""
    broken = [DIAGNOSTICS[p.found.name].title for p in moved.parts if p.kept is False]
    return first(DECLARED, {"broken": ", ".join(broken)})[0].text


def verdict(part: DeclaredDiagnostic) -> str:
    """Return in a few words what is declared of a diagnostic and what was found."""
    return translate(VERDICTS[part.declared, part.says])


VERDICTS = {
    ("moves", "moved"): "✓ should move, and does",
    ("moves", "not told apart"): "✗ should move, and cannot be told apart from before",
    ("moves", "unchanged"): "✗ should move, and does not",
    ("stays", "moved"): "✗ should stay, and moves",
    ("stays", "not told apart"): "✓ should stay, and cannot be told apart from before",
    ("stays", "unchanged"): "✓ should stay, and does",
    ("", "moved"): "moves",
    ("", "not told apart"): "cannot be told apart from before",
    ("", "unchanged"): "stays",
}


def _values(moved: ShiftDiagnostics) -> Values:
    each = [f"{quote(title_of(name))} ({percent(t, 0)})" for name, t in moved.shifts]
    how = say(", then ").join(each)
    if moved.side == TRAINING:
        how = say("{shifts} in training", shifts=how)
    counted = moved.parts[0].found if moved.parts[0].found.p is None else None
    shares = [moved.groups, _everybody(moved.outcomes), *moved.marks]
    column, value, was, now = _largest([*shares, *(one.shares for one in moved.features)])
    return {
        "how": how,
        "counted": counted and counted.name,
        "share": counted and counted.value,
        "column": column,
        "value": value,
        "was": was,
        "now": now,
    }


def _everybody(outcomes: Distribution) -> Distribution:
    """Return the outcomes of everybody, the answer in the place of the people."""
    return Distribution(
        title=translate("outcome"),
        values=(outcomes.title,),
        parts=outcomes.parts,
        shares=outcomes.shares[:1],
        low=outcomes.low[:1],
        high=outcomes.high[:1],
    )


def _largest(among: list[Distribution]) -> tuple[str, str, float, float]:
    """Return the column and value whose share changes most, and both shares."""
    found = []
    for one in among:
        change = np.abs(np.nan_to_num(one.shares[:, 1] - one.shares[:, 0]))
        place = int(change.argmax())
        found.append((float(change[place]), one, place))
    _, one, place = max(found, key=lambda row: row[0])
    was, now = one.shares[place]
    return word(one.title), word(one.values[place]), float(was), float(now)
