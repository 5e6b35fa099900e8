"""Equal score: how much needier one group is than another where a model scores both alike.

Models foretell a label, such as high cost or many conditions, without seeing the group.  Everybody
is scored by a model that was trained on the other half of the people, so that all of them count.

Source: Obermeyer, Powers, Vogeli, Mullainathan 2019, Science 366, doi 10.1126/science.aax2342.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from tradeoffs.data.load import load_encoded
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.cross_fit import alone, everybody, half_scores
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.plan import resolve
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.proportions import share_error
from tradeoffs.values.proxy import extra_need, share_of_places

MOST_SEEDS = 50


def answer(
    scenario: Scenario,
    labels: Sequence[str] = ("next_cost_over_5000", "next_conditions_3", "next_conditions_4"),
    need: str = "next_conditions",
    group: str = "Black, not Hispanic",
    other: str = "White, not Hispanic",
    places: float = 0.1,
    seeds: int = SEEDS,
) -> list[dict[str, Any]]:
    """Return, for each label, what its scores do to a group; values with 95 % intervals.

    There is one record for each label and measure, with `value`, `low` and `high`:
    `extra_need`, how much more the group needs than the other at equal score, in units of the
    need; `share_of_places`, the group's share of the highest scores; `share_of_people`, its share
    of everybody, which is counted and so has no interval.  Intervals hold for other people and
    other halves.  Survey weights and households are left out of account.

    Args:
        scenario: gives the table, the protected attribute, hidden columns, model size, privacy and
            the first seed.  The attribute's own column is hidden too.  Models are trained on half
            of the people, without a bound, a stage or a shift, whatever the scenario says of them.
        labels: whose models are compared.
        need: a count that the codebook keeps.
        group: of the protected attribute.
        other: the group it is compared with.
        places: share of people who get a place, in (0, 1].
        seeds: repetitions, each with halves of its own.

    Raises:
        InvalidInput: an unknown name, or a number out of bounds.
    """
    if not 2 <= seeds <= MOST_SEEDS:
        raise InvalidInput("out_of_range", field="seeds", value=seeds, low=2, high=MOST_SEEDS)
    return [
        record
        for label in labels
        for record in _label(scenario, label, need, (group, other), places, seeds)
    ]


def _label(
    scenario: Scenario,
    label: str,
    need: str,
    names: tuple[str, str],
    places: float,
    seeds: int,
) -> list[dict[str, Any]]:
    pool = everybody(scenario.dataset, label)
    at = alone(scenario, label, pool.rows // 2)
    needs = load_encoded(at.dataset).count(need, pool.row_id)
    inside, outside = (pool.members(at.protected, name) for name in names)
    extras, errors, shares = np.empty((3, seeds))
    for n in range(seeds):
        halves = list(half_scores(at.but(seed=at.seed + n), pool))
        found = [extra_need(s, needs[r], inside[r], outside[r]) for r, s in halves]
        extras[n] = np.mean([one.difference for one in found])
        errors[n] = math.hypot(*(one.error for one in found)) / len(found)
        shares[n] = np.mean([share_of_places(s, inside[r], places) for r, s in halves])
    told = {"label": label, "title": resolve(at).dataset.label(label).title, "group": names[0]}
    chance = share_error(float(shares.mean()), places * pool.rows)
    counted = {"value": float(inside.mean()), "low": None, "high": None}
    return [
        {**told, "measure": "extra_need", **estimate(extras, float(errors.mean())).record},
        {**told, "measure": "share_of_places", **estimate(shares, chance).record},
        {**told, "measure": "share_of_people", **counted},
    ]
