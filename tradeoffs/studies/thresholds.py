"""Thresholds: who is behind whom when the line between yes and no is drawn elsewhere.

Counts people at or above each step of an ordered feature; nothing is trained.
"""

import math
from typing import Any

import numpy as np

from tradeoffs.data.load import load_encoded
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import NORMAL

FEWEST = 20  # people of a group
EVERYBODY, EMPLOYED = "all adults", "employed"


def answer(
    scenario: Scenario, feature: str = "poverty", who: str = EVERYBODY
) -> list[dict[str, Any]]:
    """Return each group's share at or above every step of a feature, and the gaps.

    One record a threshold, group and measure, with `value`, `low` and `high` (95 %, for other
    people; survey weights are left out of account) and `people`: `share`, and `gap`, the share
    minus that of the group that is largest
    in the whole table.  Groups below 20 people have neither (None).

    Args:
        scenario: gives the table and the protected attribute.
        feature: with ordered bins, the last of which is that of no answer.
        who: an age group, "employed" or "all adults".

    Raises:
        InvalidInput: the feature or those counted are unknown.
    """
    whole = load_encoded(scenario.dataset)
    features = {one.name: place for place, one in enumerate(whole.book.features)}
    if feature not in features:
        raise InvalidInput(f"unknown feature {feature!r}; known: {', '.join(features)}")
    bins = whole.book.features[features[feature]].bins[:-1]
    level = whole.codes[:, features[feature]]
    counted = (level < len(bins)) & _counted(scenario.dataset, who)
    table = whole.table(whole.book.labels[0])
    attribute = next((a for a in whole.book.protected if a.name == scenario.protected), None)
    if attribute is None:
        table.group_of(scenario.protected)  # lists the known ones
        raise InvalidInput(f"protected={scenario.protected!r} must be one attribute")
    names = attribute.names
    largest = int(np.bincount(whole.groups[attribute.name]).argmax())
    codes, level = whole.groups[attribute.name][counted], level[counted]
    records = []
    for step in range(1, len(bins)):
        base = _share(level[codes == largest] >= step)
        for code, name in enumerate(names):
            own = _share(level[codes == code] >= step)
            named = {"threshold": bins[step], "group": name, "other": names[largest]}
            records.append(named | {"measure": "share"} | _told(own, None))
            if code != largest:
                records.append(named | {"measure": "gap"} | _told(own, base))
    return records


Share = tuple[float, float, int]  # value, variance, people


def _share(yes: np.ndarray) -> Share:
    people = len(yes)
    value = float(yes.mean()) if people else math.nan
    return value, value * (1 - value) / max(people, 1), people


def _told(own: Share, base: Share | None) -> dict[str, Any]:
    value, variance, people = own
    if people < FEWEST or (base is not None and base[2] < FEWEST):
        return {"value": None, "low": None, "high": None, "people": people}
    if base is not None:
        value, variance = value - base[0], variance + base[1]
    half = NORMAL * math.sqrt(variance)
    return {"value": value, "low": value - half, "high": value + half, "people": people}


def _counted(dataset: str, who: str) -> np.ndarray:
    """Return bool (people,): who is counted."""
    whole = load_encoded(dataset)
    ages = next((a.names for a in whole.book.protected if a.name == "age_group"), ())
    names = [one.name for one in whole.book.features]
    known = [EVERYBODY, *ages] + [EMPLOYED] * ("employment" in names)
    if who not in known:
        raise InvalidInput(f"unknown who={who!r}; known: {', '.join(known)}")
    if who == EMPLOYED:
        place = names.index("employment")
        return whole.codes[:, place] == whole.book.features[place].bins.index(EMPLOYED)
    if who == EVERYBODY:
        return np.ones(len(whole.codes), dtype=np.bool_)
    return whole.groups["age_group"] == ages.index(who)
