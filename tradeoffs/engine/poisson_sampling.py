"""Poisson sampling: in which steps does each person take part?

The accountant assumes that every record joins every batch independently with probability q, so
batches have random sizes and are never shuffled into fixed ones (Abadi et al. 2016; Chua et al.
2024 on what goes wrong otherwise).
"""

import math

import numpy as np

from tradeoffs.data.keyed_random import uniform


def participation(row_id: np.ndarray, *, seed: int, rate: float, steps: int) -> list[np.ndarray]:
    """Return, for each step, the positions of the rows that take part, in increasing order.

    Each row's gaps between participations are geometric, which is the same law as one coin of
    probability `rate` a step, at the cost of one draw a participation.  Draws are keyed by
    (seed, row id): a row keeps its steps whatever other rows are in the table.

    Args:
        row_id: (rows,) stable ids.
        seed: of the batches.
        rate: q, in (0, 1].
        steps: T.

    Returns:
        T arrays of int32 positions into `row_id`; an array may be empty.
    """
    rows = np.arange(len(row_id), dtype=np.int32)
    if rate >= 1:
        return [rows] * steps
    at, who = _events(row_id.astype(np.uint64), rows, seed, math.log1p(-rate), steps)
    order = np.lexsort((who, at))
    bounds = np.searchsorted(at[order], np.arange(steps + 1))
    who = who[order]
    return [who[a:b] for a, b in zip(bounds[:-1], bounds[1:], strict=True)]


def _events(
    ids: np.ndarray, rows: np.ndarray, seed: int, log_stay: float, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return (step, row) of every participation, by walking all rows from one to the next."""
    step = np.full(len(rows), -1, dtype=np.int64)
    all_steps, all_rows = [], []
    draw = 0
    while len(rows):
        u = uniform(seed, "batches", ids * np.uint64(steps + 1) + np.uint64(draw))
        step = step + 1 + np.floor(np.log(u) / log_stay).astype(np.int64)
        alive = step < steps
        step, rows, ids = step[alive], rows[alive], ids[alive]
        all_steps.append(step.astype(np.int32))
        all_rows.append(rows)
        draw += 1
    return np.concatenate(all_steps), np.concatenate(all_rows)
