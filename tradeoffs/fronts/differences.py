"""Differences between two configurations, paired over the seeds that both have."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.fronts.replicates import REPORT, Replicates, key
from tradeoffs.stats.interval import estimate


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """The first configuration minus the second, on report.

    Attributes:
        column: What was measured.
        mean: Mean over the common seeds, in the unit of the column.
        standard_error: Over seeds and, if told, test rows; None with fewer than two seeds.
        interval: t interval around the mean; None with fewer than two seeds.
        seeds: Number of common seeds.
        distinguishable: Whether the interval leaves out zero; False without an interval.
        test_rows: Whether the interval covers that the test rows are a sample; else seeds alone.
    """

    column: str
    mean: float
    standard_error: float | None
    interval: tuple[float, float] | None
    seeds: int
    distinguishable: bool
    test_rows: bool = True


def difference(
    results: Replicates,
    configuration_a: Mapping[str, object],
    configuration_b: Mapping[str, object],
    column: str,
    *,
    sampling_se: float | None = None,
    level: float = 0.95,
) -> Difference:
    """Compare two configurations seed by seed on report: a minus b.

    Models of one seed share their batches, so their difference varies less than they do. Seeds
    alone leave out that the test rows are a sample: `sampling_se` (unit of the column) adds that,
    see `estimate`.

    Args:
        results: With the column.
        configuration_a: Name -> value, for all that tells models apart; missing values match
            missing ones.
        configuration_b: The same names.
        column: Measured column.
        sampling_se: Standard error of the difference from the finite number of test rows; None
            if it is not known.
        level: Coverage of the interval, between 0 and 1.

    Raises:
        InvalidInput: The names are not those of the results, or a number is out of bounds.
        NotMeasurable: No common seed, or a value is undefined or infinite in a common seed.
    """
    _check(results, (configuration_a, configuration_b), sampling_se, level)
    gaps = _paired(results, configuration_a, configuration_b, column)
    found = estimate(gaps, sampling_se or 0.0, level)
    low, high = found.interval or (-math.inf, math.inf)
    return Difference(
        column=column,
        mean=found.mean,
        standard_error=found.standard_error,
        interval=found.interval,
        seeds=found.seeds,
        distinguishable=not low <= 0 <= high,
        test_rows=sampling_se is not None,
    )


def _check(
    results: Replicates,
    configurations: Sequence[Mapping[str, object]],
    sampling_se: float | None,
    level: float,
) -> None:
    for one in configurations:
        if set(one) != set(results.configuration):
            raise InvalidInput(
                "other_columns", configuration=dict(one), known=tuple(results.configuration)
            )
    if sampling_se is not None and not 0 <= sampling_se < math.inf:
        raise InvalidInput("negative", field="sampling_se", value=sampling_se)
    if not 0 < level < 1:
        raise InvalidInput("between", field="level", value=level, low=0, high=1)


def _paired(
    results: Replicates, a: Mapping[str, object], b: Mapping[str, object], column: str
) -> np.ndarray:
    """Return a minus b for each common seed: (common seeds,)."""
    wanted = [key({name: one[name] for name in results.configuration}) for one in (a, b)]
    rows = results.positions(wanted)
    common = results.present[REPORT, rows].all(axis=0)
    if not common.any():
        raise NotMeasurable("no_common_seed", column=column)
    values = results.of(column)[REPORT, rows][:, common]
    if not np.isfinite(values).all():
        raise NotMeasurable("no_difference", column=column)
    return values[0] - values[1]
