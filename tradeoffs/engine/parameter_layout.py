"""Parameter layout: which number of a parameter vector belongs to which unit, and what it is.

A vector is the first layer (column by column, the bias column last), the second layer and its bias;
a logistic regression's is one weight a column and the intercept.  See `population.py`.
"""

from functools import lru_cache

import numpy as np

from tradeoffs.data.table import Table


@lru_cache(maxsize=32)
def units(columns: int, width: int) -> np.ndarray:
    """Return, for each number of a vector, the unit whose sum it enters; int64 (parameters,).

    Hidden units count from 0 and the output unit comes last; a logistic regression has one unit.

    Args:
        columns: inputs, the bias not counted.
        width: hidden units; 0 is logistic regression.
    """
    hidden = np.tile(np.arange(width), columns + 1)
    outer = np.full(width + 1 if width else columns + 1, width)
    return _constant(np.concatenate([hidden, outer]))


@lru_cache(maxsize=32)
def intercepts(columns: int, width: int) -> np.ndarray:
    """Return whether each number of a vector is an intercept, which all people add up alike.

    Arguments as in `units`; bool (parameters,).
    """
    found = np.zeros(len(units(columns, width)), dtype=np.bool_)
    found[columns * width : (columns + 1) * width] = True
    found[-1] = True
    return _constant(found)


def expand_columns(vector: np.ndarray, seen: Table, whole: Table, width: int) -> np.ndarray:
    """Return a vector of a table's columns as one of all columns; those not seen weigh 0.

    Args:
        vector: (parameters,) of a model of `seen`.
        seen: with some of the features of `whole`.
        whole: whose columns are wanted.
        width: hidden units.
    """
    if seen.columns == whole.columns:
        return vector
    names = {feature.name for feature in seen.features}
    columns = [feature.name in names for feature in whole.features for _ in feature.labels] + [
        True
    ]  # the intercept
    units, first = max(width, 1), (seen.columns + 1) * max(width, 1)
    inner = np.zeros((whole.columns + 1, units), vector.dtype)
    inner[np.array(columns)] = vector[:first].reshape(-1, units)
    return np.concatenate([inner.reshape(-1), vector[first:]])


def _constant(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False  # as it is kept and handed out again
    return array
