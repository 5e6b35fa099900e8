"""Affordability: which settings a budget covers, and for how many rows."""

import math
from collections.abc import Mapping

from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.report.admissibility import Feasible
from tradeoffs.resources.cost import Cost
from tradeoffs.resources.money import CENTS, affordable, bill, total
from tradeoffs.resources.purse import Purse
from tradeoffs.scenario import Scenario


def within_budget(settings: Mapping[int, Scenario], who: Purse) -> Feasible:
    """Return which settings a budget covers, by their numbers; the others cost more.

    Args:
        settings: number -> a setting.
        who: pays.
    """
    prices = who.prices
    said = {
        number: affordable(total(setting_cost(one), prices), prices.budget)
        for number, one in settings.items()
    }
    return Feasible(
        admissible=tuple(number for number, one in said.items() if one == "affordable"),
        open=tuple(number for number, one in said.items() if one == "cannot be told"),
    )


def rows_within_budget(here: Scenario, cost: Cost, who: Purse) -> int | None:
    """Return for how many rows a budget covers a setting, all else alike.

    Rows are labelled and typed in; what else grows with them, the arithmetic, is next to nothing
    and is counted at its high end.

    Args:
        here: the setting.
        cost: what it needs.
        who: pays.

    Returns:
        None where rows cost nothing.
    """
    items = bill(cost, who.prices)
    each = sum(items[name].high for name in ("labels", "entries", "computing")) / here.rows
    if items["labels"].high + items["entries"].high == 0:
        return None
    left = who.prices.budget - items["experts"].high - items["traffic"].high
    return max(0, math.floor((left + 0.5 * 10**-CENTS) / each))
