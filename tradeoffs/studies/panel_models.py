"""Panel models: what models flag that were taught by one panel of annotators or another.

All are asked about the same comments, those of the whole test file, so that they are compared
comment by comment.  Intervals hold the chance of training (seeds) and of comments.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tradeoffs.data.panel_labels import comments, said_of
from tradeoffs.data.table import Table
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.score import score_all, train_seeds
from tradeoffs.scenario import Scenario
from tradeoffs.stats.paired_means import mean
from tradeoffs.values.fairness.notion import SMALLEST_CELL

PANELS = ("toxic_lenient", "toxic_men", "toxic_women", "toxic_strict")  # labels
COMPARED = (("toxic_strict", "toxic_lenient"), ("toxic_women", "toxic_men"))
EVERYTHING = "all comments"


def flagged(scenario: Scenario, table: Table, seeds: int = SEEDS) -> np.ndarray:
    """Return (seeds, rows) bool: what models of a scenario flag, whose label is a panel's."""
    return score_all(train_seeds(scenario, seeds), table) > 0


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return what each panel calls toxic and what its models flag, by groups of `protected`.

    Columns: `panel` (label), `against` (the panel whose figure is taken away, or none), `who`
    (panel or model), `what` (share; or gap, that of the `group`, the smaller of two, minus that of
    the `other`), `comments`, `value`, `low`, `high`.  Groups of fewer than 20 comments are left
    out.
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
    asked = {EVERYTHING: np.full(each.shape[1], True)} | dict(groups)
    rows = [
        about
        | {"what": "share", "group": name, "other": None, "comments": int(who.sum())}
        | mean(each, who)
        for name, who in asked.items()
    ]
    if len(groups) == 2:
        few, many = sorted(groups, key=lambda name: groups[name].sum())
        named = {"what": "gap", "group": few, "other": many, "comments": int(groups[few].sum())}
        rows.append(about | named | mean(each, groups[few], groups[many]))
    return rows
