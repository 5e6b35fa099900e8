import numpy as np
import pytest

from tradeoffs.data.table import Feature, Table
from tradeoffs.engine.batches import Batches


def random_table(rows: int, *, bins=(3, 4, 5), seed: int = 0, groups: int = 2) -> Table:
    rng = np.random.default_rng(seed)
    features = tuple(
        Feature(name=f"f{j}", title=f"f{j}", labels=tuple(map(str, range(size))))
        for j, size in enumerate(bins)
    )
    codes = np.stack([rng.integers(0, size, rows) for size in bins], 1).astype(np.int16)
    high = codes[:, 0] / max(bins[0] - 1, 1)  # the first feature tells of group and label
    group = np.minimum(rng.random(rows) * 0.6 + 0.4 * high, 0.999) * groups
    group = group.astype(np.int8)
    other = codes.mean(1) / np.mean(bins)
    label = rng.random(rows) < 0.1 + 0.4 * high + 0.4 * other
    return Table(
        name="random",
        features=features,
        codes=codes,
        label=label,
        protected={"group": group},
        groups={"group": tuple(f"g{g}" for g in range(groups))},
        row_id=np.arange(rows, dtype=np.int64),
    )


def batches_of(tables, *, rate=0.2, steps=20, seeds=None, by_label=False, rows=None) -> Batches:
    return Batches(
        tables,
        [table.protected["group"] for table in tables],
        groups=len(tables[0].groups["group"]),
        by_label=by_label,
        seeds=list(range(len(tables))) if seeds is None else seeds,
        rate=rate,
        steps=steps,
        rows=rows,
    )


@pytest.fixture
def table() -> Table:
    return random_table(400)
