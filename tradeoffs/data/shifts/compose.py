"""Several shifts at once: checked, put in causal order and applied one after the other.

Each draws numbers of its own, so what one does to a row does not depend on the others; only what
it reads may have been changed before.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.codebook import Codebook
from tradeoffs.data.encoded import empty_table
from tradeoffs.data.label import Label
from tradeoffs.data.shifts.catalogue import SHIFTS, shift, split_option
from tradeoffs.data.shifts.shift import Shift
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput, NotMeasurable

AppliedShift = tuple[str, float]  # name with option, intensity
FEWEST_ROWS = 200  # on which anything is measured
Side = Literal["deployment", "training"]
DEPLOYMENT: Side = "deployment"
TRAINING: Side = "training"


def causal_order(shifts: Iterable[AppliedShift]) -> tuple[AppliedShift, ...]:
    """Return the shifts in causal order, without those of intensity 0.

    Raises:
        InvalidInput: an unknown shift, or one that is stated twice.
    """
    places = list(SHIFTS)
    kept = [(name, t) for name, t in shifts if shift(name) and t]
    names = [shift(name).name for name, _ in kept]
    for name in names:
        if names.count(name) > 1:
            raise InvalidInput("shift_stated_twice", name=name)
    return tuple(sorted(kept, key=lambda one: places.index(shift(one[0]).name)))


def compose(table: Table, shifts: Sequence[AppliedShift], seed: int, protected: str) -> Table:
    """Return the table after some shifts, in causal order.

    Args:
        table: before the shifts.
        shifts: names with options, and intensities.
        seed: of the draws.
        protected: attribute or crossing whose groups are meant.

    Raises:
        InvalidInput: a shift is unknown or stated twice, or the table lacks what it needs.
    """
    for name, intensity in causal_order(shifts):
        table = shift(name).apply(table, intensity, seed, protected, split_option(name)[1])
    return table


def unmeasurable(before: Table, after: Table, protected: str | None) -> NotMeasurable | None:
    """Return why nothing can be measured on a table after its shifts, or None if it can.

    Groups that had nobody before do not count, nor does any without a protected attribute.
    """
    if after.rows < FEWEST_ROWS:
        return NotMeasurable("shift_leaves_few_rows", rows=after.rows, least=FEWEST_ROWS)
    if protected is None:
        return None
    (was, names), (now, _) = before.group_of(protected), after.group_of(protected)
    counts = [np.bincount(codes, minlength=len(names)) for codes in (was, now)]
    emptied = [name for name, a, b in zip(names, *counts, strict=True) if a and not b]
    return NotMeasurable("shift_leaves_nobody", group=emptied[0]) if emptied else None


def require(
    shifts: Sequence[AppliedShift],
    side: str,
    book: Codebook,
    label: Label,
    protected: str,
    private: bool,
) -> tuple[AppliedShift, ...]:
    """Return the shifts in causal order, if they can be applied to a dataset.

    Args:
        shifts: names with options, and intensities.
        side: "deployment" or "training".
        book: of the dataset.
        label: what is predicted.
        protected: attribute or crossing whose groups are meant.
        private: whether the rows are under a promise of privacy.

    Raises:
        InvalidInput: a shift is unknown, stated twice, not for this side, or needs an option or a
            column that is not there; the message says which.
    """
    found = causal_order(shifts)
    for name, _ in found:
        entry, option = shift(name), split_option(name)[1]
        if not (entry.deployed if side == DEPLOYMENT else entry.trained):
            raise InvalidInput(
                "shift_not_at_deployment" if side == DEPLOYMENT else "shift_not_in_training",
                name=entry.name,
            )
        _require_option(entry, option, book, protected)
        if private and side == TRAINING and entry.private_reason and not option:
            raise InvalidInput("shift_not_private", name=entry.name, reason=entry.private_reason)
    compose(empty_table(book, label), found, 0, protected)  # looks up columns, places
    return found


def options(entry: Shift, book: Codebook, protected: str) -> tuple[str, ...]:
    """Return what may follow the name of a shift on a dataset, as it is written in a scenario."""
    return tuple(entry.options(book, protected))


def possible_shifts(
    side: str, book: Codebook, label: Label, protected: str, private: bool
) -> tuple[str, ...]:
    """Return every shift that can be stated on a dataset, with its options, in causal order."""
    names = [
        name
        for entry in SHIFTS.values()
        for name in (entry.name, *(f"{entry.name}.{o}" for o in options(entry, book, protected)))
    ]
    return tuple(n for n in names if is_possible(n, side, book, label, protected, private))


def is_possible(
    name: str, side: str, book: Codebook, label: Label, protected: str, private: bool
) -> bool:
    """Say whether a shift can be stated on a dataset; arguments are those of `require`."""
    try:
        require(((name, 1.0),), side, book, label, protected, private)
    except InvalidInput:
        return False
    return True


def _require_option(entry: Shift, option: str, book: Codebook, protected: str) -> None:
    known = options(entry, book, protected)
    if option and not entry.option:
        raise InvalidInput("shift_takes_no_option", name=entry.name, given=option)
    if not known and not entry.optional:
        raise InvalidInput(
            "shift_without_options", name=entry.name, kind=entry.option, dataset=book.name
        )
    if option:
        require_known(entry.option, option, known)
    if not option and not entry.optional:
        raise InvalidInput(
            "shift_needs_option",
            name=entry.name,
            kind=entry.option,
            example=f"{entry.name}.{known[0]}",
            known=known,
        )
