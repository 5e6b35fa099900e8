"""Share drawn: right answers for Black people and for others, by their share in training."""

from typing import Any

import numpy as np

from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import fit_tables, table_decisions
from tradeoffs.scenario import Scenario
from tradeoffs.studies.representation import (
    SURVEY,
    draw,
    ideas,
    kind,
    mixed,
    people,
    weighed,
)

SHARES = (0.02, 0.1, 0.2, 0.35, 0.5)  # of Black people
WHOM = ("black", "others")


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return right answers by the share of Black people drawn; within both nothing else changes.

    Records: `share` of Black people drawn; `whom`; `measure`, "accuracy" or "change" (against the
    smallest share, paired by training and person); `value`, `low`, `high` over trainings and
    people; `people`, how many were asked.

    Args:
        scenario: on the table gss, without a mechanism; its rows are drawn.

    Raises:
        InvalidInput: another table, or more rows than there are people of a kind.
    """
    train, test = people(scenario)
    survey, kinds = ideas(train)[SURVEY], kind(test)
    asked = {name: (kinds >= 2) == (name == WHOM[0]) for name in WHOM}
    seeds = [scenario.seed + i for i in range(SEEDS)]
    right: dict[float, np.ndarray] = {}
    for share in SHARES:
        tables = [draw(train, mixed(survey, share), scenario.rows, seed) for seed in seeds]
        vectors = [models[0] for models in fit_tables(scenario, tables, (None,), seeds[0])]
        right[share] = (table_decisions(vectors, scenario.width, test) == test.label).astype(float)
    return [
        {"share": share, "whom": whom, "measure": name, "people": int(among.sum())}
        | weighed(values[:, among], np.zeros(among.sum(), int), np.ones(1))
        for share in SHARES
        for whom, among in asked.items()
        for name, values in (
            ("accuracy", right[share]),
            ("change", right[share] - right[SHARES[0]]),
        )
    ]
