"""The shifts on offer."""

from tradeoffs.data.shifts.demographic import DEMOGRAPHIC
from tradeoffs.data.shifts.shift import Shift
from tradeoffs.errors import InvalidInput

SHIFTS = {shift.name: shift for shift in (DEMOGRAPHIC,)}


def shift(name: str) -> Shift:
    """Return a shift by name; raise InvalidInput listing the known ones."""
    if name not in SHIFTS:
        raise InvalidInput(f"unknown shift {name!r}; known: {', '.join(SHIFTS)}")
    return SHIFTS[name]
