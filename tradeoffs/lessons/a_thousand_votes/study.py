"""A thousand votes: what models find that the same number of votes taught, spent differently."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.panel_labels import comments
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import logits
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import fit_tables, table_decisions
from tradeoffs.experiments.run import one_core
from tradeoffs.experiments.training_data import training_table
from tradeoffs.remedies.adaptation.uncertainty_sampling import FIRST, least_sure
from tradeoffs.resources.labels import votes as votes_of
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.paired_means import overall

UNSURE = "unsure"  # one vote a comment, half of them where a first model is least sure
SPENT = {  # how the votes are spent -> label that they make
    "one": "toxic_1",
    "three": "toxic_3",
    "five": "toxic_5",
    "women": "toxic_women",
    "men": "toxic_men",
    "strict": "toxic_strict",
    "lenient": "toxic_lenient",
    UNSURE: "toxic_1",
}


def answer(scenario: Scenario, votes: int) -> list[dict[str, Any]]:
    """Return what models come to that so many votes taught, against all votes on test comments.

    Columns: `spent`, `comments` (judged), `what`, `value`, `low`, `high` over seeds and comments.
    `what` is found (share of the toxic test comments that are flagged), wrong (share of the others
    that are flagged), accuracy, or labelled (share of the judged comments that are called toxic;
    where a model chose half of them, of that half).  With `_change` it is against one vote a
    comment.

    Args:
        scenario: comments, without a mechanism; label and rows follow from how votes are spent.
        votes: in all.

    Raises:
        InvalidInput: five votes a comment leave too few comments to train on.
    """
    single: dict[str, np.ndarray] = {}
    rows: list[dict[str, Any]] = []
    test = comments(scenario.dataset)
    for spent, label in SPENT.items():
        own = scenario.but(label=label, rows=votes // votes_of(scenario.dataset, label))
        tables = training_comments(own, unsure=spent == UNSURE)
        labelled = chosen_comments(own, tables) if spent == UNSURE else tables
        said = table_decisions(_vectors(own, tables), own.width, test)
        found = {
            "found": said[:, test.label],
            "wrong": said[:, ~test.label],
            "accuracy": said == test.label,
            "labelled": np.array([[table.label.mean()] for table in labelled]),
        }
        about = {"spent": spent, "comments": own.rows}
        for what, each in found.items():
            values = each.astype(float)
            rows.append(about | {"what": what} | _mean(values))
            if single.setdefault(what, values) is not values:
                rows.append(about | {"what": f"{what}_change"} | _mean(values - single[what]))
    return rows


def training_comments(scenario: Scenario, *, unsure: bool) -> list[Table]:
    """Return the comments that the votes are spent on: drawn at random, or half where unsure."""
    if not unsure:
        return _drawn(scenario)
    half = _first_half(scenario)
    first = _drawn(half)
    every = dataset(scenario.dataset).label(scenario.label).train_rows
    pool = training_table(scenario.but(rows=every))
    codes, width = torch.from_numpy(active_columns(pool)), [scenario.width] * SEEDS
    with one_core():
        scores = logits(_vectors(half, first), width, codes).numpy()
    return [
        pool.take(least_sure(score, np.isin(pool.row_id, known.row_id), scenario.rows))
        for score, known in zip(scores, first, strict=True)
    ]


def chosen_comments(scenario: Scenario, tables: Sequence[Table]) -> list[Table]:
    """Return the half of each table that a first model chose, without the half drawn at random."""
    return [
        table.take(np.flatnonzero(~np.isin(table.row_id, known.row_id)))
        for table, known in zip(tables, _drawn(_first_half(scenario)), strict=True)
    ]


def _first_half(scenario: Scenario) -> Scenario:
    return scenario.but(rows=round(FIRST * scenario.rows))


def _drawn(scenario: Scenario) -> list[Table]:
    """Return comments drawn at random, by seed."""
    seeds = range(scenario.seed, scenario.seed + SEEDS)
    return [training_table(scenario.but(seed=seed)) for seed in seeds]


def _vectors(scenario: Scenario, tables: Sequence[Table]) -> list[torch.Tensor]:
    return [models[0] for models in fit_tables(scenario, tables, seed=scenario.seed)]


def _mean(each: np.ndarray) -> dict[str, float]:
    """Return the mean of (seeds, comments) with its interval; of (seeds, 1) over seeds alone."""
    if each.shape[1] > 1:
        return overall(each)
    return estimate(each[:, 0]).record
