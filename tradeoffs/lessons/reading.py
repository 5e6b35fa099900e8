"""Reading an answer: means over seeds with intervals, and differences paired by seed."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.lessons.effect import Effect
from tradeoffs.stats.interval import estimate

if TYPE_CHECKING:
    import pandas as pd

OVER_TRAININGS = {
    "low": "from (95 %, training runs)",
    "high": "to (95 %, training runs)",
}  # headers


def select_rows(
    table: "pd.DataFrame", where: Mapping[str, object], split: str | None = "report"
) -> "pd.DataFrame":
    """Return the rows with these values; None stands for an absent one (no epsilon, no bound).

    A tuple stands for one of several values; `split` None takes all splits.
    """
    import pandas as pd

    chosen = np.full(len(table), True)
    if split is not None and "split" in table:
        chosen &= (table["split"] == split).to_numpy()
    for name, value in where.items():
        column = table[name]
        if value is None:
            infinite = pd.to_numeric(column, errors="coerce") == math.inf
            chosen &= (column.isna() | infinite).to_numpy()
        elif isinstance(value, tuple):
            missing = column.isna().to_numpy() & (None in value)
            chosen &= column.isin(value).to_numpy() | missing
        else:
            chosen &= (column == value).to_numpy()
    return table.loc[chosen]


def change(here: "pd.Series", there: "pd.Series") -> Effect | None:
    """Return one column by seed minus another, paired by seed; None where it is undefined."""
    gaps = (here - there).loc[here.index.intersection(there.index)].to_numpy(float)
    return None if has_no_mean(gaps) else over_trainings(gaps)


def has_no_mean(values: np.ndarray) -> bool:
    """Return whether values by training run have no mean: there are none, or some are missing."""
    return not len(values) or not bool(np.isfinite(values).all())


def over_seeds(table: "pd.DataFrame", by: Sequence[str], column: str) -> "pd.DataFrame":
    """Return one row for each combination of `by`, in order of appearance, on report.

    Columns: those of `by`, `value`, `low`, `high` (95 % over seeds), `seeds`; value NaN where it
    is undefined in any seed.
    """
    import pandas as pd

    rows: list[Mapping[str, object]] = []
    report = select_rows(table, {})
    for key, part in report.groupby(list(by), sort=False, dropna=False):
        values = part[column].to_numpy(float)
        found = None if has_no_mean(values) else over_trainings(values)
        told = (found.value, found.low, found.high) if found else (math.nan,) * 3
        named = dict(zip(by, key if isinstance(key, tuple) else (key,), strict=True))
        measured = dict(zip(("value", "low", "high"), told, strict=True))
        rows.append(named | measured | {"seeds": len(values)})
    return pd.DataFrame(rows, columns=[*by, "value", "low", "high", "seeds"])


def over_trainings(values: np.ndarray, error: float = 0.0, *, test_rows: bool = False) -> Effect:
    """Return the mean over trainings with its interval; one training has none.

    Args:
        values: (trainings,).
        error: standard error of the mean over test rows.
        test_rows: whether that is known.
    """
    found = estimate(values, error)
    low, high = found.interval or (-math.inf, math.inf)
    return Effect(value=found.mean, low=low, high=high, test_rows=test_rows)
