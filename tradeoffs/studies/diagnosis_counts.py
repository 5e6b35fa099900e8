"""Diagnosed: how many conditions doctors named to people who feel equally well at equal age.

A diagnosis needs a doctor, and an answer about one's health needs a yardstick: both labels of need
say something of access, language and habit too.  Nothing is trained here; people are counted.
"""

from typing import Any

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.load import load_encoded
from tradeoffs.data.table import Table
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import normal_interval
from tradeoffs.stats.stratified import stratified

FEWEST = 20  # people in a cell that is told of
ALL = "all"  # in place of an answer about one's health
FOCUS = {"insurance": "uninsured all year", "race_ethnicity": "White, not Hispanic"}  # marked
LABEL, HEALTH, AGE, COUNT = "cost_over_5000", "health", "age", "conditions"
CAP = 6  # conditions from which people count as alike


def answer(scenario: Scenario, age_group: str = "all ages") -> list[dict[str, Any]]:
    """Return what groups differ by in conditions at equal health, and in health at equal counts.

    Records have `measure`, `health`, `group`, `other` (the first one, with which it is compared),
    `value`, `low`, `high` and `people`, None below 20 people.  `extra` is at equal self-rated
    health and age (bins of five years), in conditions, for each answer about one's health and for
    "all" of them; `worse` is who calls the own health fair or poor at equal conditions and age, in
    shares.  `focus` marks the group of `FOCUS`.  Differences within cells are averaged, each
    weighing as many as the group has members in it; cells with fewer than two of either are left
    out.  Intervals are 95 %, for other people; survey weights are ignored.

    Args:
        scenario: gives the table and the protected attribute, whose groups are compared.
        age_group: of the attribute `age_group`, or "all ages".

    Raises:
        InvalidInput: the age group is unknown.
    """
    whole = load_encoded(scenario.dataset)
    table = _aged(whole.table(whole.book.label(LABEL)), age_group)
    count = whole.count(COUNT, table.row_id)
    features = [feature.name for feature in table.features]
    health, age = (table.codes[:, features.index(name)] for name in (HEALTH, AGE))
    told = table.features[features.index(HEALTH)].labels
    codes, names = table.group_of(scenario.protected)
    known = ~np.isnan(count) & (health < 5)  # the last bin is that of no answer
    health, age, codes, count = health[known], age[known], codes[known], count[known]
    bad, capped = (health >= 3).astype(float), np.minimum(count, CAP)
    everybody = np.ones(len(count), np.bool_)
    compared = [
        *(("extra", told[level], count, age, health == level) for level in range(5)),
        ("extra", ALL, count, health * 100 + age, everybody),
        ("worse", ALL, bad, capped * 100 + age, everybody),
    ]
    records = []
    for code, name in enumerate(names[1:], 1):
        at = {"group": name, "other": names[0], "focus": name == FOCUS.get(scenario.protected)}
        for measure, level, value, cell, here in compared:
            found = matched(value, cell, here & (codes == code), here & (codes == 0))
            records.append({"measure": measure, "health": level, **at, **found})
    return records


def matched(
    value: np.ndarray, cell: np.ndarray, group: np.ndarray, other: np.ndarray
) -> dict[str, Any]:
    """Return a group's mean minus another's within equal cells, with its interval.

    Args:
        value: float (people,).
        cell: (people,), equal for people who are compared with each other.
        group: bool (people,).
        other: bool (people,).
    """
    found = stratified(
        (value[group & (cell == one)], value[other & (cell == one)])
        for one in np.unique(cell[group])
    )
    people = found.people if found else 0
    if found is None or people < FEWEST:
        return _record(None, people)
    return _record((found.difference, found.error), people)


def _record(found: tuple[float, float] | None, people: int) -> dict[str, Any]:
    """Return a record of a value and its standard error."""
    ends = normal_interval(*found) if found else (None, None)
    value = found[0] if found else None
    return {"value": value, "low": ends[0], "high": ends[1], "people": people}


def _aged(table: Table, age_group: str) -> Table:
    if age_group == "all ages":
        return table
    codes, names = table.group_of("age_group")
    require_known("age_group", age_group, ("all ages", *names))
    return table.take(codes == names.index(age_group))
