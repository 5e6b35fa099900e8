"""About a table: how many there are of each group, place and time, and how many of them are yes.

Counted before any metric: what is not in a table, no model of it can show.
"""

from dataclasses import dataclass

import numpy as np

from tradeoffs.data.coding import Grouping
from tradeoffs.data.encoded import MARKS, Encoded
from tradeoffs.data.label import UNDEFINED, YES
from tradeoffs.language.notation import percent_text
from tradeoffs.language.translation import mark, say
from tradeoffs.stats.proportions import SMALLEST_CELL, weighted_share, wilson

EVERYBODY = mark("everybody")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stratum:
    """A part of a table.

    Attributes:
        by: title of the attribute, place or time; EVERYBODY for the whole.
        group: its name.
        rows: number of rows.
        answered: rows with an answer to the label.
        train: rows of the training file among these.
        rate: share of yes among the answered, with survey weights if the table has them; None where
            the answered are fewer than SMALLEST_CELL.
        interval: 95 % of it, after Wilson 1927, J. Am. Stat. Assoc. 22; None as `rate`.  With
            weights it is of the number of people who would leave as much open.
    """

    by: str
    group: str
    rows: int
    answered: int
    train: int
    rate: float | None
    interval: tuple[float, float] | None


def strata(whole: Encoded, label: str) -> list[Stratum]:
    """Return the whole and its parts: by attribute, by place, by time, in that order.

    Raises:
        InvalidInput: the label is unknown.
    """
    book = whole.book
    answers = whole.labels[book.label(label).name]
    parts = [_part(whole, answers, EVERYBODY, EVERYBODY, np.ones(len(answers), np.bool_))]
    cuts: list[tuple[Grouping, np.ndarray]] = [(p, whole.groups[p.name]) for p in book.protected]
    for name in MARKS:
        grouping = getattr(book, name)
        if grouping is not None:
            cuts.append((grouping, whole.marks[name]))
    for grouping, codes in cuts:
        for code, name in enumerate(grouping.names):
            parts.append(_part(whole, answers, grouping.title, name, codes == code))
    return parts


def _part(whole: Encoded, answers: np.ndarray, by: str, group: str, inside: np.ndarray) -> Stratum:
    answered = inside & (answers != UNDEFINED)
    n = int(answered.sum())
    rate = interval = None
    if n >= SMALLEST_CELL:
        yes = answers[answered] == YES
        if whole.sample_weight is None:
            rate, interval = int(yes.sum()) / n, wilson(int(yes.sum()), n)
        else:
            rate, interval = weighted_share(yes, whole.sample_weight[answered])
    return Stratum(
        by=by,
        group=group,
        rows=int(inside.sum()),
        answered=n,
        train=int((answered & whole.train).sum()),
        rate=rate,
        interval=interval,
    )


def rate_text(part: Stratum) -> str:
    """Return the share of yes of a part, for people.

    >>> few = {"rows": 9, "answered": 9, "train": 5, "rate": None, "interval": None}
    >>> rate_text(Stratum(by="sex", group="F", **few))
    'not measurable'
    """
    if part.rate is None or part.interval is None:
        return say("not measurable")
    low, high = part.interval
    return say(
        "{rate} ({low:.1f} to {high:.1f})",
        rate=percent_text(f"{100 * part.rate:.1f}"),
        low=100 * low,
        high=100 * high,
    )
