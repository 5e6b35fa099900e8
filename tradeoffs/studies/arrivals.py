"""Arrivals: promises made among the people from here, measured as newcomers join them.

Models are trained on people from here alone.  They are measured on others from here and on all
newcomers, of whom none was trained on; a share of newcomers is a weight, so it is met exactly.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tradeoffs.data.load import load_split
from tradeoffs.data.newcomers import newcomers
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.pipeline.gathered import decided_by, fit_gathered
from tradeoffs.scenario import Scenario
from tradeoffs.stats.resampling import Resampled, resample, spanned

SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)  # of newcomers; 0 is before, 1 them alone
TRAININGS = 6
Record = dict[str, Any]


def answer(scenario: Scenario) -> list[Record]:
    """Return how right answers and the gap stand at every share of newcomers.

    Records: `share` of newcomers; `measure`, which is "accuracy", "accuracy_change" (against
    before), "gap" (of selection rates between groups), "gap_change" or "gap_over" (above the bound
    of the scenario; absent without one); `value`, `low`, `high` (bootstrap over people and
    trainings); `newcomers` and `others`, how many people were measured.

    Args:
        scenario: without a mechanism, on a table that records origin, with demographic parity.

    Raises:
        InvalidInput: another scenario than that.
    """
    if scenario.notion != "demographic_parity":
        raise InvalidInput(f"notion={scenario.notion!r} must be demographic_parity here")
    here, elsewhere = _measured(scenario)
    decided = _decided(scenario, (*here, *elsewhere))
    label, group = (
        np.concatenate([values(table) for table in (*here, *elsewhere)])
        for values in (lambda t: t.label, lambda t: t.group_of(scenario.protected)[0])
    )
    new = np.arange(len(label)) >= sum(table.rows for table in here)
    drawn = resample(len(decided), len(label))
    parts = _parts(drawn, decided, label, group, new)
    counts = {"newcomers": int(new.sum()), "others": int((~new).sum())}
    found = {share: _at(parts, share, scenario.max_gap) for share in SHARES}
    for share in SHARES:
        for name in ("accuracy", "gap"):
            found[share][f"{name}_change"] = found[share][name] - found[0.0][name]
    return [
        {"share": share, "measure": name, **spanned(values), **counts}
        for share, measures in found.items()
        for name, values in measures.items()
    ]


def _measured(scenario: Scenario) -> tuple[list[Table], list[Table]]:
    """Return test people from here, and newcomers of all splits."""
    split = load_split(scenario.dataset, scenario.label)
    tables = (split.select, split.report)
    here = [table.take(newcomers(table)[1]) for table in tables]
    return here, [table.take(newcomers(table)[0]) for table in (*tables, split.train)]


def _decided(scenario: Scenario, tables: tuple[Table, ...]) -> np.ndarray:
    """Return (trainings, rows) bool: decisions of models trained on people from here."""
    train = load_split(scenario.dataset, scenario.label).train
    home = train.take(newcomers(train)[1])
    samples = [subsample(home, scenario.rows, scenario.seed + i) for i in range(TRAININGS)]
    fitted = fit_gathered(scenario, samples, (scenario.max_gap,), scenario.seed)
    vectors = [models[0] for models in fitted]
    return np.concatenate([decided_by(vectors, scenario.width, t) for t in tables], 1)


def _parts(
    drawn: Resampled, decided: np.ndarray, label: np.ndarray, group: np.ndarray, new: np.ndarray
) -> Mapping[str, np.ndarray]:
    """Return per draw, here and elsewhere: accuracy; each group's share of people and of chosen."""
    right, chosen = drawn.averaged(decided == label), drawn.averaged(decided)
    groups = range(int(group.max()) + 1)
    origins = (~new, new)
    return {
        "accuracy": np.stack([drawn.mean(right, among) for among in origins]),
        "people": np.stack(
            [[drawn.mean((group == g) * 1.0, among) for g in groups] for among in origins]
        ),
        "chosen": np.stack(
            [[drawn.mean(chosen * (group == g), among) for g in groups] for among in origins]
        ),
    }


def _at(
    parts: Mapping[str, np.ndarray], share: float, bound: float | None
) -> dict[str, np.ndarray]:
    """Return each measure per draw where this share are newcomers."""
    here, there = 1 - share, share
    mixed = {name: here * both[0] + there * both[1] for name, both in parts.items()}
    rates = mixed["chosen"] / mixed["people"]  # (groups, draws + 1)
    gap = rates.max(0) - rates.min(0)
    over = {} if bound is None else {"gap_over": gap - bound}
    return {"accuracy": mixed["accuracy"], "gap": gap} | over
