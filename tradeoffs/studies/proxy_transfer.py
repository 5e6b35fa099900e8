"""Two towns: a place that stands for a group in the town where that was learnt, and in the next.

The towns are made up.  Each has neighbourhoods of equal size, from the centre to the edge; the
group's shares in them follow a beta distribution around its share in the town.  Segregation is the
variance of the shares as a part of the largest possible one: 0 is the same share everywhere, 1 is
nobody of the group beside anybody else.  At home the group lives towards the centre; in the next
town it may live there too, anywhere, or towards the edge.

A census at home tells the group's share by distance from the centre.  That is the proxy: an auditor
who may not ask for the group weighs each applicant by it.  In every town the group is granted loans
less often, by the same gap and wherever people live.

Source: the index is the variance ratio of James and Taeuber 1985, Sociological Methodology 15, doi
10.2307/270845; the weighted audit is that of Chen et al. 2019, arXiv 1811.11154.
"""

from typing import Any

import numpy as np
from scipy.special import betaincinv

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.stats.auc import counted_area

SEEDS = 100  # pairs of towns
PLACES, PEOPLE = 40, 500  # neighbourhoods, and people in each
SHARE = 0.3  # of the group, in every town
GRANTED, GRANTED_GROUP = 0.7, 0.5  # chance of a loan: everybody else, and the group
SEGREGATION = (0.0, 0.1, 0.2, 0.4, 0.6, 0.8)
AS_HOME, ANYWHERE, TURNED = "as at home", "anywhere", "the other way round"
ORDERS = (AS_HOME, ANYWHERE, TURNED)  # where in the next town the group lives


def answer(scenario: Scenario, home: float) -> list[dict[str, Any]]:
    """Return one record for each measure, order and segregation of the next town.

    Columns: `order`; `segregation` as dialled; `as_home`, whether home is as segregated; `value`,
    the mean over the towns drawn; `low` and `high`, between which 95 % of them lie; and `measure`,
    of the proxy from home in the next town:

    - auc: how often a member has the higher proxy than somebody else;
    - seen: the gap in granted loans that the audit sees, others minus members, as shares;
    - missed: the same minus the gap that there is.

    Args:
        scenario: its seed is the first.
        home: segregation of the town where the proxy was made, in [0, 1).

    Raises:
        InvalidInput: home is out of bounds.
    """
    own = shares(home)
    seeds = range(scenario.seed, scenario.seed + SEEDS)
    proxies = [np.random.default_rng([s, 0]).binomial(PEOPLE, own) / PEOPLE for s in seeds]
    records: list[dict[str, Any]] = []
    for turn, order in enumerate(ORDERS):
        for step, segregation in enumerate(SEGREGATION):
            there = shares(segregation)
            rngs = [np.random.default_rng([seed, 1, turn, step]) for seed in seeds]
            towns = [
                _town(proxy, arranged(there, order, rng), rng)
                for proxy, rng in zip(proxies, rngs, strict=True)
            ]
            at = {"order": order, "segregation": segregation, "as_home": segregation == home}
            records += [at | one for one in _summed_up(towns)]
    return records


def shares(segregation: float) -> np.ndarray:
    """Return the group's share in each neighbourhood of a town, largest first; (PLACES,).

    Raises:
        InvalidInput: segregation is not in [0, 1).
    """
    if not 0 <= segregation < 1:
        raise InvalidInput("from_below", field="segregation", value=segregation, low=0, high=1)
    if not segregation:
        return np.full(PLACES, SHARE)
    weight = (1 - segregation) / segregation  # the beta's variance is SHARE (1 - SHARE) segregation
    at = (np.arange(PLACES)[::-1] + 0.5) / PLACES
    return betaincinv(SHARE * weight, (1 - SHARE) * weight, at)


def arranged(share: np.ndarray, order: str, rng: np.random.Generator) -> np.ndarray:
    """Return the shares from the centre to the edge, as the order says."""
    if order == AS_HOME:
        return share
    return share[::-1] if order == TURNED else rng.permutation(share)


def _town(proxy: np.ndarray, share: np.ndarray, rng: np.random.Generator) -> dict[str, float]:
    members = rng.binomial(PEOPLE, share)
    others = PEOPLE - members
    loans, loans_group = rng.binomial(others, GRANTED), rng.binomial(members, GRANTED_GROUP)
    gap = loans.sum() / others.sum() - loans_group.sum() / members.sum()
    seen = seen_gap(proxy, (loans + loans_group) / PEOPLE)
    return {"auc": auc(proxy, members, others), "seen": seen, "missed": float(seen - gap)}


def _summed_up(towns: list[dict[str, float]]) -> list[dict[str, Any]]:
    found = []
    for measure in towns[0]:
        values = [town[measure] for town in towns]
        low, value, high = np.quantile(values, 0.025), np.mean(values), np.quantile(values, 0.975)
        ends = {"value": float(value), "low": float(low), "high": float(high)}
        found.append({"measure": measure} | ends)
    return found


def auc(proxy: np.ndarray, members: np.ndarray, others: np.ndarray) -> float:
    """Return how often a member has a higher proxy than somebody else; ties count half.

    Args:
        proxy: (places,).
        members: (places,) people of the group.
        others: (places,) everybody else.
    """
    place = np.unique(proxy, return_inverse=True)[1]
    return float(counted_area(np.bincount(place, members), np.bincount(place, others)))


def seen_gap(proxy: np.ndarray, granted: np.ndarray) -> float:
    """Return the gap in granted loans as an audit sees it that weighs people by the proxy.

    Args:
        proxy: (places,) chance of being of the group.
        granted: (places,) share of people with a loan; places are of equal size.
    """
    return float(np.average(granted, weights=1 - proxy) - np.average(granted, weights=proxy))
