"""Uncertainty sampling: labels are paid for where a first model is least sure, not at random."""

from collections.abc import Sequence

import numpy as np

from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.table import Table
from tradeoffs.remedies.partnership import Partnership, Tables, Vectors
from tradeoffs.remedies.remedy import Control, Dial, Exchange, Remedy

STREAM = "labels asked first"
FIRST = 0.5  # of the labels: drawn at random, before anything is known


def label_count(rows: int, share: float) -> int:
    """Return how many rows are labelled, two at least.

    Args:
        rows: that there are.
        share: in per cent.

    >>> label_count(1000, 30), label_count(300, 100)
    (300, 300)
    """
    return min(rows, max(2, round(rows * share / 100)))


def answers(exchange: Exchange) -> int:
    """Return how many rows of home somebody has to label."""
    return label_count(exchange.rows, exchange.dial)


def first_rows(table: Table, count: int, seed: int) -> np.ndarray:
    """Return which rows are labelled first, at random; bool (rows,)."""
    order = np.argsort(uniform(seed, STREAM, table.row_id), kind="stable")
    found = np.zeros(table.rows, bool)
    found[order[:count]] = True
    return found


def least_sure(logit: np.ndarray, known: np.ndarray, count: int) -> np.ndarray:
    """Return the rows that are labelled in the end; bool (rows,).

    Args:
        logit: (rows,) of the first model.
        known: (rows,) bool, labelled already; these stay.
        count: labels in the end.

    Source: Lewis, Gale 1994, A Sequential Algorithm for Training Text Classifiers, SIGIR,
    doi 10.1007/978-1-4471-2099-5_1.

    >>> logit, known = np.array([3.0, 0.1, -0.2, -5.0]), np.array([True, False, False, False])
    >>> least_sure(logit, known, 2).tolist()
    [True, True, False, False]
    """
    order = np.argsort(np.where(known, -1.0, np.abs(logit)), kind="stable")
    found = np.zeros(len(logit), bool)
    found[order[:count]] = True
    return found


def fit(partnership: Partnership) -> Vectors:
    """Return models of the labels that were asked for: (seeds, K) parameter vectors."""
    tables, share = partnership.tables, partnership.dial
    last = [label_count(int(rows), share) for rows in partnership.rows]
    if all(count == rows for count, rows in zip(last, partnership.rows, strict=True)):
        return partnership.train(tables, rows=last)
    early = [max(1, round(FIRST * count)) for count in last]
    known = [
        [first_rows(table, count, seed) for table, count in zip(row, early, strict=True)]
        for seed, row in zip(partnership.seeds, tables, strict=True)
    ]
    models = partnership.train(_taken(tables, known), rows=early, key="first")
    wanted = [
        [
            least_sure(partnership.scores(models[s][k], table), known[s][k], last[k])
            for k, table in enumerate(row)
        ]
        for s, row in enumerate(tables)
    ]
    return partnership.train(_taken(tables, wanted), rows=last)


def _taken(tables: Tables, masks: Sequence[Sequence[np.ndarray]]) -> list[list[Table]]:
    """Return the rows of each table that a mask keeps, (seeds, K)."""
    return [
        [table.take(mask) for table, mask in zip(row, own, strict=True)]
        for row, own in zip(tables, masks, strict=True)
    ]


UNCERTAINTY_SAMPLING = Remedy(
    name="uncertainty_sampling",
    title="uncertainty sampling",
    help=(
        "Active learning: half of the affordable labels go to people drawn at random. A "
        "first model is trained on them, and the other half goes to the people it is "
        "least sure about."
    ),
    section="adaptation",
    formula="first s n / 2 rows at random; then those with the smallest |z_w(x_i)| up to s n",
    source=(
        "Lewis, Gale 1994, doi 10.1007/978-1-4471-2099-5_1; Settles 2009, Active Learning "
        "Literature Survey, University of Wisconsin"
    ),
    limits=(
        "Whose label is asked for depends on the labels before: the labelled rows no "
        "longer represent all people, and may contain far more of the rarer label."
    ),
    dial=Dial(
        title="Labelled rows, %",
        ends=("few labels", "all rows"),
        values=(20, 30, 50, 70, 100),
        default=50,
        phrase="{} % of the rows are labelled",
        identity=100,
        same_as="alone",
    ),
    needs=("labels", "rows"),
    control=Control(
        leaves="nothing",
        sees="nobody; whoever labels sees whom the model asks about",
        changes="you",
        withdraws="there is nothing to withdraw from",
        decides="nothing more",
    ),
    trusts="nobody outside the community",
    mechanisms=("none",),
    reason="the choice of rows depends on other people's records, and this is not accounted for",
    fewest=1,
    answers=answers,
    fit=fit,
)
