"""Marginals: how many people each bin holds, and each pair of bins, and what noise makes of that.

The label is taken as one more column, the first, with the bins "no" and "yes".  A cell is a bin of
a column, so a table of d features has the cells of d + 1 columns, column after column.
"""

from collections.abc import Sequence

import numpy as np

from tradeoffs.data.table import Table


def column_sizes(table: Table) -> tuple[int, ...]:
    """Return how many bins each column has, the label first."""
    return (2, *(len(feature.labels) for feature in table.features))


def column_codes(table: Table) -> np.ndarray:
    """Return each row's bin in each column, the label first; int16 (rows, columns)."""
    return np.concatenate([table.label[:, None].astype(np.int16), table.codes], 1)


def pair_counts(table: Table) -> np.ndarray:
    """Return how many people are in both cells; float64 (cells, cells), symmetric.

    On the diagonal stand the people of each cell.  The block of two columns is their table of
    counts, in which each person is counted once.
    """
    sizes = column_sizes(table)
    cells = column_codes(table) + _first_cells(sizes)
    held = np.zeros((table.rows, sum(sizes)), np.float32)
    np.put_along_axis(held, cells, 1.0, 1)
    return (held.T @ held).astype(float)


def label_counts(table: Table) -> np.ndarray:
    """Return how many people of each answer are in each cell of a feature; float64 (2, cells)."""
    flat = table.flat
    return np.stack([
        np.bincount(flat[table.label == answer].reshape(-1), minlength=table.columns)
        for answer in (False, True)
    ]).astype(float)  # fmt: skip


def dependence(
    pairs: np.ndarray, shares: np.ndarray, sizes: Sequence[int], rows: float
) -> np.ndarray:
    """Return how far each two columns are from independent, in people; (columns, columns).

    It is || M_ij - rows p_i p_j ||_1, less what chance would leave of it if they were independent:
    without that the columns with the most bins would seem to depend on each other most.  With the
    shares known, a person who is added moves one cell of M_ij by 1, and so this number by at most
    1.

    Args:
        pairs: (cells, cells) counts.
        shares: (cells,) of people in each cell, as they are released.
        sizes: of the columns.
        rows: public number of people.
    """
    first = _first_cells(sizes)
    expected = rows * np.outer(shares, shares)
    left = np.sqrt(np.maximum(np.outer(1 - shares, 1 - shares), 0))  # both margins are given
    excess = np.abs(pairs - expected) - left * poisson_deviation(expected)
    return np.add.reduceat(np.add.reduceat(excess, first, 0), first, 1)


def shrink(
    shares: np.ndarray, everybody: np.ndarray, deviation: np.ndarray, sizes: Sequence[int]
) -> np.ndarray:
    """Return each community's shares, as near to everybody's as noise hides their differences.

    Args:
        shares: (K, cells) with noise.
        everybody: (cells,) shares with less noise.
        deviation: (K,) standard deviation of each community's noise; 0 keeps its shares.
        sizes: of the columns, each with a spread of its own between communities.

    Source: James & Stein 1961, 4th Berkeley Symposium; Efron & Morris 1975, JASA 70(350).
    """
    noise = np.square(deviation)[:, None]
    found = []
    starts = _first_cells(sizes)[1:]
    for own, mean in zip(np.split(shares, starts, 1), np.split(everybody, starts), strict=True):
        spread = max(0.0, float((np.square(own - mean) - noise).mean()))
        weight = np.where(noise > 0, spread / (spread + np.where(noise > 0, noise, 1)), 1)
        found.append([project(mean + part, 1.0) for part in weight * (own - mean)])
    return np.concatenate([np.array(column) for column in found], 1)


def poisson_deviation(mean: np.ndarray) -> np.ndarray:
    """Return the mean absolute deviation of Poisson counts of these means, at least 0.

    Source: Crow 1958, Biometrika 45(3/4), doi 10.1093/biomet/45.3-4.556.
    """
    from scipy.special import gammaln, xlogy

    whole = np.floor(mean)
    return 2 * np.exp(xlogy(whole + 1, mean) - mean - gammaln(whole + 1))


def noisy(counts: np.ndarray, scale: float, stream: np.random.Generator) -> np.ndarray:
    """Return counts with independent Gaussian noise of that standard deviation.

    Args:
        counts: of any shape.
        scale: 0 returns the counts as they are.
        stream: of the one who adds the noise.
    """
    return counts + scale * stream.standard_normal(counts.shape) if scale else counts


def project(counts: np.ndarray, total: float) -> np.ndarray:
    """Return the nearest counts that are not negative and add up to `total`; of any shape.

    Setting negative counts to 0 instead would give rare bins people they do not have, as of noise
    around 0 only the upper half is kept.  Some of that remains here, too.

    Source: Duchi et al. 2008, ICML, doi 10.1145/1390156.1390191, on projections onto the simplex.
    """
    falling = np.sort(counts, axis=None)[::-1]
    excess = np.cumsum(falling) - total
    over = excess / np.arange(1, counts.size + 1)
    return np.maximum(counts - over[np.flatnonzero(falling > over)[-1]], 0)


def clip(counts: np.ndarray, total: float) -> np.ndarray:
    """Return counts with negative ones set to 0, scaled to add up to `total`."""
    kept = np.maximum(counts, 0)
    return kept * (total / kept.sum()) if kept.any() else np.full(counts.shape, total / counts.size)


def rake(counts: np.ndarray, single: np.ndarray) -> np.ndarray:
    """Return a table of two columns, scaled so that the second one's bins add up to other counts.

    Counts of one column have less noise than sums over a table of two.  A bin without people in
    the table keeps none.

    Args:
        counts: (bins of one column, bins of the other), at least 0.
        single: (bins of the other,), at least 0.

    Source: Deming & Stephan 1940, Annals of Mathematical Statistics 11(4), one step of it.
    """
    sums = counts.sum(0)
    return counts * (single / np.where(sums > 0, sums, 1))


def block(matrix: np.ndarray, sizes: Sequence[int], row: int, column: int) -> np.ndarray:
    """Return the table of counts of two columns, (bins of one, bins of the other)."""
    first = np.append(_first_cells(sizes), sum(sizes))
    return matrix[first[row] : first[row + 1], first[column] : first[column + 1]]


def _first_cells(sizes: Sequence[int]) -> np.ndarray:
    return np.cumsum([0, *sizes[:-1]])
