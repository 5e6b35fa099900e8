"""Training compute: from the explorer's own model to published ones, with money and who could pay.

Nothing is trained.  The arithmetic of the explorer's model is counted, that of others is as they
published it, and money is a range, because prices are.
"""

import math
from collections.abc import Iterator
from typing import Any

from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.money import bill
from tradeoffs.resources.prices import Prices
from tradeoffs.resources.published_compute import (
    OPERATION_PRICE,
    PUBLISHED_COMPUTE,
    PublishedCompute,
)
from tradeoffs.resources.range import Range
from tradeoffs.scenario import Scenario

OWN = "own"  # the explorer's model
UNIT = 1e18  # operations that a price is for
POWERS = ("", "_low", "_high")
SPANS = (("alexnet", "alphago_zero"), ("alphago_zero", "llama_3"))


def answer(scenario: Scenario, actor: str) -> list[dict[str, Any]]:
    """Return operations, money and payers of trainings, and how fast the largest ones grew.

    Columns: `model` (OWN, a name of PUBLISHED_COMPUTE, or two joined by " to "), `title`, `year`
    (absent of OWN), `what` (operations; factor: over those of OWN; money: of the arithmetic;
    payers: money over the actor's budget; bought: trainings for one unit of money; growth:
    operations of the later over the earlier; doubling: months between two doublings), `value`,
    `low`, `high` (of a range; `value` is its geometric middle; to two digits) and `power`,
    `power_low`, `power_high`, as powers of ten.

    Args:
        scenario: the explorer's model, which is counted.
        actor: whose budget, and whose prices for the explorer's model.

    Raises:
        InvalidInput: an unknown actor, or a scenario that cannot be trained.
    """
    prices = ACTORS[actor].prices
    own = setting_cost(scenario)
    count = Range.exactly(own.training)
    found = [*_costs(OWN, "", None, count, count, bill(own, prices)["computing"], prices)]
    for one in PUBLISHED_COMPUTE.values():
        money = one.range.times(1 / UNIT).times(OPERATION_PRICE.range)
        found += _costs(one.name, one.title, one.year, one.range, count, money, prices)
    for first, last in SPANS:
        found += _growth(PUBLISHED_COMPUTE[first], PUBLISHED_COMPUTE[last])
    return found


def _costs(
    name: str,
    title: str,
    year: int | None,
    operations: Range,
    own: Range,
    money: Range,
    prices: Prices,
) -> Iterator[dict[str, Any]]:
    figures = {
        "operations": operations,
        "factor": operations.per(own),
        "money": money,
        "payers": money.per(prices.budget),
        "bought": Range.exactly(1.0).per(money),
    }
    for what, found in figures.items():
        yield {"model": name, "title": title, "year": year, "what": what} | _told(found)


def _growth(first: PublishedCompute, last: PublishedCompute) -> Iterator[dict[str, Any]]:
    """Yield by how much operations grew, and in how many months they doubled on average."""
    grown = last.range.per(first.range)
    months = last.months - first.months
    doubling = Range.exactly(months).per(Range(*map(math.log2, grown)))
    about = {
        "model": f"{first.name} to {last.name}",
        "title": f"{first.title} to {last.title}",
        "year": last.year,
    }
    yield about | {"what": "growth"} | _told(grown)
    yield about | {"what": "doubling"} | _told(doubling)


def _told(found: Range) -> dict[str, float]:
    """Return a range to two digits, which is no less than is known of it, and as powers of ten."""
    ends = {"value": math.sqrt(found.low * found.high), "low": found.low, "high": found.high}
    powers = {f"power{end}": math.log10(ends[end.strip("_") or "value"]) for end in POWERS}
    return {name: float(f"{number:.2g}") for name, number in ends.items()} | powers
