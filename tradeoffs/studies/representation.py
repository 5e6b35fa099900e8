"""Represented: training people drawn to match one idea of who counts, judged by each of them.

An idea of who counts is a share for each of four kinds of people: Black or not, in full-time work
or not.  It is used twice: to draw training people of those kinds, and to weigh right answers.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table, join
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import fit_tables, table_decisions
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.two_way import people_error

SURVEY = "survey"  # people as in the whole survey
HERE, THERE = "mountain", "south_atlantic"  # as in the states of a region
EQUAL = "equal"  # as many Black people as others
AFFECTED = "affected"  # people without full-time work alone
IDEAS = (SURVEY, HERE, THERE, EQUAL, AFFECTED)
PLACES = {HERE: "Mountain", THERE: "South Atlantic"}
OWN = "own"  # each draw judged by the idea that it was drawn by
KINDS = 4  # 2 * (Black) + (in full-time work)


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return right answers of every draw, judged by every idea of who counts.

    Records: `drawn` and `judged`, ideas, or OWN for each draw judged by its own idea; `measure`,
    "accuracy" or "change" (against people drawn as in the survey, paired by training run and
    person); `value`, `low`, `high` over training runs and people; `black` and `working`, shares
    of the people drawn.

    Args:
        scenario: on the table gss, without a mechanism; its rows are drawn.

    Raises:
        InvalidInput: another table, or more rows than there are people of a kind.
    """
    train, test = people(scenario)
    shares = ideas(train)
    seeds = [scenario.seed + i for i in range(SEEDS)]
    right: dict[str, np.ndarray] = {}
    for idea in IDEAS:
        tables = [draw(train, shares[idea], scenario.rows, seed) for seed in seeds]
        vectors = [models[0] for models in fit_tables(scenario, tables, (None,), seeds[0])]
        right[idea] = (table_decisions(vectors, scenario.width, test) == test.label).astype(float)
    kinds = kind(test)
    records = [one for judged in IDEAS for one in _judged(judged, shares, right, kinds)]
    own = [one | {"judged": OWN} for one in records if one["drawn"] == one["judged"]]
    return records + own


def people(scenario: Scenario) -> tuple[Table, Table]:
    """Return people to draw from, and people to ask; raise InvalidInput on another table."""
    if scenario.dataset != "gss":
        raise InvalidInput("only_with", field="dataset", value=scenario.dataset, wanted="gss")
    split = load_split(scenario.dataset, scenario.label)
    return split.train, join([split.select, split.report])


def kind(table: Table) -> np.ndarray:
    """Return (rows,): 2 for Black people, 0 for others, and 1 more in full-time work."""
    place = [feature.name for feature in table.features].index("workstat")
    full = table.codes[:, place] == table.features[place].labels.index("works full time")
    return 2 * (table.protected["race"] == table.groups["race"].index("Black")) + full


def ideas(table: Table) -> Mapping[str, np.ndarray]:
    """Return each idea's share of every kind, (KINDS,), as the table has them."""
    kinds, place = kind(table), table.place
    assert place is not None
    found = {SURVEY: _shares(kinds)}
    for idea, name in PLACES.items():
        found[idea] = _shares(kinds[place.codes == place.names.index(name)])
    found[EQUAL] = mixed(found[SURVEY], 0.5)
    without = found[SURVEY] * np.array([1, 0, 1, 0])
    found[AFFECTED] = without / without.sum()
    return found


def mixed(shares: np.ndarray, black: float) -> np.ndarray:
    """Return shares of kinds with another share of Black people, alike within both."""
    others, own = shares[:2] / shares[:2].sum(), shares[2:] / shares[2:].sum()
    return np.concatenate([(1 - black) * others, black * own])


def draw(table: Table, shares: np.ndarray, rows: int, seed: int) -> Table:
    """Return `rows` people with these shares of kinds, without replacement, nested by the seed.

    Raises:
        InvalidInput: there are too few people of a kind.
    """
    kinds = kind(table)
    order = np.argsort(uniform(seed, "represented", table.row_id), kind="stable")
    wanted = counts(shares, rows)
    picked = []
    for one in range(KINDS):
        own = order[kinds[order] == one]
        if len(own) < wanted[one]:
            raise InvalidInput("too_few_of_a_kind", rows=rows, wanted=wanted[one], count=len(own))
        picked.append(own[: wanted[one]])
    return table.take(np.sort(np.concatenate(picked)))


def counts(shares: np.ndarray, rows: int) -> np.ndarray:
    """Return whole numbers of people that add up to `rows`, by largest remainders."""
    exact = shares * rows
    whole = np.floor(exact).astype(int)
    rest = np.argsort(whole - exact, kind="stable")[: rows - whole.sum()]
    whole[rest] += 1
    return whole


def weighed(values: np.ndarray, kinds: np.ndarray, shares: np.ndarray) -> dict[str, float]:
    """Return the mean of (trainings, people) numbers by shares of kinds, with its interval."""
    own = {one: values[:, kinds == one] for one in np.flatnonzero(shares).tolist()}
    each = np.sum([shares[one] * part.mean(1) for one, part in own.items()], axis=0)
    errors = [shares[one] * people_error(part) for one, part in own.items()]
    return estimate(each, math.hypot(*errors)).record


def _judged(
    judged: str,
    shares: Mapping[str, np.ndarray],
    right: Mapping[str, np.ndarray],
    kinds: np.ndarray,
) -> list[dict[str, Any]]:
    found = []
    for drawn in IDEAS:
        own = shares[drawn]
        names = {"drawn": drawn, "judged": judged}
        names |= {"black": float(own[2:].sum()), "working": float(own[1::2].sum())}
        measures = {"accuracy": right[drawn], "change": right[drawn] - right[SURVEY]}
        found += [
            names | {"measure": name, **weighed(values, kinds, shares[judged])}
            for name, values in measures.items()
        ]
    return found


def _shares(kinds: np.ndarray) -> np.ndarray:
    return np.bincount(kinds, minlength=KINDS) / len(kinds)
