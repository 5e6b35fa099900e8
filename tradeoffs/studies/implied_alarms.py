"""Implied alarms: the false positive rates that two wishes for every group leave no choice about.

Wished for are one precision and one true positive rate for all groups; what follows from each
group's base rate is the impossibility identity of `tradeoffs.values.fairness.impossibility`.
"""

from typing import Any

import numpy as np

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import normal_interval
from tradeoffs.studies.rule_gaps import GROUPS, RULES, group_counts, scaled
from tradeoffs.values.fairness.impossibility import implied_false_positive_rate
from tradeoffs.values.fairness.notion import GroupCounts

MANY = 1000.0  # wishes count nobody, so no group is too small: so many times the people


def answer(scenario: Scenario, precision: float, found: float) -> list[dict[str, Any]]:
    """Return the false positive rate of each group that both wishes ask for.

    Records: `group`; `value`, `low`, `high`, 95 % as its base rate is known from so many people;
    `base`, that base rate.  Two further groups: "difference", the second group's less the first's,
    and "off", the largest difference between a measured rate and the one of the identity, over
    all models of every rule.

    Args:
        scenario: on a table of `rule_gaps.GROUPS`, with the bound of the rules.
        precision: share of those with a place who have a positive label, above 0 and at most 1.
        found: share of those with a positive label who have a place, from 0 to 1.

    Raises:
        InvalidInput: a share out of its bounds, or another table.
    """
    for name, share in (("precision", precision), ("found", found)):
        if not 0 <= share <= 1 or (name == "precision" and share == 0):
            raise InvalidInput("out_of_range", field=name, value=share, low=0, high=1)
    settings = (
        scenario.but(notion=RULES[0], max_gap=None),
        *(scenario.but(notion=r) for r in RULES),
    )
    counted = group_counts(settings)
    base, value, error = implied(counted[0], precision, found)
    low, high = normal_interval(value, error)
    apart, wide = float(value[1] - value[0]), float(np.hypot(*(high - value)[:2]))
    columns = ("base", "value", "low", "high")
    rows = zip(*(part.tolist() for part in (base, value, low, high)), strict=True)
    rows = [*rows, (None, apart, apart - wide, apart + wide), (None, _off(counted), None, None)]
    names = (*GROUPS[scenario.dataset][1], "difference", "off")
    return [
        {"group": name, **dict(zip(columns, row, strict=True))}
        for name, row in zip(names, rows, strict=True)
    ]


def implied(
    counts: GroupCounts, precision: float, found: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return base rates, false positive rates that follow, and their standard errors; (groups,)."""
    many = scaled(counts, MANY)
    hits = found * many.positives
    wished = GroupCounts(
        people=many.people,
        positives=many.positives,
        selected=hits / precision,
        true_positives=hits,
        scores=many.scores,
        squared_errors=many.squared_errors,
    )
    value, base = implied_false_positive_rate(wished)[0], counts.base_rate[0]
    error = value / base / (1 - base) * np.sqrt(base * (1 - base) / counts.people[0])
    return base, value, error


def _off(counted: list[GroupCounts]) -> float:
    apart = [implied_false_positive_rate(one) - one.false_positive_rate for one in counted]
    return float(np.nanmax(np.abs(apart)))
