"""Batches of several seeds side by side, as sorted index lists instead of one-hot matrices.

A row holds exactly one 1 per feature, so the first layer's forward pass is a sum of weight rows
(`embedding_bag`) and its gradient a sum over the rows that hold each column, once the batch is
sorted by column.  Each seed has its own training table, its own batches and its own weight rows;
stacking seeds only saves calls.  The bias is one more column that every row holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse
import torch

from tradeoffs.data.table import Table
from tradeoffs.engine.poisson_sampling import participation


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """What one step needs; its rows are the people of all stacked seeds, seed after seed."""

    codes: torch.Tensor  # (rows * ones,) int32: columns of the stacked weights, row after row
    rows: torch.Tensor  # (rows,) int32: where each row begins in `codes`
    order: torch.Tensor  # (rows * ones,) int32: row positions, column after column
    columns: torch.Tensor  # (seeds * columns,) int32: where each column begins in `order`
    people: torch.Tensor  # (rows,) integers: who they are, as rows of all tables, one after another
    label: torch.Tensor  # (rows, 1), 0 or 1
    cell: torch.Tensor  # (rows,) int32: (seed * parts + part) * groups + protected group
    bounds: tuple[int, ...]  # (seeds + 1,): where each seed's rows begin


class Batches:
    """The batches of a stack of seeds, one training table a seed.

    Args:
        tables: one for each seed, all with the same features.
        members: for each table, the protected group of each row as int codes (rows,).
        groups: number of protected groups.
        by_label: whether the cells that a constraint watches are the groups' negatives (part 0)
            and positives (part 1), or the groups themselves.
        seeds: of the sampling, one a table.
        rate: q, in (0, 1].
        steps: T.
        rows: n, the public number of people by which sums are divided, of all tables or one a
            table; None: what every table holds, which must be the same.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        members: Sequence[np.ndarray],
        *,
        groups: int,
        by_label: bool = False,
        seeds: Sequence[int],
        rate: float,
        steps: int,
        rows: int | Sequence[int] | None = None,
    ) -> None:
        """Draw who takes part in which step and sort every batch by column."""
        self.columns = tables[0].columns + 1
        self.ones = len(tables[0].features) + 1
        if rows is None and len({table.rows for table in tables}) > 1:
            raise ValueError("tables of several lengths need a public number of rows")
        whole = tables[0].rows if rows is None else rows
        self.public_rows = tuple(np.broadcast_to(whole, len(tables)).tolist())  # n of each table
        self.seeds, self.rate, self.steps = len(tables), rate, steps
        self.groups, self.by_label = groups, by_label
        self.cells = groups * (2 if by_label else 1)
        self.codes = torch.from_numpy(
            np.concatenate([active_columns(t) + s * self.columns for s, t in enumerate(tables)])
        )
        self.label = torch.from_numpy(np.concatenate([t.label for t in tables])).float()
        parts = [table.label if by_label else np.zeros(table.rows, np.int32) for table in tables]
        self.cell = torch.from_numpy(
            np.concatenate([
                (s * self.cells + part * groups + own).astype(np.int32)
                for s, (own, part) in enumerate(zip(members, parts, strict=True))
            ])
        )  # fmt: skip
        drawn = [
            participation(table.row_id, seed=seed, rate=rate, steps=steps)
            for table, seed in zip(tables, seeds, strict=True)
        ]
        held = np.cumsum([0] + [table.rows for table in tables])
        self._first = held[:-1]  # where each table's rows begin
        # Without sampling every step is the same batch, so one is enough.
        if rate < 1:
            self._sorted = [self._sort([own[step] for own in drawn]) for step in range(steps)]
        else:
            self._sorted = [_wide(self._sort([own[0] for own in drawn]))]

    def _sort(self, members: list[np.ndarray]) -> Batch:
        """Return the batch of one step, with narrow integers."""
        picked = np.concatenate([m + a for a, m in zip(self._first, members, strict=True)])
        codes = self.codes.numpy()[picked]
        by_row = scipy.sparse.csr_array(
            (
                np.ones(codes.size, dtype=np.int8),
                codes.reshape(-1),
                np.arange(0, codes.size + 1, self.ones, dtype=np.int32),
            ),
            shape=(len(picked), self.seeds * self.columns),
        )
        by_column = by_row.tocsc()
        chosen = torch.from_numpy(picked)
        return Batch(
            codes=narrow(codes.reshape(-1), self.seeds * self.columns),
            rows=torch.arange(0, codes.size, self.ones, dtype=torch.int32),
            order=narrow(by_column.indices, len(picked)),
            columns=torch.from_numpy(by_column.indptr[:-1]),
            people=narrow(picked, len(self.label)),
            label=self.label[chosen].unsqueeze(1),
            cell=self.cell[chosen],
            bounds=tuple(np.cumsum([0] + [len(m) for m in members]).tolist()),
        )

    def __iter__(self) -> Iterator[Batch]:
        """Yield the T batches in the order of the steps."""
        for step in range(self.steps):
            yield _wide(self._sorted[step % len(self._sorted)])

    @property
    def rows(self) -> int:
        """The public number of people that all tables share.

        Raises:
            ValueError: each table has its own.
        """
        if len(set(self.public_rows)) > 1:
            raise ValueError("tables with public numbers of rows of their own have none in common")
        return self.public_rows[0]

    def cell_counts(self) -> torch.Tensor:
        """Return the exact (seeds, cells) counts of people: private, to be noised before use."""
        cells = self.seeds * self.cells
        return torch.bincount(self.cell, minlength=cells).reshape(self.seeds, self.cells)


def _wide(batch: Batch) -> Batch:
    """Return a batch with the integers that sums over bags take."""
    return replace(batch, codes=batch.codes.int(), order=batch.order.int())


def narrow(numbers: np.ndarray, bound: int) -> torch.Tensor:
    """Return numbers below `bound` in half the memory where they fit, as batches are many."""
    small = bound - 1 <= np.iinfo(np.int16).max
    return torch.from_numpy(numbers.astype(np.int16 if small else np.int32))


def active_columns(table: Table) -> np.ndarray:
    """Return (rows, features + 1) int32: the columns that each row holds, the bias last."""
    bias = np.full((table.rows, 1), table.columns, dtype=np.int32)
    # A table with withheld columns lies in another order in memory.
    return np.ascontiguousarray(np.concatenate([table.flat.astype(np.int32), bias], axis=1))
