"""Fidelity: how well a tree of at most eight rules repeats a model's decisions.

A tree of depth 3 is fitted to the model's decisions on one half of the rows and asked about the
other half, both ways round.  Fidelity is the share of the agreement that a constant answer would
not have reached: (agreement - baseline) / (1 - baseline).  It is 1 if the tree decides alike, 0
if it does no better than the more frequent answer, and not defined for a model that gives almost
everybody the same answer.

The trees of all models grow at once: who is in which node is kept as bits, and the count of every
possible split is one matrix product, as all columns are 0 or 1.

Source: Craven and Shavlik 1996 (fidelity of extracted trees); Breiman et al. 1984 (Gini splits).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tradeoffs.values.explanations.metric import ExplanationMetric

if TYPE_CHECKING:
    from torch import Tensor

DEPTH = 3
SMALLEST_MINORITY = 30  # decisions of the rarer kind, below which fidelity is not measurable

FIDELITY = ExplanationMetric(
    name="fidelity",
    title="Fidelity of a small tree",
    words="better explained by a few rules",
    better="high",
    unit="share of non-trivial decisions, up to 1",
    help=(
        "How much better a tree of at most eight rules reproduces the model's decisions "
        "than a constant answer, the model's most frequent one: 0 if no better, 1 if it "
        "reproduces all of them."
    ),
    formula="(agreement - baseline) / (1 - baseline), cross-fitted",
    source=(
        "Craven, Shavlik 1996, Extracting Tree-Structured Representations of Trained Networks, "
        "https://papers.nips.cc/paper/1152-extracting-tree-structured-representations-of-trained-networks"
    ),
    undefined=f"fewer than {SMALLEST_MINORITY} people get the rarer answer",
    ideal=1.0,
    reference=0.0,
    also=(
        *("explainability", "explained by 8 rules", "fidelity of rules"),
        *("fidelity of a depth-3 tree", "fidelity_agreement", "fidelity_baseline"),
    ),
)

Bits = np.ndarray  # uint8 (..., ceil(rows / 8)), padded with zeros


class Fidelity(NamedTuple):
    """All float64 (models,); fidelity is NaN where it is not measurable."""

    fidelity: np.ndarray
    agreement: np.ndarray  # share of rows on which the tree decides like the model
    baseline: np.ndarray  # share of the model's more frequent decision

    def columns(self) -> dict[str, np.ndarray]:
        """Return each by the name of its column in results."""
        own = FIDELITY.name
        return {
            own: self.fidelity,
            f"{own}_agreement": self.agreement,
            f"{own}_baseline": self.baseline,
        }


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Half:
    """One half of the rows, as numbers to multiply and as bits to intersect."""

    rows: int
    design: Tensor  # (rows, columns) of 0 and 1
    columns: Bits  # (columns, bytes)
    everybody: Bits  # (bytes,)
    window: slice  # of the bytes of a decision that belong to this half


def halves(design: Tensor) -> tuple[Half, Half]:
    """Cut a table of 0/1 columns in two; its rows must be in an order unrelated to their values.

    Args:
        design: (rows, columns), float32.
    """
    rows = design.shape[0]
    cut = rows // 16 * 8  # bits of the halves begin at whole bytes
    bits = np.packbits(design.t().numpy().astype(np.bool_), axis=1)

    def half(a: int, b: int) -> Half:
        window = slice(a // 8, None if b == rows else b // 8)
        return Half(
            rows=b - a,
            design=design[a:b],
            columns=np.ascontiguousarray(bits[:, window]),
            everybody=np.packbits(np.ones(b - a, dtype=np.bool_)),
            window=window,
        )

    return half(0, cut), half(cut, rows)


def fidelity(table: tuple[Half, Half], decisions: Bits) -> Fidelity:
    """Measure the fidelity of cross-fitted depth-3 trees.

    Args:
        table: from `halves`.
        decisions: (models, bytes), one bit a row, in the order of the table.
    """
    rows = table[0].rows + table[1].rows
    wrong = np.zeros(len(decisions))
    for fit, ask in (table, table[::-1]):
        repeated = surrogate(fit, decisions[:, fit.window], ask)
        wrong += count(repeated ^ decisions[:, ask.window])
    agreement = 1 - wrong / rows
    positive = count(decisions)
    rare = np.minimum(positive, rows - positive)
    baseline = 1 - rare / rows
    measurable = rare >= SMALLEST_MINORITY
    value = (agreement - baseline) / np.where(measurable, 1 - baseline, 1)
    return Fidelity(np.where(measurable, value, np.nan), agreement, baseline)


def surrogate(fit: Half, decisions: Bits, ask: Half) -> Bits:
    """Grow a tree for each model on the rows of `fit` and return its answers on `ask`.

    Ties between splits go to the first column, ties between answers to 0, and a branch without
    rows answers like its parent.

    Args:
        fit: where the trees are grown.
        decisions: (models, bytes) on the rows of `fit`.
        ask: where they are asked.

    Returns:
        (models, bytes) on the rows of `ask`.
    """
    models = len(decisions)
    inside = np.broadcast_to(fit.everybody, (models, 1, fit.everybody.size))  # of each node
    asked = np.broadcast_to(ask.everybody, (models, 1, ask.everybody.size))
    held = column_counts(inside, fit)
    positive_held = column_counts(decisions[:, None], fit)
    people, positive = count(inside), count(decisions[:, None])
    answer = 2 * positive > people
    for level in range(DEPTH):
        split = best_split(people, positive, held, positive_held)
        inside, asked = _children(inside, fit.columns[split]), _children(asked, ask.columns[split])
        chosen = inside & decisions[:, None]
        people, positive = count(inside), count(chosen)
        answer = np.where(people > 0, 2 * positive > people, answer.repeat(2, axis=1))
        if level + 1 < DEPTH:  # only branches with a 1 are counted, the others are the rest
            held = _both(held, column_counts(inside[:, 1::2], fit))
            positive_held = _both(positive_held, column_counts(chosen[:, 1::2], fit))
    return np.bitwise_or.reduce(np.where(answer[..., None], asked, np.uint8(0)), axis=1)


def count(bits: Bits) -> np.ndarray:
    """Return the number of ones along the last axis."""
    return np.bitwise_count(bits).sum(-1, dtype=np.int64)


def column_counts(inside: Bits, half: Half) -> np.ndarray:
    """Return (models, nodes, columns): how many rows of each node hold a 1 in each column."""
    flat = inside.reshape(-1, inside.shape[-1])
    member = half.design.new_empty(len(flat), half.rows)
    member.numpy()[...] = np.unpackbits(flat, axis=1, count=half.rows)
    return (member @ half.design).numpy().reshape(*inside.shape[:2], -1)


def best_split(
    people: np.ndarray, positive: np.ndarray, held: np.ndarray, positive_held: np.ndarray
) -> np.ndarray:
    """Return (models, nodes): the column whose split leaves the least Gini impurity.

    Args:
        people: (models, nodes), rows in each node.
        positive: (models, nodes), of them decided 1.
        held: (models, nodes, columns), of them with a 1 in the column.
        positive_held: (models, nodes, columns), both.
    """
    n, p = held.astype(np.float64), positive_held.astype(np.float64)
    rest_n, rest_p = people[..., None] - n, positive[..., None] - p
    purity = _purity(n, p) + _purity(rest_n, rest_p)
    return np.where((n > 0) & (rest_n > 0), purity, -1.0).argmax(-1)


def _purity(n: np.ndarray, p: np.ndarray) -> np.ndarray:
    return (p * p + (n - p) ** 2) / np.maximum(n, 1)


def _children(inside: Bits, column: Bits) -> Bits:
    return _interleave(inside & ~column, inside & column)


def _both(parent: np.ndarray, ones: np.ndarray) -> np.ndarray:
    return _interleave(parent - ones, ones)


def _interleave(zero: np.ndarray, one: np.ndarray) -> np.ndarray:
    """Return (models, 2 * nodes, ...): each node's branch without and with a 1."""
    both = np.stack([zero, one], axis=2)
    return both.reshape(zero.shape[0], -1, zero.shape[-1])
