"""Synthetic tree: people drawn from a tree of noisy counts, which takes the strongest pairs.

Three releases: how many people have each bin; how far each two columns are from independent, given
the first; and the tables of counts of the pairs that a maximum spanning tree takes.  The last two
are added up over the communities.  The noise of the second is Gaussian like the others', so that
the account is exact, where the method this follows draws edges by the exponential mechanism; and it
is less what chance would leave, as small tables are far from independent by chance alone.

Source: McKenna, Miklau & Sheldon 2021, Journal of Privacy and Confidentiality, doi
10.29012/jpc.778.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.data.table_cache import table_cache
from tradeoffs.remedies.partnership import key_of
from tradeoffs.remedies.remedy import NUMBER, Control, Dial, Exchange, Remedy, Traffic
from tradeoffs.remedies.sharing import counts
from tradeoffs.remedies.sharing.bayesian_tree import spanning_tree
from tradeoffs.remedies.sharing.counts import precisions
from tradeoffs.remedies.sharing.marginals import (
    block,
    column_sizes,
    dependence,
    noisy,
    pair_counts,
    project,
    shrink,
)
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

RELEASES = 3
STAR = 1.0  # of the dial: then no pair without the label is left, and nothing has to be chosen
Noise = tuple[float, float, float]  # multipliers: single columns, pairs' scores, edges


def sensitivities(columns: int) -> Noise:
    """Return how far one person moves each release, of so many columns with the label."""
    pairs = columns * (columns - 1) / 2
    return math.sqrt(columns), math.sqrt(pairs), math.sqrt(columns - 1)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sums:
    """Sums over communities of what each releases with its noise.

    Attributes:
        scales: (K, releases) standard deviations of the noise.
        weights: (K,) by which releases are scaled before they are added up.
        streams: (K,) of each one's noise.
    """

    scales: np.ndarray
    weights: np.ndarray
    streams: Streams

    def each(self, release: int, numbers: Sequence[np.ndarray]) -> np.ndarray:
        """Return a release of each community with its noise, (K, numbers)."""
        pairs = zip(numbers, self.scales[:, release], self.streams, strict=True)
        return np.array([noisy(own, float(scale), stream) for own, scale, stream in pairs])

    def total(self, release: int, numbers: Sequence[np.ndarray]) -> np.ndarray:
        """Return the sum of a release over communities, (numbers,)."""
        return self.weights @ self.each(release, numbers)


def tree_of_counts(
    tables: Sequence[Table],
    noise: Sequence[Noise],
    streams: Streams,
    *,
    label_ties: float = 0.0,
) -> ReleasedTree:
    """Return the sums of the communities' releases, along the tree that they give.

    Args:
        tables: (K,) people of each community.
        noise: (K,) multipliers of each one's releases; 0 releases exact numbers.
        streams: (K,) of each one's noise.
        label_ties: in [0, 1]; the scores of pairs without the label are reduced by this share.
    """
    sizes, rows = column_sizes(tables[0]), np.array([table.rows for table in tables], float)
    pairs = [pair_counts(table) for table in tables]
    weights = precisions([own[2] for own in noise], rows, sum(sizes))
    scales = np.multiply(sensitivities(len(sizes)), noise)
    sums = Sums(scales=scales, weights=weights, streams=streams)
    people, starts = float(weights @ rows), np.cumsum(sizes)[:-1]
    single = sums.each(0, [np.diag(own) for own in pairs])
    singles = np.split(weights @ single, starts)
    everybody = np.concatenate([project(part, people) for part in singles]) / people
    shares = shrink(single / rows[:, None], everybody, scales[:, 0] / rows, sizes)
    told = [
        dependence(own, share, sizes, count)
        for own, share, count in zip(pairs, shares, rows, strict=True)
    ]
    scores = _symmetric(told, sums)
    scores[1:, 1:] *= 1 - label_ties
    order, parents = spanning_tree(scores)
    edges = _edges(pairs, [(parents[column], column) for column in order[1:]], sizes, sums)
    return ReleasedTree(order=order, parents=parents, people=people, singles=singles, edges=edges)


def _symmetric(scores: Sequence[np.ndarray], sums: Sums) -> np.ndarray:
    """Return the noisy sum of symmetric scores, each pair told once; 0 on the diagonal."""
    upper = np.triu_indices(len(scores[0]), 1)
    found = np.zeros(scores[0].shape)
    found[upper] = sums.total(1, [own[upper] for own in scores])
    return found + found.T


def _edges(
    pairs: Sequence[np.ndarray],
    places: Sequence[tuple[int, int]],
    sizes: Sequence[int],
    sums: Sums,
) -> dict[int, np.ndarray]:
    """Return the noisy table of each (parent, column), by the column."""
    shapes = [(sizes[parent], sizes[column]) for parent, column in places]
    told = [
        np.concatenate([block(own, sizes, *place).reshape(-1) for place in places]) for own in pairs
    ]
    ends = np.cumsum([a * b for a, b in shapes])[:-1]
    found = zip(places, shapes, np.split(sums.total(2, told), ends), strict=True)
    return {column: part.reshape(shape) for (_, column), shape, part in found}


def release(
    partnership: Partnership,
    tables: Sequence[Table],
    streams: Streams,
) -> ReleasedTree:
    """Return the sums of what the communities release, with each one's noise."""
    noise = [own.noise if own else (0.0,) * RELEASES for own in partnership.accounts]
    return tree_of_counts(
        tables,
        [(one[0], one[1], one[2]) for one in noise],
        streams,
        label_ties=partnership.dial,
    )


def account(partnership: Partnership, k: int) -> Account | None:
    """Return the account of three releases, of a third of the privacy loss each."""
    if not partnership.private or partnership.dial >= STAR:
        return counts.account(partnership, k)
    parts = [Part(share=1 / RELEASES)] * RELEASES
    return allocate(float(partnership.epsilon[k]), partnership.deltas[k], *parts)


def fit(partnership: Partnership) -> Vectors:
    """Return (seeds, K) parameter vectors of models of people drawn from the tree."""
    if partnership.dial >= STAR:
        return counts.fit(as_counts(partnership))
    return fit_to_people(partnership, release)


def figures(partnership: Partnership, vectors: Vectors) -> Figures:
    """Return who the drawn people are."""
    if partnership.dial >= STAR:
        return counts.figures(as_counts(partnership), vectors)
    return tell_of_people(partnership, vectors, release)


@table_cache
@lru_cache(maxsize=1)
def as_counts(partnership: Partnership) -> Partnership:
    """Return the partnership that publishes tables of counts instead, with its noise."""
    instead = partnership.scenario.model_copy(update={"remedy": counts.COUNTS.name, "dial": None})
    return replace(partnership, scenario=instead, key=key_of(instead))


def traffic(exchange: Exchange) -> Traffic:
    """Return three tables that go out, and their sums that come back.

    The edges are counted as tables of two columns with the mean number of bins.
    """
    if exchange.dial >= STAR:
        return counts.traffic(exchange)
    columns, features = exchange.columns + 2, exchange.ones
    edges = features * (exchange.columns / features) ** 2
    mean = NUMBER * (columns + features * (features + 1) / 2 + edges) / RELEASES
    return Traffic(up=mean, down=mean, rounds=RELEASES)


SYNTHETIC_TREE = Remedy(
    name="synthetic_tree",
    title="private synthetic data (tree of counts)",
    help=(
        "The communities publish noisy counts for the pairs of columns that depend on "
        "each other most. Synthetic people are drawn from a tree of these pairs, and a "
        "model is trained on them; anybody may use the synthetic people."
    ),
    section="sharing",
    formula="P(y, x) = P(y) prod_j P(x_j | x_parent(j)), tree = argmax sum of "
    "||M_ij - M_i M_j / n||_1 + N(0, P sigma^2)",
    source="McKenna, Miklau & Sheldon 2021, Journal of Privacy and Confidentiality, doi "
    "10.29012/jpc.778; Chow & Liu 1968",
    limits=(
        "Each column's dependence is kept for one other column only: two columns that are "
        "not neighbours in the tree, such as a group and the label, lose most of theirs. "
        "Noise adds people to rare bins; making the tables consistent removes only part "
        "of that. Bytes are counted for tables with the mean number of bins."
    ),
    dial=Dial(
        title="ties to the label",
        ends=("the strongest pairs of columns", "every column with the label"),
        values=(0.0, 0.5, 0.9, STAR),
        default=0.0,
        phrase="a discount of {} on other pairs",
        phrases={0.0: "no pairs favoured", STAR: "every column with the label"},
        identity=STAR,
        same_as="counts",
    ),
    needs=("labels", "rows", "others"),
    control=Control(
        leaves="three tables of counts",
        sees="everybody",
        changes="everybody, for their own model from the same synthetic people",
        withdraws="no: what is published stays",
        decides="nothing more",
    ),
    trusts="nobody: each community adds the noise before it publishes",
    mechanisms=("dp", "none"),
    reason="no gradients are clipped: each person counts once in each table anyway",
    shared=True,
    account=account,
    fit=fit,
    figures=figures,
    traffic=traffic,
)
