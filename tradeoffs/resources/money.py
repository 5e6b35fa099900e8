"""Money: a cost at somebody's prices, item by item, and whether a budget covers it."""

from typing import Literal

from tradeoffs.resources.cost import Cost
from tradeoffs.resources.energy import GIGABYTE
from tradeoffs.resources.prices import Prices
from tradeoffs.resources.range import Range

HOUR = 3600.0  # seconds
CENTS = 2  # digits of an amount of money
Affordable = Literal["affordable", "not affordable", "cannot be told"]
ITEMS = {  # of a bill, in words
    "labels": "labels",
    "entries": "values from paper",
    "experts": "experts",
    "computing": "computing and electricity",
    "traffic": "data sent and received",
}


def bill(cost: Cost, prices: Prices) -> dict[str, Range]:
    """Return what each of ITEMS costs; what energy and time of a core are, is known as ranges.

    >>> cost = Cost(votes=900, entries=0, parameters=13, training=3e6, decision=26)
    >>> bill(cost, Prices(wage=36, label_seconds=20))["labels"]
    Range(low=180.0, high=180.0)
    """
    days = sum(getattr(prices, f"{skill}_days") for skill in cost.skills)
    work = prices.wage / HOUR
    machine = cost.seconds.times(prices.core_hour / HOUR)
    return {
        "labels": Range.exactly(cost.votes * prices.label_seconds * work),
        "entries": Range.exactly(cost.entries * prices.entry_seconds * work),
        "experts": Range.exactly(days * prices.expert_day),
        "computing": machine.plus(cost.energy.times(prices.kwh)),
        "traffic": Range.exactly(cost.moved / GIGABYTE * prices.gigabyte),
    }


def total(cost: Cost, prices: Prices) -> Range:
    """Return the sum of a bill."""
    found = Range.exactly(0.0)
    for item in bill(cost, prices).values():
        found = found.plus(item)
    return found


def affordable(spent: Range, budget: float) -> Affordable:
    """Say whether a budget covers what something costs, to the cent.

    >>> affordable(Range(90.0, 95.0), 100), affordable(Range(90.0, 110.0), 100)
    ('affordable', 'cannot be told')
    """
    low, high = (round(end, CENTS) for end in spent)
    if high <= budget:
        return "affordable"
    return "not affordable" if low > budget else "cannot be told"


def working_hours(cost: Cost, prices: Prices) -> float:
    """Return the hours of labelling and typing in."""
    spent = cost.votes * prices.label_seconds + cost.entries * prices.entry_seconds
    return spent / HOUR
