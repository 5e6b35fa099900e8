"""Replicates: the results laid out as configuration x seed, on both splits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.measurement import SPLITS

if TYPE_CHECKING:
    import pandas as pd

SELECT, REPORT = 0, 1
Key = tuple  # values of a configuration; a missing one is None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Replicates:
    """Measured values by split, configuration, seed and column.

    A value that is missing because the model has not been trained yet is not `present`; a value
    that is present and NaN is undefined.
    """

    configuration: tuple[str, ...]  # names of what tells configurations apart
    keys: tuple[Key, ...]  # one a configuration, sorted
    seeds: np.ndarray  # (seeds,), ascending
    columns: tuple[str, ...]
    values: np.ndarray  # (2 splits, configurations, seeds, columns)
    present: np.ndarray  # (2 splits, configurations, seeds), bool

    def of(self, column: str) -> np.ndarray:
        """Return one column: (2 splits, configurations, seeds); InvalidInput if there is none."""
        require_known("column", column, self.columns)
        return self.values[..., self.columns.index(column)]

    def named(self, row: int) -> dict[str, object]:
        """Return a configuration as name -> value."""
        return dict(zip(self.configuration, self.keys[row], strict=True))

    def positions(self, wanted: Iterable[Key]) -> list[int]:
        """Return the row of each wanted key; NotMeasurable if one has no results."""
        known = {key: row for row, key in enumerate(self.keys)}
        found = []
        for key in wanted:
            if key not in known:
                names = dict(zip(self.configuration, key, strict=True))
                raise NotMeasurable("no_results_yet", names=str(names))
            found.append(known[key])
        return found

    def some(
        self, rows: Sequence[int] | None = None, columns: Iterable[str] | None = None
    ) -> "Replicates":
        """Return some configurations and columns alone; None keeps all."""
        found = self
        if rows is not None:
            found = replace(
                found,
                keys=tuple(self.keys[row] for row in rows),
                values=self.values[:, rows],
                present=self.present[:, rows],
            )
        if columns is not None:
            kept = tuple(columns)
            values = [found.of(name) for name in kept]
            found = replace(found, columns=kept, values=np.stack(values, axis=-1))
        return found


def replicates(
    results: "pd.DataFrame", configuration: Sequence[str], columns: Sequence[str] | None = None
) -> Replicates:
    """Lay tidy results out as arrays, independently of the order of their rows.

    Args:
        results: One row per model and split: configuration columns, `seed`, `split`, measures.
        configuration: Columns that name a configuration; missing values are one value of their
            own, infinity is another.
        columns: Measured columns to keep; all numeric ones by default.  A text counts as 1.

    Raises:
        InvalidInput: A column is missing, a split is unknown, or two rows have the same
            configuration, seed and split (then `configuration` lacks a column).
    """
    names = [*configuration, "seed", "split", *(columns or ())]
    _check_columns(results, names, configuration)
    kept = tuple(measured_columns(results, configuration) if columns is None else columns)
    values = np.full((len(results), len(kept)), np.nan)
    for k, name in enumerate(kept):
        values[:, k] = _numbers(results.loc[:, name])
    return from_arrays(
        tuple(configuration),
        kept,
        keys=keys(results.loc[:, list(configuration)]),
        seeds=results["seed"].tolist(),
        splits=_split_codes(results),
        values=values,
    )


def from_arrays(
    configuration: tuple[str, ...],
    columns: tuple[str, ...],
    *,
    keys: Sequence[Key],
    seeds: Sequence[int],
    splits: Sequence[int] | np.ndarray,
    values: np.ndarray,
) -> Replicates:
    """Lay measured models out as arrays, independently of their order.

    Args:
        configuration: Names of what tells configurations apart.
        columns: Names of what was measured.
        keys: Configuration of each model.
        seeds: Seed of each.
        splits: On which split each was measured, 0 for select.
        values: (models, columns).

    Raises:
        InvalidInput: Two of them have the same configuration, seed and split.
    """
    known = sort_keys(keys)
    number = {key: n for n, key in enumerate(known)}
    code = np.array([number[key] for key in keys], dtype=int)
    different, seed = np.unique(np.asarray(seeds, dtype=int), return_inverse=True)
    shape = (len(SPLITS), len(known), len(different))
    cell = (np.asarray(splits, dtype=int) * shape[1] + code) * shape[2] + seed
    _check_once(cell, configuration)
    found = np.full((int(np.prod(shape)), len(columns)), np.nan)
    found[cell] = values
    present = np.zeros(len(found), dtype=bool)
    present[cell] = True
    return Replicates(
        configuration=configuration,
        keys=known,
        seeds=different,
        columns=columns,
        values=found.reshape(*shape, len(columns)),
        present=present.reshape(shape),
    )


def sort_keys(keys: Iterable[Key]) -> tuple[Key, ...]:
    """Return the different keys, sorted."""
    return tuple(sorted(set(keys), key=_missing_last))


def measured_columns(results: "pd.DataFrame", configuration: Sequence[str]) -> list[str]:
    """Return the numeric columns that name neither a configuration nor a seed or split."""
    others = {*configuration, "seed", "split"}
    numeric = (name for name, dtype in results.dtypes.items() if dtype.kind in "biuf")
    return [str(name) for name in numeric if name not in others]


def keys(configurations: "pd.DataFrame") -> list[Key]:
    """Return one hashable key per row, in which every missing value is None."""
    values = configurations.to_numpy(dtype=object, copy=True)
    values[configurations.isna().to_numpy()] = None
    return list(map(tuple, values.tolist()))


def key(configuration: Mapping[str, object]) -> Key:
    """Return the key of one configuration given as column -> value, as `keys` does for rows."""
    return tuple(map(_plain, configuration.values()))


def _plain(value: object) -> object:
    return None if value is None or value != value else value  # NaN equals nothing


def _missing_last(key: Key) -> tuple:
    return tuple((value is None, 0 if value is None else value) for value in key)


def _numbers(column: "pd.Series") -> np.ndarray:
    """Return a column as numbers, NaN where one is missing, 1 for a text."""
    if column.dtype.kind in "biuf":
        return column.to_numpy(dtype=float, na_value=np.nan)
    values = column.where(column.notna(), np.nan)
    return np.array([1.0 if isinstance(v, str) else v for v in values], dtype=float)


def _check_columns(
    results: "pd.DataFrame", names: Sequence[str], configuration: Sequence[str]
) -> None:
    if not configuration:
        raise InvalidInput("no_configuration")
    for name in names:
        require_known("column", name, map(str, results.columns))


def _split_codes(results: "pd.DataFrame") -> np.ndarray:
    split = results["split"].to_numpy(dtype=object)
    select, report = split == SPLITS[SELECT], split == SPLITS[REPORT]
    unknown = ~(select | report)
    if unknown.any():
        require_known("split", split[unknown][0], SPLITS)
    return report.astype(np.int64)


def _check_once(cell: np.ndarray, configuration: Sequence[str]) -> None:
    if len(np.unique(cell)) < len(cell):
        raise InvalidInput("rows_share_configuration", configuration=list(configuration))
