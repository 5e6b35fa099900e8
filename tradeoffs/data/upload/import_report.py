"""The report of an import: what was read, what was made of it and what was not, as values.

The same report stands on the page, at the command line and in the API; `words` says it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from tradeoffs.data.upload.label_values import MOST_SHOWN, Answer
from tradeoffs.data.upload.profile import hints, is_amount, why_not
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.data.upload.sheet import Column, Sheet, copies
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING
from tradeoffs.stats.proportions import NORMAL, share_error

KINDS = {"numbers": "numbers", "values": "values", "codes": "codes", "nothing": "nothing"}
ACCURACY = 0.8  # at which the interval of an accuracy is stated
Use = Literal["open", "label", "feature", "id", "weight", "left out"]
USES: Mapping[Use, Message] = {
    "open": Message("use_open"),
    "label": Message("use_label"),
    "feature": Message("use_feature"),
    "id": Message("use_id"),
    "weight": Message("use_weight"),
    "left out": Message("left_out"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnReport:
    """What was found in a column.

    Attributes:
        name: short name.
        title: header in plain words.
        kind: numbers, values, codes or nothing.
        values: number of different values.
        shown: the most frequent ones of a column that is not cut, with their rows.
        missing: cells without a value, by the word that stood there; "" for empty cells.
        use: what it is used for; "open" until that is decided.
        protected: whether its groups are compared.
        reason: why it is left out, or would be.
        hints: what should be looked at.
        question: what must be stated before it can be used.
    """

    name: str
    title: str
    kind: Literal["numbers", "values", "codes", "nothing"]
    values: int
    shown: dict[str, int]
    missing: dict[str, int]
    use: Use = "open"
    protected: bool = False
    reason: Message | None = None
    hints: tuple[Message, ...] = ()
    question: Message | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """How many rows there are.

    Attributes:
        read: rows of the file that hold something.
        blank: rows without any, skipped.
        repeated: rows that equal an earlier one in every cell.
        unanswered: rows left out since they have no answer to the label; None until it is chosen.
        weightless: rows left out since their weight is 0; None until that is chosen.
        persons: different persons among the others, where a column tells them.
        train: rows that models are trained on.
        select: rows by which settings are chosen.
        report: rows on which figures are shown.
    """

    read: int
    blank: int
    repeated: int
    unanswered: int | None = None
    weightless: int | None = None
    persons: int | None = None
    train: int | None = None
    select: int | None = None
    report: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What an import did.

    Attributes:
        facts: how the file was read: kind, encoding, separator, decimal, header, renamed, ...
        rows: how many.
        columns: in the order of the file.
        answers: values of the label with what each counts as.
        differences: smallest difference that the table can show, in shares: of "accuracy", and of
            the favourable answer between the two largest groups of each protected attribute.
        cautions: what epsilon does not cover, and whom it protects.
    """

    facts: Mapping[str, Any]
    rows: Rows
    columns: tuple[ColumnReport, ...]
    answers: tuple[Answer, ...] = ()
    differences: Mapping[str, float] | None = None
    cautions: tuple[Message, ...] = ()

    def document(self) -> dict[str, Any]:
        """Return the report, ready for JSON; questions are written."""
        found = asdict(self)
        for column, told in zip(self.columns, found["columns"], strict=True):
            told["question"] = column.question and WORDING.write(column.question)
        return found


def look(sheet: Sheet) -> Report:
    """Return the report of a file of which nothing is decided yet."""
    return Report(
        facts=dict(sheet.facts),
        rows=rows_read(sheet),
        columns=tuple(column_report(column) for column in sheet.columns),
    )


def rows_read(sheet: Sheet) -> Rows:
    """Return how many rows were read, skipped and repeated."""
    repeated = int((copies(sheet.content(sheet.columns)) > 0).sum())
    return Rows(read=sheet.rows, blank=sheet.facts.get("blank", 0), repeated=repeated)


def column_report(
    column: Column,
    use: Use = "open",
    reason: Message | None = None,
    *,
    protected: bool = False,
    more: tuple[Message, ...] = (),
) -> ColumnReport:
    """Return what was found in a column, with what it is used for.

    Args:
        column: as in the file.
        use: what it is used for.
        reason: why it is left out, where that is known; "open" finds why it would be.
        protected: whether its groups are compared.
        more: other hints.
    """
    if use == "open":
        reason = why_not(column)
    kind = _kind(column, reason)
    return ColumnReport(
        name=column.name,
        title=column.title,
        kind=kind,
        values=len(column.counts),
        shown={} if kind == "numbers" else _shown(column),
        missing={plain(word, 20): n for word, n in column.blanks.items()},
        use=use,
        protected=protected,
        reason=reason,
        hints=(*(one for one in hints(column) if one.code != use), *more),
        question=column.question and Message.of(column.question),
    )


def _shown(column: Column) -> dict[str, int]:
    return {plain(value, 20): n for value, n in column.counts.most_common(MOST_SHOWN)}


def _kind(
    column: Column, reason: Message | None
) -> Literal["numbers", "values", "codes", "nothing"]:
    if not column.counts:
        return "nothing"
    if column.nominal:
        return "codes"
    mixed = reason is not None and reason.code in ("mixed", "units")
    return "numbers" if mixed or is_amount(column) else "values"


def differences(
    report_rows: float, yes: float, groups: Mapping[str, Sequence[float]]
) -> dict[str, float]:
    """Return the smallest differences that rows can show: half the width of 95 % intervals.

    An accuracy a on n rows is known to z sqrt(a (1 - a) / n), here for a = ACCURACY: some .06 on
    160 rows, which are the part for figures of 800.  A gap between two groups of n and m rows
    whose members get the favourable answer with probability p is known to
    z sqrt(p (1 - p) (1 / n + 1 / m)).

    Args:
        report_rows: on which figures are shown; with survey weights the effective number.
        yes: share of the favourable answer.
        groups: title of an attribute -> rows of each of its groups among these, as `report_rows`.

    >>> round(differences(160, 0.5, {})["accuracy"], 3)
    0.062
    """
    found = {"accuracy": NORMAL * share_error(ACCURACY, report_rows)}
    for title, sizes in groups.items():
        largest = np.sort(np.array(sizes))[::-1][:2]
        if len(largest) == 2 and largest[1] > 0:
            found[title] = NORMAL * share_error(yes, 1 / float((1 / largest).sum()))
    return found
