"""People who do not exist: small random tables for proofs about the engine."""

from collections.abc import Sequence

import numpy as np

from tradeoffs.data.table import Feature, Table
from tradeoffs.engine.batches import Batches

BINS = (3, 4, 5)
GROUPS = ("0", "1")


def random_people(rows: int, seed: int, bins: Sequence[int] = BINS) -> Table:
    """Return rows of independent, uniform features, labels and (two) groups."""
    rng = np.random.default_rng([seed, rows])
    features = tuple(
        Feature(name=f"f{place}", title=f"f{place}", labels=tuple(map(str, range(size))))
        for place, size in enumerate(bins)
    )
    return Table(
        name="random",
        features=features,
        codes=rng.integers(0, bins, (rows, len(bins))).astype(np.int16),
        label=rng.random(rows) < 0.5,
        protected={"group": rng.integers(0, len(GROUPS), rows).astype(np.int8)},
        groups={"group": GROUPS},
        row_id=np.arange(rows, dtype=np.int64),
    )


def batches_of(
    tables: Sequence[Table],
    *,
    seed: int,
    rate: float = 1.0,
    steps: int = 1,
    by_label: bool = False,
) -> Batches:
    """Return the batches of a stack of random tables; every record in every step unless told."""
    return Batches(
        tables,
        [table.protected["group"] for table in tables],
        groups=len(GROUPS),
        by_label=by_label,
        seeds=[seed * len(tables) + place for place in range(len(tables))],
        rate=rate,
        steps=steps,
    )
