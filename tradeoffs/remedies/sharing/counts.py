"""Counts: one noisy table of label by column from each community, and what their sum describes.

From the sum people are drawn whose columns are independent given the label, as naive Bayes has it,
and a model is trained on them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tradeoffs.data.table import Table
from tradeoffs.remedies.remedy import NUMBER, Control, Exchange, Remedy, Traffic
from tradeoffs.remedies.sharing.bayesian_tree import star
from tradeoffs.remedies.sharing.marginals import label_counts, noisy
from tradeoffs.remedies.sharing.released_tree import ReleasedTree
from tradeoffs.remedies.sharing.synthetic_people import (
    Streams,
    fit_to_people,
    tell_of_people,
)
from tradeoffs.values.privacy.account import Account, Part, allocate

if TYPE_CHECKING:
    from tradeoffs.remedies.partnership import Partnership, Vectors
    from tradeoffs.remedies.remedy import Figures


def sensitivity(table: Table) -> float:
    """Return how far one person moves the table of counts: each feature counts everybody once."""
    return math.sqrt(len(table.features))


def precisions(noise: npt.ArrayLike, rows: npt.ArrayLike, cells: int) -> np.ndarray:
    """Return by how much each community's counts are scaled before they are added up; (K,).

    It is one over the variance that sampling and noise give to a cell's share, in units in which a
    community without noise counts as it is: what one promises more strictly weighs less.  The
    numbers are public.

    Args:
        noise: (K,) noise multipliers.
        rows: (K,) public numbers of people.
        cells: of the table, both answers.
    """
    return 1 / (1 + np.square(noise) * cells / np.asarray(rows, float))


def star_of_counts(
    tables: Sequence[Table],
    noise: Sequence[float],
    streams: Streams,
) -> ReleasedTree:
    """Return the sum of the communities' noisy tables.

    Args:
        tables: (K,) people of each community.
        noise: (K,) noise multipliers; 0 releases exact counts.
        streams: (K,) of each one's noise.
    """
    model, step = tables[0], sensitivity(tables[0])
    rows = [table.rows for table in tables]
    weights = precisions(noise, rows, 2 * model.columns)
    total = sum(
        weight * noisy(label_counts(table), step * sigma, stream)
        for weight, table, sigma, stream in zip(weights, tables, noise, streams, strict=True)
    )
    edges = np.split(np.asarray(total), model.offsets[1:], axis=1)
    parents = star(len(edges) + 1)
    return ReleasedTree(
        order=range(len(parents)),
        parents=parents,
        people=float(weights @ rows),
        edges=dict(enumerate(edges, 1)),
    )


def release(
    partnership: Partnership,
    tables: Sequence[Table],
    streams: Streams,
) -> ReleasedTree:
    """Return the sum of the communities' tables, with each one's noise."""
    return star_of_counts(tables, partnership.sigma.tolist(), streams)


def account(partnership: Partnership, k: int) -> Account | None:
    """Return the account of one release in which a community adds the noise itself."""
    if not partnership.private:
        return None
    return allocate(float(partnership.epsilon[k]), partnership.deltas[k], Part())


def fit(partnership: Partnership) -> Vectors:
    """Return (seeds, K) parameter vectors of models of people drawn from the sum."""
    return fit_to_people(partnership, release)


def figures(partnership: Partnership, vectors: Vectors) -> Figures:
    """Return who the drawn people are."""
    return tell_of_people(partnership, vectors, release)


def traffic(exchange: Exchange) -> Traffic:
    """Return one table that goes out, and the sum of all that comes back."""
    return Traffic(up=NUMBER * exchange.cells, down=NUMBER * exchange.cells, rounds=1)


COUNTS = Remedy(
    name="counts",
    title="noisy table of counts",
    help=(
        "Each community publishes once, with noise, how many people with each label are "
        "in each bin of each column. Synthetic people are drawn from the sum of these "
        "tables, and a model is trained on them."
    ),
    section="sharing",
    formula="sum_k w_k (c_k + N(0, d sigma_k^2)), c_k = counts of label x column over d columns; "
    "P(y, x) = P(y) prod_j P(x_j | y)",
    source="Dwork et al. 2006, doi 10.1007/11681878_14, on noisy histograms; Vaidya et al. 2013, "
    "WI-IAT, on private naive Bayes",
    limits=(
        "Columns are drawn independently of each other given the label, so interactions "
        "of two columns are lost, and what both columns say counts twice. Without noise, "
        "exact counts are published, and a count of one reveals a person."
    ),
    needs=("labels", "rows", "others"),
    control=Control(
        leaves="one table of counts",
        sees="everybody",
        changes="everybody, for their own model from the same counts",
        withdraws="no: what is published stays",
        decides="nothing more",
    ),
    trusts="nobody: each community adds the noise before it publishes",
    mechanisms=("dp", "none"),
    reason="no gradients are clipped: each person counts once in each column anyway",
    shared=True,
    account=account,
    fit=fit,
    figures=figures,
    traffic=traffic,
)
