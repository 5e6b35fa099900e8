"""Panel models: what models flag that were taught by one panel of annotators or another.

All are asked about the same comments, those of the whole test file, so that they are compared
comment by comment.  Intervals hold the chance of training (seeds) and of comments.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import torch

from tradeoffs.data.label import UNDEFINED, YES
from tradeoffs.data.load import load_encoded
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import logits
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit import fit
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.scenario import Scenario
from tradeoffs.stats.paired_means import mean
from tradeoffs.values.fairness.notion import SMALLEST_CELL

PANELS = {  # label -> the panel in words
    "toxic_lenient": "the three most lenient",
    "toxic_men": "three men",
    "toxic_women": "three women",
    "toxic_strict": "the three strictest",
}
COMPARED = (("toxic_strict", "toxic_lenient"), ("toxic_women", "toxic_men"))
EVERYTHING = "all comments"


def comments(name: str) -> Table:
    """Return all comments of the test file; every one has an answer to the label `toxic`."""
    whole = load_encoded(name)
    return whole.table(whole.book.label("toxic")).take(~whole.train)


def said_of(name: str, label: str, row_id: np.ndarray) -> np.ndarray:
    """Return the recorded answers to a label for these rows, bool (rows,).

    Raises:
        InvalidInput: some of them have none.
    """
    whole = load_encoded(name)
    order = np.argsort(whole.row_id)
    found = whole.labels[label][order[np.searchsorted(whole.row_id, row_id, sorter=order)]]
    if (found == UNDEFINED).any():
        raise InvalidInput("label_absent", label=label)
    return found == YES


def flagged(scenario: Scenario, table: Table, seeds: int = SEEDS) -> np.ndarray:
    """Return (seeds, rows) bool: what models of a scenario flag.

    Args:
        scenario: whose label is the panel that teaches; seeds count up from its own.
        table: comments to judge.
        seeds: trainings, each on comments, batches and noise of its own.
    """
    own = scenario if scenario.max_gap is not None else scenario.but(protected="author")
    with one_core():
        codes = torch.from_numpy(active_columns(table))
        return logits(_vectors(own, seeds), [scenario.width] * seeds, codes).numpy() > 0


@lru_cache(maxsize=64)
def _vectors(scenario: Scenario, seeds: int) -> list[torch.Tensor]:
    """Return the weights of a scenario's models; without a bound they do not depend on groups."""
    plans = [[resolve(scenario.but(seed=scenario.seed + seed))] for seed in range(seeds)]
    found = fit(plans)
    return [found[row[0].model_key].vector for row in plans]


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return what each panel calls toxic and what its models flag, by groups of `protected`.

    Columns: `panel` (label), `words`, `against` (the panel whose figure is taken away, or none),
    `who` (panel or model), `what` (share, or gap: the smaller of two groups minus the larger),
    `group`, `comments`, `value`, `low`, `high`.  Groups of fewer than 20 comments are left out.
    """
    table = comments(scenario.dataset)
    said = {
        label: {
            "panel": said_of(scenario.dataset, label, table.row_id)[None].astype(float),
            "model": flagged(scenario.but(label=label), table).astype(float),
        }
        for label in PANELS
    }
    groups = _groups(table, scenario.protected)
    rows: list[dict[str, Any]] = []
    for who in ("panel", "model"):
        for label in PANELS:
            rows += _told({"panel": label, "against": None, "who": who}, said[label][who], groups)
        for label, against in COMPARED:
            each = said[label][who] - said[against][who]
            rows += _told({"panel": label, "against": against, "who": who}, each, groups)
    return rows


def _groups(table: Table, protected: str) -> dict[str, np.ndarray]:
    codes, names = table.group_of(protected)
    found = {name: codes == place for place, name in enumerate(names)}
    return {name: inside for name, inside in found.items() if inside.sum() >= SMALLEST_CELL}


def _told(
    about: dict[str, Any], each: np.ndarray, groups: Mapping[str, np.ndarray]
) -> list[dict[str, Any]]:
    about = about | {"words": PANELS[about["panel"]]}
    asked = {EVERYTHING: np.full(each.shape[1], True)} | dict(groups)
    rows = [
        about | {"what": "share", "group": name, "comments": int(who.sum())} | mean(each, who)
        for name, who in asked.items()
    ]
    if len(groups) == 2:
        few, many = sorted(groups, key=lambda name: groups[name].sum())
        named = {"what": "gap", "group": f"{few} minus {many}", "comments": int(groups[few].sum())}
        rows.append(about | named | mean(each, groups[few], groups[many]))
    return rows
