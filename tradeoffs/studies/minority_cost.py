"""Small group: a made-up minority among real people, and what privacy costs it and the others.

The group is that of `tradeoffs.data.made_up_group`.
Source of the experiment: Bagdasaryan & Shmatikov 2019, arXiv 1905.12101; the remedies are those of
Xu, Du, Wu 2021, arXiv 2003.03699, and Esipova et al. 2023, arXiv 2206.07737.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from tradeoffs.catalogue import require_known
from tradeoffs.data.load import load_split
from tradeoffs.data.made_up_group import ATTRIBUTE, OTHERS, SMALL, add_group
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import Batches, active_columns
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import logits
from tradeoffs.engine.recipe import RECIPE_VERSION, recipe
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.run import one_core
from tradeoffs.experiments.training_data import training_table
from tradeoffs.experiments.training_spec import spec
from tradeoffs.scenario import Scenario, digest
from tradeoffs.stats.paired_means import mean

BUDGETS = (0.3, 1.0, 3.0, 8.0)
WAYS = ("flat", "dpsgd_f", "global_adapt")
ASKED = 0.5  # share of the small group among those asked afterwards, so that it is well measured
Trial = tuple[float | None, str]  # epsilon and way of clipping


def right(
    scenario: Scenario, share: float, pattern: str, trials: Sequence[Trial]
) -> tuple[np.ndarray, Table]:
    """Return (trials, seeds, people) bool, who of those asked is answered right, and the people.

    Each seed draws its own people, batches and noise; trials of a seed share people and batches.
    """
    seeds = [scenario.seed + seed for seed in range(SEEDS)]
    tables = [add_group(training_table(scenario.but(seed=s)), share, pattern) for s in seeds]
    how = recipe(scenario.rows, scenario.width, None)
    with one_core():
        batches = Batches(
            tables,
            [table.protected[ATTRIBUTE] for table in tables],
            groups=2,
            seeds=seeds,
            rate=how.sample_rate,
            steps=how.steps,
        )
        keys = [[_key(scenario, share, pattern, s, trial) for trial in trials] for s in seeds]
        settings = [spec(scenario.but(epsilon=e), clipping) for e, clipping in trials]
        vectors = train(settings, batches, seeds=seeds, keys=keys)
        asked = add_group(load_split(scenario.dataset).report, ASKED, pattern, "asked")
        codes = torch.from_numpy(active_columns(asked))
        flat = [vectors[s][t] for t in range(len(trials)) for s in range(len(seeds))]
        said = logits(flat, [scenario.width] * len(flat), codes).numpy() > 0
    return (said == asked.label).reshape(len(trials), len(seeds), -1), asked


def _key(scenario: Scenario, share: float, pattern: str, seed: int, trial: Trial) -> str:
    """Return what a trial's noise depends on: not the budget that others are compared at."""
    model = scenario.but(epsilon=trial[0]).model_part()
    return digest(["small group", model, share, pattern, RECIPE_VERSION, seed, *trial])


def answer(scenario: Scenario, share: float, pattern: str, compare: str) -> list[dict[str, Any]]:
    """Return right answers of the small group and of the others.

    Args:
        scenario: rows, width, and the budget at which ways of clipping are compared.
        share: of the small group among the people in training.
        pattern: of PATTERNS.
        compare: "budgets", or "clipping" at the scenario's budget.

    Returns:
        Columns `epsilon` (absent: no privacy), `clipping` (absent without privacy), `group`,
        `what`, `value`, `low`, `high`, 95 % over training runs and people.  `what` is right
        (accuracy), constant (the best that one answer for the whole group can do), price (right
        minus right without privacy), gain (right minus right with flat clipping); the group
        "difference" is the small group's figure minus the others'.
    """
    trials = _trials(scenario, compare)
    found, asked = right(scenario, share, pattern, trials)
    inside = asked.protected[ATTRIBUTE] == 1
    groups = {OTHERS: (~inside, None), SMALL: (inside, None), "difference": (inside, ~inside)}
    each = found.astype(float)
    plain = each[trials.index((None, "flat"))]
    rows: list[dict[str, Any]] = []
    for trial, own in zip(trials, each, strict=True):
        figures = {"right": own, "price": own - plain}
        if compare == "clipping" and trial[0] is not None:
            figures["gain"] = own - each[trials.index((trial[0], "flat"))]
        about = {"epsilon": trial[0], "clipping": None if trial[0] is None else trial[1]}
        rows += [
            about | {"group": name, "what": what} | mean(values, *who)
            for what, values in figures.items()
            for name, who in groups.items()
        ]
    for name, who in ((OTHERS, ~inside), (SMALL, inside)):
        yes = float(asked.label[who].mean())
        about = {"epsilon": None, "clipping": None, "group": name, "what": "constant"}
        rows.append(about | {"value": max(yes, 1 - yes), "low": None, "high": None})
    return rows


def _trials(scenario: Scenario, compare: str) -> list[Trial]:
    if compare == "budgets":
        return [*((epsilon, "flat") for epsilon in BUDGETS), (None, "flat")]
    require_known("compare", compare, ("budgets", "clipping"))
    if scenario.epsilon is None:
        raise InvalidInput("needs_epsilon", epsilon=scenario.epsilon)
    return [*((scenario.epsilon, way) for way in WAYS), (None, "flat")]
