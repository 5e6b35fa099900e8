"""Proposals: bins, groups and a label for columns that nobody described.

They are read off the rows, so they are statistics of these people that no epsilon covers; whoever
has a codebook that was made without looking at the rows gives that instead.
"""

from itertools import pairwise

import numpy as np

from tradeoffs.data.coding import MISSING, OTHER, Coding, Edges, Protected, Vocabulary
from tradeoffs.data.encoded import in_training
from tradeoffs.data.label import Label
from tradeoffs.data.own.plain import distinct, plain
from tradeoffs.data.own.sheet import LARGEST_NUMBER, Column, spelled
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import SMALLEST_ROWS

MOST_VALUES = 40  # of a text column, listed; the others are "other"
FEWEST_ROWS = 5  # that share a value, for it to be listed
FEW_NUMBERS = 10  # different numbers up to which each is a value of its own
PARTS = 10  # of a number's range
MOST_GROUPS = 20
GROUP_PARTS = 4  # of a protected number's range
FEWEST_ANSWERS = 10  # of yes and of no
FEWEST_TESTED = 60  # people to choose by and to report on
TRAIN_SHARE = 0.6
AT_LEAST = ">="


def coding(column: Column) -> Coding:
    """Return bins for a feature: a number cut at its tenths, or the most frequent values.

    Raises:
        InvalidInput: no value is shared by FEWEST_ROWS rows, or a number is out of bounds.
    """
    if is_amount(column):
        edges = _edges(column.numbers(), PARTS)
        return Edges(
            kind="edges",
            name=column.name,
            title=column.title,
            edges=edges,
            labels=_between(edges),
        )
    frequent = _ordered(column, [v for v, n in column.counts.items() if n >= FEWEST_ROWS])
    listed = frequent[:MOST_VALUES]
    if not listed:
        raise InvalidInput(
            f"column {column.title!r} has no value that {FEWEST_ROWS} rows share; a column of "
            "names or numbers of cases cannot be used"
        )
    words = distinct([plain(value) or "blank" for value in listed], (OTHER, MISSING))
    return Vocabulary(
        kind="vocabulary",
        name=column.name,
        title=column.title,
        values=tuple(zip(listed, words, strict=True)),
        other=len(listed) < len(column.counts),
    )


def groups(column: Column, *, feature: bool) -> Protected:
    """Return the groups of a protected attribute: its values, or a number cut at its quarters.

    Args:
        column: that holds the values.
        feature: whether models see it too.

    Raises:
        InvalidInput: fewer than 2 groups or more than MOST_GROUPS, or a number that is to be cut
            is missing in some row.
    """
    common = {"name": column.name, "title": column.title, "feature": feature}
    if is_amount(column):
        if column.missing:
            raise InvalidInput(
                f"protected column {column.title!r} is missing in {column.missing:,} rows; a "
                "number that is cut into groups must be known in every row"
            )
        edges = _edges(column.numbers(), GROUP_PARTS)
        return Protected(**common, edges=edges, labels=_between(edges))
    values: list[str | None] = [*_ordered(column, list(column.counts))]
    if column.missing:
        values.append(None)
    if len(values) < 2:
        raise InvalidInput(
            f"protected column {column.title!r} has the same value in every row, so there are no "
            "groups to compare; choose another column"
        )
    if len(values) > MOST_GROUPS:
        raise InvalidInput(
            f"protected column {column.title!r} has {len(values):,} different values as groups; "
            f"their number must be in [2, {MOST_GROUPS}]"
        )
    words = distinct([MISSING if v is None else plain(v) or "blank" for v in values])
    return Protected(**common, groups=tuple(zip(values, words, strict=True)))


def label(column: Column, favourable: str, row_id: np.ndarray) -> tuple[Label, np.ndarray]:
    """Return the label and its answers: 1 where the value is the favourable one, NaN if missing.

    Args:
        column: that holds the outcome.
        favourable: the value that a person would want, or ">=N" for numbers of at least N.
        row_id: int64 (rows,), by which rows are drawn for training.

    Raises:
        InvalidInput: nobody has the favourable value, or too few rows have one answer or another.
    """
    wanted = favourable.strip()
    if wanted.startswith(AT_LEAST):
        bound = _bound(wanted)
        values = column.numbers()
        answers = np.where(np.isnan(values), np.nan, values >= bound)
        yes, no = f"{bound:.15g} or more", f"under {bound:.15g}"
    else:
        value = _listed(column, wanted)
        answers = np.array([np.nan if c is None else c == value for c in column.cells], float)
        yes = plain(value) or "blank"
        others = [plain(one) for one in column.counts if one != value]
        no = others[0] if len(others) == 1 and others[0] not in ("", yes) else f"not {yes}"
    answered = ~np.isnan(answers)
    train = int((answered & in_training(row_id, TRAIN_SHARE)).sum())
    _check(column, answers[answered], train)
    return (
        Label(
            name=column.name,
            title=f"{column.title}: {yes}",
            question=f"What is “{column.title}”: {yes}, or {no}?",
            positive=yes,
            negative=no,
            favourable="positive",
            derivation=f"counted as yes: {yes}; a row without a value is left out",
            column=column.name,
            train_rows=train,
            test_rows=int(answered.sum()) - train,
        ),
        answers,
    )


def _check(column: Column, answers: np.ndarray, train: int) -> None:
    """Raise InvalidInput if a label is constant, nearly so, or known of too few rows."""
    test = len(answers) - train
    if train < SMALLEST_ROWS or test < FEWEST_TESTED:
        raise InvalidInput(
            f"label column {column.title!r} is known in {len(answers):,} rows, of which {train:,} "
            f"are drawn for training and {test:,} for testing; at least {SMALLEST_ROWS} and "
            f"{FEWEST_TESTED} are needed, some 400 rows in all"
        )
    yes = int(answers.sum())
    if min(yes, len(answers) - yes) < FEWEST_ANSWERS:
        raise InvalidInput(
            f"label column {column.title!r} is favourable in {yes:,} of {len(answers):,} rows; at "
            f"least {FEWEST_ANSWERS} rows must be so and {FEWEST_ANSWERS} otherwise"
        )


def _bound(wanted: str) -> float:
    try:
        bound = float(wanted.removeprefix(AT_LEAST))
    except ValueError:
        bound = np.nan
    if not abs(bound) <= LARGEST_NUMBER:
        raise InvalidInput(
            f"favourable={plain(wanted)!r} must be a value, or {AT_LEAST} and a number of at most "
            f"{LARGEST_NUMBER:g}"
        )
    return bound


def _listed(column: Column, wanted: str) -> str:
    """Return a value of the column as it stands there: 1.0 finds 1."""
    value = spelled(wanted, comma=column.comma)
    if value in column.counts:
        return value
    some = ", ".join(plain(value) for value, _ in column.counts.most_common(8)) or "none"
    raise InvalidInput(
        f"favourable={plain(wanted)!r} is no value of column {column.title!r}, which has: {some}"
    )


def is_amount(column: Column) -> bool:
    """Return whether a column holds numbers, and more of them than can each be a value."""
    return column.is_number and len(column.counts) > FEW_NUMBERS


def _ordered(column: Column, values: list[str]) -> list[str]:
    """Return numbers in their order and text by how often it comes."""
    if column.is_number:
        return sorted(values, key=column.parsed.__getitem__)
    return sorted(values, key=lambda value: (-column.counts[value], value))


def _edges(values: np.ndarray, parts: int) -> tuple[float, ...]:
    """Return quantiles, written with as few digits as tell them apart; each cuts the values."""
    known = values[~np.isnan(values)]
    cuts = np.unique(np.quantile(known, np.arange(1, parts) / parts, method="inverted_cdf"))
    cuts = cuts[cuts > known.min()]
    if not cuts.size:  # nearly all have the smallest value
        cuts = known[known > known.min()].min(keepdims=True)
    for digits in range(2, 16):
        edges = np.unique([float(f"{cut:.{digits}g}") for cut in cuts])
        if len(edges) == len(cuts) and edges[0] > known.min() and edges[-1] <= known.max():
            return tuple(edges.tolist())
    return tuple(cuts.tolist())


def _between(edges: tuple[float, ...]) -> tuple[str, ...]:
    """Return words for the bins between edges."""
    told = [f"{edge:.15g}".replace("-", "−") for edge in edges]
    middle = [f"{low} to under {high}" for low, high in pairwise(told)]
    return (f"under {told[0]}", *middle, f"{told[-1]} or more")
