"""The notions of fairness on offer."""

from tradeoffs.errors import InvalidInput
from tradeoffs.values.fairness.demographic_parity import DEMOGRAPHIC_PARITY
from tradeoffs.values.fairness.equal_opportunity import EQUAL_OPPORTUNITY
from tradeoffs.values.fairness.equalized_odds import EQUALIZED_ODDS
from tradeoffs.values.fairness.notion import Notion

NOTIONS = {n.name: n for n in (DEMOGRAPHIC_PARITY, EQUAL_OPPORTUNITY, EQUALIZED_ODDS)}


def notion(name: str) -> Notion:
    """Return a notion by name; raise InvalidInput listing the known ones."""
    if name not in NOTIONS:
        raise InvalidInput(f"unknown notion {name!r}; known: {', '.join(NOTIONS)}")
    return NOTIONS[name]
