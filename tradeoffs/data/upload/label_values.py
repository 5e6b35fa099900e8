"""Answers: which values of the label are favourable, unfavourable or left out, as was stated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tradeoffs.data.label import Label
from tradeoffs.data.upload.options import BETWEEN, Choices, Question
from tradeoffs.data.upload.profile import is_amount
from tradeoffs.data.upload.sanitize import count_text, plain
from tradeoffs.data.upload.sheet import LARGEST_NUMBER, Column, clean, list_text
from tradeoffs.errors import InvalidInput
from tradeoffs.fields import SMALLEST_ROWS
from tradeoffs.language.translation import mark
from tradeoffs.messages.message import Message

FEWEST_ANSWERS = 10  # of yes and of no
FEWEST_TESTED = 60  # people to choose by and to report on
AT_LEAST = ">="
NO_VALUE = mark("no value")
MOST_SHOWN = 8  # answers in a message
Taken = Literal["favourable", "unfavourable", "left out"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A value of the label, how many rows have it, and what it counts as.

    Attributes:
        value: in plain words; None for rows without a value.
        rows: number of rows.
        taken: what it counts as.
    """

    value: str | None
    rows: int
    taken: Taken


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Answers:
    """The label of every row.

    Attributes:
        values: 1 where favourable, 0 where unfavourable, NaN where left out; float64 (rows,).
        yes: the favourable answer in words.
        no: the unfavourable one.
        listed: every value, the most frequent first; of a number cut by ">=N" the two sides.
    """

    values: np.ndarray
    yes: str
    no: str
    listed: tuple[Answer, ...]

    @property
    def left_out(self) -> tuple[Answer, ...]:
        """What is left out."""
        return tuple(one for one in self.listed if one.taken == "left out")


def answers(column: Column, choices: Choices) -> Answers:
    """Return what was stated of a label; nothing is preset.

    A value that stands in the column is taken as a value, before ">=N" is read as a bound.

    Raises:
        Question: it has more than two values and those that are unfavourable are not stated.
        InvalidInput: a value does not stand in the column, or in both lists.
    """
    if not choices.favourable:
        raise _asked(column, "favourable")
    first = choices.favourable[0].strip()
    known = clean(first) in column.counts or column.spelled(first) in column.counts
    bound = first.startswith(AT_LEAST) or (column.is_number and first[:1] in ("<", ">"))
    if bound and len(choices.favourable) == 1 and not known:
        return _cut(column, first)
    yes = _values(column, choices.favourable, "favourable")
    no = _values(column, choices.unfavourable, "unfavourable")
    both = set(yes) & set(no)
    if both:
        raise InvalidInput("favourable_and_unfavourable", value=plain(both.pop()))
    others = [value for value, _ in column.counts.most_common() if value not in yes]
    if not no:
        if len(others) > 1:
            raise _asked(column, "unfavourable")
        no = others
    return _listed(column, yes, no)


def _values(column: Column, stated: Sequence[str], what: str) -> list[str]:
    """Return values of the column, the most frequent first; "A|B" names two unless it is one."""
    found = set()
    for text in stated:
        whole = clean(text) in column.counts or BETWEEN not in text
        found |= {
            list_text(column, one, what) for one in ((text,) if whole else text.split(BETWEEN))
        }
    return [value for value, _ in column.counts.most_common() if value in found]


def _listed(column: Column, yes: Sequence[str], no: Sequence[str]) -> Answers:
    taken: dict[str, Taken] = dict.fromkeys(yes, "favourable")
    taken |= dict.fromkeys(no, "unfavourable")
    worth = {"favourable": 1.0, "unfavourable": 0.0}
    of_value = [worth.get(taken.get(value, "left out"), np.nan) for value in column.values]
    found = [
        Answer(value=plain(value) or "blank", rows=n, taken=taken.get(value, "left out"))
        for value, n in column.counts.most_common()
    ]
    return Answers(
        values=np.array([*of_value, np.nan])[column.codes],
        yes=_joined(yes),
        no=_joined(no),
        listed=(*found, *_unknown(column)),
    )


def _cut(column: Column, wanted: str) -> Answers:
    """Return the answers of a number: favourable from a bound on."""
    bound = _bound(wanted)
    values = column.numbers()
    found = np.where(np.isnan(values), np.nan, values >= bound)
    yes, no = f"{bound:.15g} or more", f"under {bound:.15g}"
    sides = (
        Answer(value=yes, rows=int((found == 1).sum()), taken="favourable"),
        Answer(value=no, rows=int((found == 0).sum()), taken="unfavourable"),
    )
    return Answers(values=found, yes=yes, no=no, listed=(*sides, *_unknown(column)))


def _unknown(column: Column) -> tuple[Answer, ...]:
    missing = column.missing
    return (Answer(value=None, rows=missing, taken="left out"),) if missing else ()


def _joined(values: Sequence[str]) -> str:
    return plain(" or ".join(plain(value) or "blank" for value in values)) or "nothing"


def _asked(column: Column, option: str) -> Question:
    """Return the question which answers are favourable, with the answers and their counts."""
    found = column.counts.most_common()
    choices = tuple(value for value, _ in found)
    label = plain(column.title, 30)
    answers = tuple(Message("value_in_rows", value=plain(value, 20), rows=n) for value, n in found)
    if option == "unfavourable":
        return Question(
            "ask_unfavourable", label=label, answers=answers, option=option, choices=choices
        )
    if is_amount(column):
        return Question(
            "ask_favourable_or_bound",
            label=label,
            answers=answers,
            sign=AT_LEAST,
            option=option,
            choices=choices,
        )
    return Question("ask_favourable", label=label, answers=answers, option=option, choices=choices)


def _bound(wanted: str) -> float:
    try:
        bound = float(wanted.removeprefix(AT_LEAST))
    except ValueError:
        bound = np.nan
    if not abs(bound) <= LARGEST_NUMBER:
        raise InvalidInput(
            "favourable_not_a_bound", favourable=plain(wanted), sign=AT_LEAST, most=LARGEST_NUMBER
        )
    return bound


def label(column: Column, found: Answers, train: int, test: int) -> Label:
    """Return the label of a codebook.

    Args:
        column: that holds it.
        found: its answers.
        train: rows that are drawn for training.
        test: rows that are drawn for testing.

    Raises:
        InvalidInput: too few rows have one answer or another, or are known at all.
    """
    known = found.values[~np.isnan(found.values)]
    yes = int(known.sum())
    if min(yes, len(known) - yes) < FEWEST_ANSWERS:
        raise InvalidInput(
            "too_few_answers", column=column.title, yes=yes, rows=len(known), least=FEWEST_ANSWERS
        )
    if train < SMALLEST_ROWS or test < FEWEST_TESTED:
        raise InvalidInput(
            "too_few_known_answers",
            column=column.title,
            rows=len(known),
            train=train,
            test=test,
            least_train=SMALLEST_ROWS,
            least_test=FEWEST_TESTED,
        )
    left = [f"{one.value or NO_VALUE} ({count_text(one.rows, 'row')})" for one in found.left_out]
    if len(left) > MOST_SHOWN:
        left[MOST_SHOWN:] = [f"{len(left) - MOST_SHOWN:,} others"]
    return Label(
        name=column.name,
        title=f"{column.title}: {found.yes}",
        question=f"What is “{column.title}”: {found.yes}, or {found.no}?",
        positive=found.yes,
        negative=found.no,
        favourable="positive",
        derivation=f"counted as yes: {found.yes}; as no: {found.no}; "
        f"left out: {', '.join(left) or 'nothing'}",
        column=column.name,
        train_rows=train,
        test_rows=test,
    )
