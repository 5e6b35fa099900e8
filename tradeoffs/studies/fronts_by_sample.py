"""Drawn fronts: accuracy and gap under bounds, for training people of every idea of who counts."""

from typing import Any

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import fit_tables, table_decisions
from tradeoffs.scenario import Scenario
from tradeoffs.studies.representation import IDEAS, draw, ideas, kind, people

BOUNDS = (None, 0.2, 0.1, 0.05, 0.02)


def answer(scenario: Scenario, judged: str) -> list[dict[str, Any]]:
    """Return one record a model and split, as a front needs them.

    Records: `drawn`, `max_gap`, `seed`, `split`, `accuracy` and `gap` (of selection rates between
    Black people and others), both weighed by the idea that judges.

    Args:
        scenario: on the table gss, without a mechanism; its rows are drawn.
        judged: one of the ideas.

    Raises:
        InvalidInput: another table, an unknown idea, or too few people of a kind.
    """
    require_known("idea", judged, IDEAS)
    train, _ = people(scenario)
    split, shares = load_split(scenario.dataset, scenario.label), ideas(train)
    seeds = [scenario.seed + i for i in range(SEEDS)]
    found = []
    for idea in IDEAS:
        tables = [draw(train, shares[idea], scenario.rows, seed) for seed in seeds]
        fitted = fit_tables(scenario, tables, BOUNDS, seeds[0])
        vectors = [vector for models in fitted for vector in models]
        names = [(seed, bound) for seed in seeds for bound in BOUNDS]
        for name, table in (("select", split.select), ("report", split.report)):
            decided = table_decisions(vectors, scenario.width, table)
            figures = measured(decided, table, shares[judged])
            found += [
                {"drawn": idea, "max_gap": bound, "seed": seed, "split": name, **one}
                for (seed, bound), one in zip(names, figures, strict=True)
            ]
    return found


def measured(decided: np.ndarray, table: Table, shares: np.ndarray) -> list[dict[str, float]]:
    """Return accuracy and gap of each model, weighed by shares of kinds.

    Args:
        decided: (models, rows) bool.
        table: its rows.
        shares: (kinds,) that sum to 1.
    """
    kinds = kind(table)
    right, chosen = (
        np.stack([values[:, kinds == one].mean(1) for one in range(len(shares))], 1)
        for values in (decided == table.label, decided)
    )
    others, own = shares[:2] / shares[:2].sum(), shares[2:] / shares[2:].sum()
    gap = np.abs(chosen[:, :2] @ others - chosen[:, 2:] @ own)
    return [
        {"accuracy": float(a), "gap": float(g)} for a, g in zip(right @ shares, gap, strict=True)
    ]
