"""Quota elsewhere: how many of those in need a quota finds at home, and where other people live."""

import math
from itertools import product
from typing import Any

import numpy as np

from tradeoffs.scenario import Scenario
from tradeoffs.studies.rule_gaps import ends, group_counts, rate_error, rates_of
from tradeoffs.values.fairness.notion import GroupCounts

QUOTA = 0.02  # its bound
AWAY = (0.0, 0.5, 1.0)  # how far the people have changed from those at home
COMPARED = {  # measure -> the two settings, (quota or None, how far)
    "quota_there_home": ((QUOTA, 1.0), (QUOTA, 0.0)),
    "quota_none_home": ((QUOTA, 0.0), (None, 0.0)),
    "quota_none_there": ((QUOTA, 1.0), (None, 1.0)),
}
RATE = "true_positive_rate"
GROUP = ("first", "second")  # of `rule_gaps.GROUPS`


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return true positive rates of two groups with a quota and without, from home to elsewhere.

    Records: `measure`, "found" or a change of COMPARED; `who`, one of GROUP, of what is found with
    _quota or _none behind it; `shift_intensity` of what is found (0: at home); `value`, `low`,
    `high` (95 %, over training runs and people); `share` of the first group among the people there.

    Args:
        scenario: on a table of `rule_gaps.GROUPS`, with the shift that leads elsewhere.
    """
    places = list(product((QUOTA, None), AWAY))
    quota = scenario.but(notion="quota")
    settings = (quota.but(max_gap=bound, shift_intensity=away) for bound, away in places)
    counted = dict(zip(places, group_counts(tuple(settings)), strict=True))
    records: list[dict[str, Any]] = []
    for place, group in enumerate(GROUP):
        for (bound, away), counts in counted.items():
            rates, people = (part[:, place] for part in rates_of(counts, RATE))
            records.append(
                {
                    "measure": "found",
                    "who": f"{group}_{'none' if bound is None else 'quota'}",
                    "shift_intensity": away,
                    "share": float(counts.people[0, 0] / counts.people[0].sum()),
                }
                | ends(rates, rate_error(rates, people))
            )
        for name, (here, there) in COMPARED.items():
            found = change(counted[here], counted[there], place)
            records.append({"measure": name, "who": group} | found)
    return records


def change(here: GroupCounts, there: GroupCounts, place: int) -> dict[str, Any]:
    """Return how many more of a group's people in need are found here than there.

    A quota moves a group's threshold, so where the people are the same, those who change sides all
    change to the same one.

    Args:
        here: what the training runs count.
        there: the same runs in another setting.
        place: of the group.
    """
    (a, n), (b, m) = (
        (part[:, place] for part in rates_of(counts, RATE)) for counts in (here, there)
    )
    apart = a - b
    same = n[0] == m[0]
    sides = [(np.abs(apart), n)] if same else [(a, n), (b, m)]
    return ends(apart, math.hypot(*(rate_error(*side) for side in sides)))
