"""Places: who gets extra care when need means cost, diagnoses or self-rated health.

Models predict each meaning of need a year ahead, without seeing race.  As many people as there are
places, those with the highest scores, get one; the number is the same under every meaning.  Each
person is scored by a model that was trained on the other half of the people.

Source: Obermeyer, Powers, Vogeli, Mullainathan 2019, Science 366, doi 10.1126/science.aax2342.
"""

from functools import lru_cache
from itertools import permutations
from typing import Any

import numpy as np

from tradeoffs.data.load import load_encoded
from tradeoffs.data.table_cache import table_cache
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.cross_fit import alone, everybody, half_scores
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate

MEANINGS = {  # of need -> label
    "cost": "next_cost_top_tenth",
    "diagnoses": "next_conditions_4",
    "self-rated health": "next_health_poor",
}
EVERYBODY = "everybody"  # in place of a meaning
FOCUS = {  # attribute -> the group that is marked
    "race_ethnicity": "Hispanic, of any race",
    "insurance": "uninsured all year",
    "poverty": "poor or near poor",
}
FEWEST = 20  # people in a cell that a share is told of


def answer(
    scenario: Scenario, attribute: str = "race_ethnicity", places: float = 0.1
) -> list[dict[str, Any]]:
    """Return each group's share of the places, and of those who enter and leave.

    One record a measure, with `meaning`, `other`, `group`, `focus` (whether it is the group of
    `FOCUS`), `value`, `low` and `high` (95 %, for other people and other halves; survey weights
    and households are left out of account): `people`, the group's share of everybody, counted,
    with "everybody" as meaning; `places`, its share of the places under a
    meaning; `more`, that share minus the one under `other`; `entering`, its share of those who
    have a place under the meaning and not under `other`; `leaving`, the other way round;
    `turnover`, their difference; and for all groups together `changed`, the share of places that
    go to others.  A share of fewer than 20 people is None.

    Args:
        scenario: gives the table, the attribute that is hidden, model size, privacy, first seed.
        attribute: whose groups are counted.
        places: share of people who get one, in (0, 1).

    Raises:
        InvalidInput: an unknown attribute, or places out of bounds.
    """
    if not 0 < places < 1:
        raise InvalidInput("between", field="places", value=places, low=0, high=1)
    ids = _common(scenario.dataset)
    whole = everybody(scenario.dataset, MEANINGS["cost"])
    codes, names = whole.take(np.isin(whole.row_id, ids)).group_of(attribute)
    chosen = {
        meaning: np.stack([
            _highest(_ranks(scenario, label, scenario.seed + n), round(places * len(ids)))
            for n in range(SEEDS)
        ])
        for meaning, label in MEANINGS.items()
    }  # fmt: skip
    records = [
        _record("changed", meaning, other, "all", ~chosen[other], chosen[meaning])
        for meaning, other in permutations(MEANINGS, 2)
    ]
    for code, name in enumerate(names):
        records += _group(name, codes == code, chosen)
    return [one | {"focus": one["group"] == FOCUS.get(attribute)} for one in records]


def _group(name: str, inside: np.ndarray, chosen: dict[str, np.ndarray]) -> list[dict[str, Any]]:
    everyone = {"value": float(inside.mean()), "low": None, "high": None}
    counted = {"measure": "people", "meaning": EVERYBODY, "other": "", "group": name}
    found = [counted | everyone]
    for meaning, own in chosen.items():
        found.append(_record("places", meaning, "", name, inside, own))
    for meaning, other in permutations(chosen, 2):
        own, before = chosen[meaning], chosen[other]
        enter, leave = own & ~before, before & ~own
        named = (meaning, other, name, inside)
        found += [
            _record("more", *named, own, before),
            _record("entering", *named, enter),
            _record("leaving", *named, leave),
            _record("turnover", *named, enter, leave),
        ]
    return found


def _record(
    measure: str,
    meaning: str,
    other: str,
    group: str,
    inside: np.ndarray,
    among: np.ndarray,
    against: np.ndarray | None = None,
) -> dict[str, Any]:
    """Return the share of `inside` among some people (seeds, people), or its difference."""
    named = {"measure": measure, "meaning": meaning, "other": other, "group": group}
    sets = [among] if against is None else [among, against]
    if min(one.sum(1).min() for one in sets) < FEWEST:
        return named | {"value": None, "low": None, "high": None}
    sides = [_influence(inside, one) for one in sets]
    value = sides[0][0] - (sides[1][0] if against is not None else 0.0)
    parts = sides[0][1] - (sides[1][1] if against is not None else 0.0)
    return named | estimate(value, float(np.sqrt((parts**2).sum(1)).mean())).record


def _influence(inside: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the share in each seed (seeds,), and what each person adds to its error."""
    held = np.broadcast_to(inside, among.shape) & among
    count = among.sum(1, keepdims=True)
    share = held.sum(1, keepdims=True) / count
    return share[:, 0], (held - share * among) / count


def _highest(ranks: np.ndarray, count: int) -> np.ndarray:
    """Return bool (people,): the `count` highest; equal ones by their place in the table."""
    found = np.zeros(len(ranks), dtype=np.bool_)
    found[np.argsort(-ranks, kind="stable")[:count]] = True
    return found


def _common(dataset: str) -> np.ndarray:
    """Return the ids of those with an answer under every meaning, in the order of the table."""
    pools = [everybody(dataset, label).row_id for label in MEANINGS.values()]
    shared = set.intersection(*(set(pool.tolist()) for pool in pools))
    ids = load_encoded(dataset).row_id
    return ids[np.isin(ids, list(shared))]


@table_cache
@lru_cache(maxsize=64)
def _ranks(scenario: Scenario, label: str, seed: int) -> np.ndarray:
    """Return where those of `_common` stand in their half by score, from 0 to 1; (people,)."""
    pool = everybody(scenario.dataset, label)
    at = alone(scenario, label, pool.rows // 2).but(seed=seed)
    rank = np.empty(pool.rows)
    for rows, scores in half_scores(at, pool):
        rank[rows[np.argsort(scores, kind="stable")]] = np.linspace(0, 1, len(rows))
    return rank[np.isin(pool.row_id, _common(scenario.dataset))]
