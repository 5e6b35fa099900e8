"""Thresholds: who is behind whom when the line between yes and no is drawn elsewhere.

Counts people at or above each step of an ordered feature; nothing is trained.
"""

from typing import Any

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.load import load_encoded
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import newcombe, wilson

FEWEST = 20  # people of a group
EVERYBODY, EMPLOYED = "all adults", "employed"


def answer(
    scenario: Scenario, feature: str = "poverty", who: str = EVERYBODY
) -> list[dict[str, Any]]:
    """Return each group's share at or above every step of a feature, and the gaps.

    One record a threshold, group and measure, with `value`, `low` and `high` (95 %, for other
    people; survey weights are left out of account) and `people`: `share`, and `gap`, the share
    minus that of `other`, the group that is largest in the whole table.  Groups below 20 people
    have neither (None).  `step` is "lowest" or "highest" at the ends, "between" elsewhere.

    Args:
        scenario: gives the table and the protected attribute.
        feature: with ordered bins, the last of which is that of no answer.
        who: an age group, "employed" or "all adults".

    Raises:
        InvalidInput: the feature or those counted are unknown.
    """
    whole = load_encoded(scenario.dataset)
    features = {one.name: place for place, one in enumerate(whole.book.features)}
    require_known("feature", feature, features)
    bins = whole.book.features[features[feature]].bins[:-1]
    level = whole.codes[:, features[feature]]
    counted = (level < len(bins)) & _counted(scenario.dataset, who)
    table = whole.table(whole.book.labels[0])
    attribute = next((a for a in whole.book.protected if a.name == scenario.protected), None)
    if attribute is None:
        table.group_of(scenario.protected)  # lists the known ones
        raise InvalidInput("not_one_attribute", protected=scenario.protected)
    names = attribute.names
    largest = int(np.bincount(whole.groups[attribute.name]).argmax())
    codes, level = whole.groups[attribute.name][counted], level[counted]
    records = []
    ends = {1: "lowest", len(bins) - 1: "highest"}
    for step in range(1, len(bins)):
        base = _count(level[codes == largest] >= step)
        for code, name in enumerate(names):
            own = _count(level[codes == code] >= step)
            named = {"threshold": bins[step], "step": ends.get(step, "between")}
            named |= {"group": name, "other": names[largest]}
            records.append(named | {"measure": "share"} | _told(own, None))
            if code != largest:
                records.append(named | {"measure": "gap"} | _told(own, base))
    return records


Count = tuple[int, int]  # people with a yes, and all


def _count(yes: np.ndarray) -> Count:
    return int(yes.sum()), len(yes)


def _told(own: Count, base: Count | None) -> dict[str, Any]:
    people = own[1]
    if min(people, people if base is None else base[1]) < FEWEST:
        return {"value": None, "low": None, "high": None, "people": people}
    value = own[0] / people
    low, high = wilson(*own)
    if base is not None:
        value -= base[0] / base[1]
        low, high = map(float, newcombe(*map(np.array, (*own, *base))))
    return {"value": value, "low": low, "high": high, "people": people}


def _counted(dataset: str, who: str) -> np.ndarray:
    """Return bool (people,): who is counted."""
    whole = load_encoded(dataset)
    ages = next((a.names for a in whole.book.protected if a.name == "age_group"), ())
    names = [one.name for one in whole.book.features]
    known = [EVERYBODY, *ages] + [EMPLOYED] * ("employment" in names)
    require_known("who", who, known)
    if who == EMPLOYED:
        place = names.index("employment")
        return whole.codes[:, place] == whole.book.features[place].bins.index(EMPLOYED)
    if who == EVERYBODY:
        return np.ones(len(whole.codes), dtype=np.bool_)
    return whole.groups["age_group"] == ages.index(who)
