"""What a shift is: a catalogue entry with one function that changes a table."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tradeoffs.data.keyed import uniform
from tradeoffs.data.table import Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """One way in which deployment differs from training.

    `apply(table, intensity, seed, protected)` returns the table at deployment.  Every shift obeys
    the same laws: intensity 0 returns the table itself, the same arguments give the same bytes,
    and what `invariant` names does not move.
    """

    name: str
    title: str
    help: str
    moves: str  # what changes, in words
    invariant: str  # what does not
    source: str
    apply: Callable[[Table, float, int, str], Table]


def keep(table: Table, log_weight: np.ndarray, intensity: float, seed: int, stream: str) -> Table:
    """Return the rows kept by a selection shift; kept sets shrink as the intensity grows.

    Row i stays with probability exp(intensity * (log_weight[i] - max)).  Draws are keyed by row
    id, so that a row's fate depends on no other row.

    Args:
        table: before the shift.
        log_weight: (rows,) log of the relative weight at intensity 1.
        intensity: in [0, 1].
        seed: of the draws.
        stream: name of the shift, so that shifts draw independently.
    """
    if intensity == 0:
        return table
    chance = np.exp(intensity * (log_weight - log_weight.max()))
    return table.take(uniform(seed, stream, table.row_id) < chance)
