"""Rule gaps: how far two groups lie apart under a quota, three trained rules and no rule.

Compared are three rates: of all people who get a place (selection rate), of those with a positive
label (true positive rate), and of the others (false positive rate).  Intervals of a difference
count one more success and failure on either side (Agresti, Caffo 2000, doi
10.1080/00031305.2000.10474560), so that a rate of 100 % of few people is not taken for certain.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from tradeoffs.data.table_cache import table_cache
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.designs import replicate
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.measurement import numbers_of
from tradeoffs.results import Outcome
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.values.fairness.notion import COUNTS, GroupCounts

RULES = ("quota", "demographic_parity", "equal_opportunity", "equalized_odds")  # notions
RATES = ("selection_rate", "true_positive_rate", "false_positive_rate")
GROUPS = {  # dataset -> attribute and its groups, the two that are compared first
    "meps": (
        "race_ethnicity",
        (
            "Hispanic, of any race",
            "White, not Hispanic",
            "Black, not Hispanic",
            "Asian, not Hispanic",
        ),
    ),
    "loanapp": ("race", ("Black", "White")),
}


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the first group's rates minus the second's under every rule and under none.

    Records: `rule`, a notion (None: no rule); `rate`, of RATES; `value`, `low`, `high` (95 %, over
    training runs and people; None where a group has too few people for the rate); `people` of the
    first group that are reported on.

    Args:
        scenario: on a table of GROUPS, with the bound of the rules.

    Raises:
        InvalidInput: another table, or a scenario without a bound.
    """
    if scenario.max_gap is None:
        raise InvalidInput("out_of_range", field="max_gap", value=None, low=0, high=1)
    under = {rule: scenario.but(notion=rule) for rule in RULES}
    wanted = {None: scenario.but(notion=RULES[0], max_gap=None), **under}
    counted = group_counts(tuple(wanted.values()))
    return [
        {"rule": rule, "rate": rate, "people": int(counts.people[0, 0])} | gap(counts, rate)
        for rule, counts in zip(wanted, counted, strict=True)
        for rate in RATES
    ]


@table_cache
@lru_cache(maxsize=8)
def group_counts(settings: tuple[Scenario, ...], split: str = "report") -> list[GroupCounts]:
    """Return what the training runs of each setting count of the groups; (runs, groups).

    Raises:
        InvalidInput: a table without groups to compare.
    """
    found = outcomes(settings)
    return [counts_of([found[one] for one in replicate([setting])], split) for setting in settings]


def outcomes(settings: Sequence[Scenario]) -> dict[Scenario, Outcome]:
    """Return what the training runs of some settings measured, by scenario with its seed."""
    plans = [resolve(one) for one in replicate(settings)]
    return {outcome.scenario: outcome for chunk in chunks(plans) for outcome in run(chunk)}


def counts_of(runs: Sequence[Outcome], split: str) -> GroupCounts:
    """Return what some training runs count of the groups of their table; (runs, groups).

    Raises:
        InvalidInput: a table without groups to compare.
    """
    dataset = runs[0].scenario.dataset
    if dataset not in GROUPS:
        raise InvalidInput("not_one_of", field="dataset", value=dataset, known=tuple(GROUPS))
    attribute, groups = GROUPS[dataset]
    figures = [one.measurement.figures(split) for one in runs]
    parts = {
        kind: numbers_of(figures, [f"{kind}[{attribute}={group}]" for group in groups])
        for kind in COUNTS
    }
    return GroupCounts(**parts, weighted=None)


def gap(counts: GroupCounts, rate: str) -> dict[str, Any]:
    """Return `value`, `low`, `high` of the first group's rate minus the second's."""
    rates, people = rates_of(counts, rate)
    error = math.hypot(*(rate_error(rates[:, i], people[:, i]) for i in (0, 1)))
    return ends(rates[:, 0] - rates[:, 1], error)


def rates_of(counts: GroupCounts, rate: str) -> tuple[np.ndarray, np.ndarray]:
    """Return a rate, NaN of too few people, and the people it is counted on; (runs, groups)."""
    people = {
        "selection_rate": counts.people,
        "true_positive_rate": counts.positives,
        "false_positive_rate": counts.negatives,
    }
    return getattr(counts, rate), people[rate]


def rate_error(rates: np.ndarray, people: np.ndarray) -> float:
    """Return the standard error, from the number of people, of the mean of (runs,) rates."""
    rate, n = float(rates.mean()), float(people.mean())
    share = (rate * n + 1) / (n + 2)
    return math.sqrt(share * (1 - share) / (n + 2)) if math.isfinite(share) else math.nan


def ends(values: np.ndarray, error: float) -> dict[str, Any]:
    """Return `value`, `low`, `high` of (runs,) figures; None where one is not measurable."""
    if not np.isfinite(values).all():
        return {"value": None, "low": None, "high": None}
    return estimate(values, error).record


def scaled(counts: GroupCounts, times: float) -> GroupCounts:
    """Return the counts of so many times the people."""
    parts = {name: times * getattr(counts, name) for name in COUNTS}
    return replace(counts, **parts)
