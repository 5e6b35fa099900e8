"""Recovered: how well a group is told from the other columns, most telling columns removed first.

A column tells a group through the shares of its bins.  After each removal a logistic regression is
fitted anew on training people and asked about others: of a member and a non-member drawn at random,
how often does the member get the higher score (AUC; one half is a coin).
"""

from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.shift_report import design
from tradeoffs.experiments.training_data import training_table
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.proportions import share_error
from tradeoffs.stats.roc import Roc

MOST = 7  # columns removed


def answer(scenario: Scenario, group: str) -> list[dict[str, Any]]:
    """Return one record for each number of columns removed, up to `MOST`.

    Columns of the records: `removed`, how many columns beside the group's own are withheld; `last`,
    the title of the one withheld last; `value`, the AUC from 0 to 1, mean over training runs;
    `low` and `high`, its 95 % interval over training runs and test people.

    Args:
        scenario: dataset, label, rows of training and first seed.
        group: as "race=Black".

    Raises:
        InvalidInput: no such group.
    """
    split = load_split(scenario.dataset, scenario.label)
    order = by_telling(split.select, group)
    asked, members = split.report, member(split.report, group)
    people = int(min(members.sum(), (~members).sum()))  # an AUC's error is at most p (1 - p) / n
    seeds = range(scenario.seed, scenario.seed + SEEDS)
    tables = [training_table(scenario.but(seed=seed)) for seed in seeds]
    records: list[dict[str, Any]] = []
    for removed in range(min(len(order), MOST + 1)):
        hidden = (group.partition("=")[0], *order[:removed])
        areas = np.array([auc(table, asked, group, hidden) for table in tables])
        found = estimate(areas, share_error(float(areas.mean()), people))
        last = _title(asked, order[removed - 1]) if removed else "none"
        at = {"removed": removed, "last": last}
        records.append(at | found.record)
    return records


def member(table: Table, group: str) -> np.ndarray:
    """Return bool (rows,): who is of a group such as "sex=Female"."""
    attribute, _, name = group.partition("=")
    return table.members(attribute, name)


def by_telling(table: Table, group: str) -> list[str]:
    """Return the columns beside the group's own, the one that alone tells most of it first."""
    members = member(table, group)
    own = group.partition("=")[0]
    told = {
        feature.name: _alone(table.codes[:, place], members)
        for place, feature in enumerate(table.features)
        if feature.name != own
    }
    return sorted(told, key=lambda name: -told[name])


def auc(table: Table, asked: Table, group: str, hidden: tuple[str, ...]) -> float:
    """Return the AUC among the people asked about, of a model of the columns not hidden."""
    known = [feature.name for feature in table.features]
    seen, others = (one.without([n for n in hidden if n in known]) for one in (table, asked))
    model = LogisticRegression(max_iter=300).fit(design(seen), member(seen, group))
    return Roc.of(model.decision_function(design(others)), member(others, group)).area


def _alone(codes: np.ndarray, members: np.ndarray) -> float:
    """Return the AUC of one column, each bin scored by its share of members."""
    people = np.bincount(codes)
    share = np.bincount(codes, members) / np.maximum(people, 1)
    return Roc.of(share[codes], members).area


def _title(table: Table, name: str) -> str:
    return next(feature.title for feature in table.features if feature.name == name)
