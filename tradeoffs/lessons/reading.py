"""Reading an answer: means over seeds with intervals, and differences paired by seed."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.lessons.effect import Effect
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.proportions import share_error

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


def level(
    table: "pd.DataFrame", column: str, where: Mapping[str, object], people: int = 0
) -> Effect | None:
    """Return the mean over seeds of a column, with its interval; None where it is undefined.

    Args:
        table: one row a model and split.
        column: measured.
        where: which models.
        people: test rows behind a share; 0 leaves their sampling error out, which is then said.
    """
    values = select_rows(table, where).groupby("seed")[column].first().to_numpy(float)
    if not len(values) or not np.isfinite(values).all():
        return None
    mean = float(values.mean())
    error = share_error(min(max(mean, 0.0), 1.0), people) if people else 0.0
    return over_trainings(values, error, test_rows=people > 0)


def change(
    table: "pd.DataFrame", column: str, here: Mapping[str, object], there: Mapping[str, object]
) -> Effect | None:
    """Return a column at one setting minus at another, paired by seed; None where undefined."""
    a, b = (select_rows(table, where).groupby("seed")[column].first() for where in (here, there))
    gaps = (a - b).loc[a.index.intersection(b.index)].to_numpy(float)
    if not len(gaps) or not np.isfinite(gaps).all():
        return None
    return over_trainings(gaps)


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
        found = None
        if len(values) and np.isfinite(values).all():
            found = over_trainings(values)
        told = (found.value, found.low, found.high) if found else (math.nan,) * 3
        named = dict(zip(by, key if isinstance(key, tuple) else (key,), strict=True))
        measured = dict(zip(("value", "low", "high"), told, strict=True))
        rows.append(named | measured | {"seeds": len(values)})
    return pd.DataFrame(rows, columns=[*by, "value", "low", "high", "seeds"])


def stated_effect(table: "pd.DataFrame", where: Mapping[str, object]) -> Effect | None:
    """Return the effect that a study states in `value`, `low`, `high`; None where it has none."""
    import pandas as pd

    found = select_rows(table, where)
    if found.empty or pd.isna(found["value"].iloc[0]):
        return None
    row = found.iloc[0]
    low, high = (
        float(row[end]) if end in row and pd.notna(row[end]) else out
        for end, out in (("low", -math.inf), ("high", math.inf))
    )
    return Effect(value=float(row["value"]), low=low, high=high)


def outcomes(attribute: str, groups: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of results that count each group's people and positive labels.

    >>> outcomes("sex", ("Female",))
    ('people[sex=Female]', 'positives[sex=Female]')
    """
    kinds = ("people", "positives")
    return tuple(f"{kind}[{attribute}={group}]" for group in groups for kind in kinds)


def one_answer(table: "pd.DataFrame") -> "pd.Series":
    """Return how often one answer for everybody is right, from the columns of `outcomes`."""
    people, positives = (
        table.loc[:, [name for name in table if str(name).startswith(f"{kind}[")]].sum(axis=1)
        for kind in ("people", "positives")
    )
    share = positives / people
    return share.where(share >= 0.5, 1 - share)


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
