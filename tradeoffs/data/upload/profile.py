"""Findings: what a column looks like, as codes and values; words are made where they are shown."""

import re

import numpy as np

from tradeoffs.data.upload.number_formats import POINT, bare, number
from tradeoffs.data.upload.read import AMONG_NUMBERS, MISSING
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.data.upload.sheet import Column
from tradeoffs.messages.message import Message

FEWEST_ROWS = 5  # that share a value, for it to be listed
FEW_NUMBERS = 10  # different numbers up to which each is a value of its own
MOST_VALUES = 40  # of a text column, listed; the others are "other"
TELLS_LABEL = 0.98  # lambda of Goodman and Kruskal, from which a column is a copy of the label
_FEWEST = 20  # rows, for a column to look like anything
_SHOWN = 4  # values in a finding
_SHORT = 40  # characters of a number with its unit
_LIKE_MISSING = {*MISSING, *AMONG_NUMBERS, "unknown", "missing", "not known", "not available",
                 "refused", "don't know", "unbekannt", "keine angabe", "inconnu"}  # fmt: skip
_DATE = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))([T ]\d.*)?"
    r"|(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
)
_PERSON = re.compile(
    r"(.*[\W_])?(id|pid|uuid|nr)|.*[a-z](Id|ID)|(person|patient|subject|respondent|participant|"
    r"client|customer|student|case|user|individual)[\W_]*(id|nr|no|number|code|key)?",
    re.ASCII,
)
_NINES = re.compile(r"-9+|99+")
_IN_TEXT = re.compile(r"\D*\d[\d.,' ]*\D*")
_WEIGHT = re.compile(r"weight|wgt|^wt|wt$|gewicht|poids")


def why_not(column: Column) -> Message | None:
    """Return why a column cannot be a feature as it stands, or should not, if so."""
    for look in (_empty, _constant, _dates, _units, _several_rows, _mixed, _number_of_row, _rare):
        found = look(column)
        if found:
            return found
    return None


def hints(column: Column) -> tuple[Message, ...]:
    """Return what should be looked at in a column that may be used."""
    looks = (_weight, _alike, _like_missing, _far_off, _unit, _codes, _few_dates, _in_text)
    return tuple(one for one in (look(column) for look in looks) if one)


def is_amount(column: Column) -> bool:
    """Return whether a column holds numbers, and more of them than can each be a value."""
    return column.is_number and len(column.counts) > FEW_NUMBERS


def tells(codes: np.ndarray, bins: int, answers: np.ndarray) -> float:
    """Return how much of the label's variation a column removes: 1 is a copy of the label.

    It is the share of a constant guess's errors that are avoided by guessing from the column.
    Source: Goodman and Kruskal 1954, J. Am. Stat. Assoc. 49, lambda.

    >>> tells(np.array([0, 0, 1, 1]), 2, np.array([0.0, 0.0, 1.0, 1.0]))
    1.0
    """
    cells = np.bincount(codes.astype(np.int64) * 2 + (answers == 1), minlength=2 * bins)
    cells = cells.reshape(-1, 2)
    errors = int(cells.sum(0).min())
    return 1 - int(cells.min(1).sum()) / errors if errors else 0.0


def _empty(column: Column) -> Message | None:
    return None if column.counts else Message("empty")


def _constant(column: Column) -> Message | None:
    if len(column.counts) > 1 or column.missing:
        return None
    (value,) = column.counts
    return Message("constant", value=plain(value))


def _dates(column: Column) -> Message | None:
    many = len(column.counts) > MOST_VALUES and _dated(column)
    return Message("dates", value=plain(next(iter(column.counts)))) if many else None


def _few_dates(column: Column) -> Message | None:
    few = 1 < len(column.counts) <= MOST_VALUES and _dated(column)
    return Message("few_dates", value=plain(next(iter(column.counts)))) if few else None


def _dated(column: Column) -> bool:
    return all(_DATE.fullmatch(value) for value in list(column.counts)[:1000])


def _whole(column: Column) -> bool:
    """Return whether the values are whole numbers, or words."""
    known = column.parsed[~np.isnan(column.parsed)]
    return bool(np.all(known == np.floor(known)))


def _several_rows(column: Column) -> Message | None:
    """Return whether a column seems to tell persons who have several rows."""
    known, persons = column.counts.total(), len(column.counts)
    if not _PERSON.fullmatch(column.header.strip()) and not _PERSON.fullmatch(column.name):
        return None
    if persons <= MOST_VALUES or persons == known or not _whole(column):
        return None
    return Message("several_rows", rows=known, persons=persons)


def _number_of_row(column: Column) -> Message | None:
    known = column.counts.total()
    if len(column.counts) < known or known < _FEWEST or not _whole(column):
        return None
    if column.is_number:
        steps = np.diff(column.parsed[column.codes[column.codes >= 0]])
        spread = float(column.parsed.max() - column.parsed.min())
        if (steps > 0).all() or (steps < 0).all() or spread == known - 1:
            return Message("running_number")
    return Message("identifier")


def _units(column: Column) -> Message | None:
    """Return whether a column is numbers of several units, which are no amounts of one thing."""
    if column.nominal or len(column.counts) <= FEW_NUMBERS:
        return None
    cells: dict[str, int] = {}
    for text, n in column.counts.items():
        core, unit = bare(text)
        if number(core, column.decimal if unit else POINT) is not None:
            cells[unit] = cells.get(unit, 0) + n
    if len(cells) < 2 or 2 * sum(cells.values()) <= column.counts.total():
        return None
    return Message("units", cells={plain(unit): n for unit, n in cells.items()})


def _mixed(column: Column) -> Message | None:
    """Return whether a column is a number but for some words."""
    numbers, words = len(column.counts) - len(column.texts), sum(column.texts.values())
    if not words or numbers <= FEW_NUMBERS or 2 * words > column.counts.total():
        return None
    shown = {plain(word, 20): n for word, n in list(column.texts.items())[:_SHOWN]}
    return Message("mixed", words=shown, cells=words)


def _rare(column: Column) -> Message | None:
    if is_amount(column) or max(column.counts.values()) >= FEWEST_ROWS:
        return None
    return Message("rare", rows=FEWEST_ROWS)


def _weight(column: Column) -> Message | None:
    if not (is_amount(column) and _WEIGHT.search(column.header.lower())):
        return None
    return Message("weight") if np.nanmin(column.parsed) >= 0 else None


def _alike(column: Column) -> Message | None:
    """Return values that differ in case, dots at the end or spaces only."""
    if len(column.counts) > 1_000 or column.is_number:
        return None
    spellings: dict[str, list[str]] = {}
    for value in column.counts:
        spellings.setdefault(" ".join(value.casefold().split()).rstrip(". "), []).append(value)
    found = [[plain(v, 20) for v in group] for group in spellings.values() if len(group) > 1]
    return Message("alike", groups=found[:_SHOWN]) if found else None


def _like_missing(column: Column) -> Message | None:
    found = {plain(v, 20): n for v, n in column.texts.items() if v.lower() in _LIKE_MISSING}
    return Message("like_missing", words=found) if found else None


def _far_off(column: Column) -> Message | None:
    """Return a number made of nines that stands far from all others, as codes of missing do."""
    if not column.is_number or len(column.counts) < 3:
        return None
    order = np.argsort(column.parsed)
    ordered = column.parsed[order]
    for end, others in ((0, ordered[1:]), (-1, ordered[:-1])):
        value = column.values[order[end]]
        apart = float(np.abs(ordered[end] - others).min())
        if _NINES.fullmatch(value) and apart > others[-1] - others[0]:
            words = {value: column.counts[value]}
            return Message("like_missing", words=words)
    return None


def _in_text(column: Column) -> Message | None:
    values = [value for value in column.counts if not _DATE.fullmatch(value)]
    if column.nominal or column.is_number or len(values) <= FEW_NUMBERS:
        return None
    if not all(len(v) <= _SHORT and _IN_TEXT.fullmatch(v) for v in values[:1000]):
        return None
    return Message("in_text", value=plain(values[0]))


def _unit(column: Column) -> Message | None:
    return Message("unit", unit=plain(column.unit)) if column.unit else None


def _codes(column: Column) -> Message | None:
    if not (column.nominal and column.counts and all(map(_is_digits, column.counts))):
        return None
    zeros = any(len(value) > 1 and value.startswith("0") for value in column.counts)
    return Message("padded_codes") if zeros else Message("codes")


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
