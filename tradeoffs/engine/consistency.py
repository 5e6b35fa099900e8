"""Individuals: are people who differ in the attribute alone, or hardly at all, decided alike?

Both are measured on a sample of rows.  Changing the attribute alone leaves everything that goes
along with it, so a model that never sees the attribute would change nothing, whatever it does to
groups: of such a model the question is not asked.
"""

from collections.abc import Sequence

import numpy as np
import torch

from tradeoffs.data.table import Table
from tradeoffs.engine.population import logits

NEIGHBOURS = 5


def flip_rate(
    vectors: Sequence[torch.Tensor],
    widths: Sequence[int],
    table: Table,
    codes: torch.Tensor,
    attribute: str,
) -> np.ndarray:
    """Return (models,): share of people whose decision some other value of the attribute changes.

    NaN where the attribute is no column that the models see.

    Args:
        vectors: parameter vectors.
        widths: hidden units of each.
        table: whose columns the models see.
        codes: (rows, features + 1) int32, columns held by the people asked about.
        attribute: name of a column.

    Source: Dwork et al. 2012, arXiv 1104.3913; the test of Agarwal et al. 2018, arXiv 1809.03260.
    """
    names = [feature.name for feature in table.features]
    if attribute not in names:
        return np.full(len(vectors), np.nan)
    place = names.index(attribute)
    values = len(table.features[place].labels)
    chosen = torch.zeros(len(vectors), len(codes), dtype=torch.int32)
    for value in range(values):
        other = codes.clone()
        other[:, place] = int(table.offsets[place]) + value
        chosen += logits(vectors, widths, other) > 0
    return ((chosen > 0) & (chosen < values)).double().mean(1).numpy()


def neighbours(codes: np.ndarray) -> np.ndarray:
    """Return (rows, NEIGHBOURS): who shares most answers with each person; ties to earlier rows.

    Args:
        codes: (rows, features) the answers, rows > NEIGHBOURS.
    """
    shared = (codes[:, None, :] == codes[None, :, :]).sum(2)
    np.fill_diagonal(shared, -1)
    return np.argsort(-shared, axis=1, kind="stable")[:, :NEIGHBOURS]


def consistency(decision: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Return (models,): 1 - mean distance of a decision to the mean of the nearest people's.

    1 means that people with like answers are always decided alike; a constant model has 1.

    Args:
        decision: (models, rows) of 0 and 1.
        near: (rows, k) from `neighbours`.

    Source: Zemel et al. 2013, Learning Fair Representations, ICML; k = 5.
    """
    return 1 - np.abs(decision - decision[:, near].mean(2)).mean(1)
