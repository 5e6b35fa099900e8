"""Replicates: the results laid out as configuration x seed, on both splits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tradeoffs.errors import InvalidInput, NotMeasurable

SPLITS = ("select", "report")
SELECT, REPORT = 0, 1


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Replicates:
    """Measured values by split, configuration, seed and column.

    A value that is missing because the model has not been trained yet is not `present`; a value
    that is present and NaN is undefined.
    """

    configurations: pd.DataFrame  # one row each, sorted, numbered from 0
    seeds: np.ndarray  # (seeds,), ascending
    columns: tuple[str, ...]
    values: np.ndarray  # (2 splits, configurations, seeds, columns)
    present: np.ndarray  # (2 splits, configurations, seeds), bool

    def of(self, column: str) -> np.ndarray:
        """Return one column: (2 splits, configurations, seeds)."""
        return self.values[..., self.columns.index(column)]

    def positions(self, wanted: Iterable[tuple]) -> list[int]:
        """Return the row of each wanted key (see `keys`); NotMeasurable if one has no results."""
        known = {key: row for row, key in enumerate(keys(self.configurations))}
        found = []
        for key in wanted:
            if key not in known:
                names = dict(zip(self.configurations.columns, key, strict=True))
                raise NotMeasurable(f"no results yet for the configuration {names}")
            found.append(known[key])
        return found


def replicates(
    results: pd.DataFrame, configuration: Sequence[str], columns: Sequence[str] | None = None
) -> Replicates:
    """Lay tidy results out as arrays, independently of the order of their rows.

    Args:
        results: One row per model and split: configuration columns, `seed`, `split`, measures.
        configuration: Columns that name a configuration; missing values are one value of their
            own, infinity is another.
        columns: Measured columns to keep; all numeric ones by default.

    Raises:
        InvalidInput: A column is missing, a split is unknown, or two rows have the same
            configuration, seed and split (then `configuration` lacks a column).
    """
    names = [*configuration, "seed", "split", *(columns or ())]
    _check_columns(results, names, configuration)
    kept = tuple(measured(results, configuration) if columns is None else columns)
    code, first = _configuration_codes(results, configuration)
    seeds, seed_code = np.unique(results["seed"].to_numpy(), return_inverse=True)
    shape = (len(SPLITS), len(first), len(seeds))
    cell = (_split_codes(results) * shape[1] + code) * shape[2] + seed_code
    _check_once(cell, configuration)

    values = np.full((int(np.prod(shape)), len(kept)), np.nan)
    for k, name in enumerate(kept):
        values[cell, k] = results[name].to_numpy(dtype=float, na_value=np.nan)
    present = np.zeros(len(values), dtype=bool)
    present[cell] = True
    return Replicates(
        configurations=results[list(configuration)].iloc[first].reset_index(drop=True),
        seeds=seeds,
        columns=kept,
        values=values.reshape(*shape, len(kept)),
        present=present.reshape(shape),
    )


def measured(results: pd.DataFrame, configuration: Sequence[str]) -> list[str]:
    """Return the numeric columns that name neither a configuration nor a seed or split."""
    others = {*configuration, "seed", "split"}
    numeric = (name for name, dtype in results.dtypes.items() if dtype.kind in "biuf")
    return [str(name) for name in numeric if name not in others]


def keys(configurations: pd.DataFrame) -> list[tuple]:
    """Return one hashable key per row, in which every missing value is None."""
    values = configurations.to_numpy(dtype=object, copy=True)
    values[configurations.isna().to_numpy()] = None
    return list(map(tuple, values.tolist()))


def key(configuration: Mapping[str, object]) -> tuple:
    """Return the key of one configuration given as column -> value, as `keys` does for rows."""
    return tuple(map(_plain, configuration.values()))


def _plain(value: object) -> object:
    return None if pd.isna(value) else value  # type: ignore[call-overload]


def _check_columns(
    results: pd.DataFrame, names: Sequence[str], configuration: Sequence[str]
) -> None:
    if not configuration:
        raise InvalidInput("configuration=[] must name at least one column")
    for name in names:
        if name not in results.columns:
            known = ", ".join(map(str, results.columns))
            raise InvalidInput(f"unknown column {name!r}; known: {known}")


def _configuration_codes(
    results: pd.DataFrame, configuration: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Number the configurations in sorted order: (rows,) numbers, and a first row of each."""
    code = np.zeros(len(results), dtype=np.int64)
    first = np.zeros(0, dtype=np.int64)
    for name in configuration:
        if len(first) and _constant(results[name].to_numpy()):
            continue  # most columns of a screen are: sorting them would take most of the time
        own, values = pd.factorize(results[name], sort=True)
        own = np.where(own < 0, len(values), own)  # missing comes last
        # Renumbered at every column, so that the product of the sizes cannot overflow.
        combined = code * (len(values) + 1) + own
        _, first, code = np.unique(combined, return_index=True, return_inverse=True)
    return code, first


def _constant(values: np.ndarray) -> bool:
    """Say whether all values are equal; a missing one equals none, so columns of them are not."""
    return bool(np.all(values == values[0]))


def _split_codes(results: pd.DataFrame) -> np.ndarray:
    split = results["split"].to_numpy(dtype=object)
    select, report = split == SPLITS[SELECT], split == SPLITS[REPORT]
    unknown = ~(select | report)
    if unknown.any():
        raise InvalidInput(f"unknown split {split[unknown][0]!r}; known: {', '.join(SPLITS)}")
    return report.astype(np.int64)


def _check_once(cell: np.ndarray, configuration: Sequence[str]) -> None:
    if len(np.unique(cell)) < len(cell):
        raise InvalidInput(
            "two rows share their configuration, seed and split; "
            f"configuration={list(configuration)} must name every column that tells models apart"
        )
