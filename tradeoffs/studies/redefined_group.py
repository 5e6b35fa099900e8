"""Redrawn: the same people and the same label, with the line around a group drawn two ways."""

import math
from typing import Any

import numpy as np

from tradeoffs.data.load import load_encoded
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import normal_interval

DRAWINGS = {  # attribute -> the two groups that are compared
    "race_ethnicity": ("White, not Hispanic", "Black, not Hispanic"),
    "race": ("White", "Black"),
}


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return who has the scenario's label among White and Black adults, Hispanics apart or within.

    Records have `drawing` (an attribute), `group`, `value`, `low` and `high` (95 %, for other
    people; survey weights are left out of account) and `people`: a share for each group, `gap`,
    the first group's share minus the second's, and for drawing "difference", the second drawing's
    gap minus the first's, with an interval that knows that both count the same people.

    Args:
        scenario: gives the label of the table meps.

    Raises:
        InvalidInput: the table has no such label or attributes.
    """
    whole = load_encoded(scenario.dataset)
    table = whole.table(whole.book.label(scenario.label))
    label = table.label.astype(float)
    records: list[dict[str, Any]] = []
    gaps, parts = [], []
    for attribute, pair in DRAWINGS.items():
        sides = []
        for name in pair:
            inside = table.members(attribute, name)
            share = label[inside].mean()
            influence = np.where(inside, (label - share) / inside.sum(), 0.0)
            sides.append((share, influence))
            records.append(_record(attribute, name, share, influence, int(inside.sum())))
        gaps.append(sides[0][0] - sides[1][0])
        parts.append(sides[0][1] - sides[1][1])
        records.append(_record(attribute, "gap", gaps[-1], parts[-1], table.rows))
    change = gaps[1] - gaps[0], parts[1] - parts[0]
    records.append(_record("difference", "gap", *change, table.rows))
    return records


def _record(
    drawing: str, group: str, value: float, influence: np.ndarray, people: int
) -> dict[str, Any]:
    """Return a record; `influence` (people,) is what each person adds to the value's error."""
    low, high = normal_interval(value, math.sqrt(float((influence**2).sum())))
    named = {"drawing": drawing, "group": group, "people": people}
    return named | {"value": float(value), "low": float(low), "high": float(high)}
