"""Observers' export: how many answered what in a room, for research; counts alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from tradeoffs.rooms.rooms import Rooms

BANDS = ("bounds", "approve")  # parts of results with bounds of counts by name


def observers_rows(of: Rooms, code: str) -> list[dict[str, Any]]:
    """Return a row for each count that was revealed in a room, as far as it may be shown.

    Columns: `round`, `kind`, `attempt`, `seats`, `answered`, `name` (of an answer; empty in the row
    of the round itself), `from` and `to` (bounds of how many gave it; None where hidden).  There is
    no number, point, line, value or text of a single seat, and nothing of tables.

    Args:
        of: the rooms.
        code: of the room.
    """
    found = []
    for place, attempt in of.room(code).revealed:
        results = of.results(code, place, attempt)
        about = {name: results[name] for name in ("round", "kind", "attempt", "seats", "answered")}
        found.append(about | {"name": "", "from": None, "to": None})
        found += [about | one for one in _counts(results)]
    return found


def _counts(results: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for part in BANDS:
        for name, band in results.get(part, {}).items():
            low, high = band or (None, None)
            yield {"name": name, "from": low, "to": high}
