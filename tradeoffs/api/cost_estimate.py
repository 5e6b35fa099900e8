"""Cost: what a setting needs of people, machines and lines, and what that comes to for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tradeoffs.api.display import Display
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.report.sentences.setting_price import cost_sentences
from tradeoffs.resources.actors.own_numbers import OWN_NUMBERS
from tradeoffs.resources.cost import Cost
from tradeoffs.resources.money import affordable, bill, total, working_hours
from tradeoffs.resources.purse import Purse, purse
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class CostEstimate(Display):
    """What one setting costs one community.

    Attributes:
        scenario: the setting.
        cost: votes, values, parameters, arithmetic and bytes, which are counted; seconds, energy
            and carbon dioxide, which are ranges.
        purse: who pays, at which prices and from which budget.
    """

    scenario: Scenario
    cost: Cost
    purse: Purse

    @property
    def values(self) -> dict[str, Any]:
        """All numbers by name; what is a range has two, `_low` and `_high`."""
        prices = self.purse.prices
        spent = total(self.cost, prices)
        ranges = {
            "core_seconds": self.cost.seconds,
            "energy_kwh": self.cost.energy,
            "carbon_grams": self.cost.carbon,
            **{f"money_{item}": found for item, found in bill(self.cost, prices).items()},
            "money": spent,
        }
        return {
            "people": self.scenario.rows,
            "votes": self.cost.votes,
            "entries": self.cost.entries,
            "working_hours": working_hours(self.cost, prices),
            "parameters": self.cost.parameters,
            "training_operations": self.cost.training,
            "decision_operations": self.cost.decision,
            "bytes_kept": self.cost.kept,
            "bytes_sent": self.cost.sent,
            "bytes_received": self.cost.received,
            "rounds": self.cost.rounds,
            "bytes_a_decision": self.cost.decision_bytes,
            **{f"{name}_{end}": getattr(one, end) for name, one in ranges.items() for end in ENDS},
            "budget": prices.budget,
            "affordable": affordable(spent, prices.budget),
            "purse": self.purse.text,
        }

    def table(self) -> pd.DataFrame:
        """Return one row with the values."""
        import pandas as pd

        return pd.DataFrame([self.values])

    def text(self) -> str:
        """Return what it costs in sentences, one a line."""
        return "\n".join(cost_sentences(self.scenario, self.cost, self.purse))


ENDS = ("low", "high")


def cost(scenario: Scenario | None = None, paid_by: str = OWN_NUMBERS.name) -> CostEstimate:
    """Return what a setting costs; nothing is trained.

    Args:
        scenario: the setting; None is the Explorer's first one.
        paid_by: one of `tradeoffs.actors`, and numbers of its own joined by +, such as
            `village_clinic+budget:800+wage:9`.

    Raises:
        InvalidInput: the setting cannot be trained, or a price is unknown or out of its bounds.

    >>> import tradeoffs as to
    >>> found = to.cost(to.Scenario(rows=300), "village_clinic")
    >>> found.values["entries"], found.values["affordable"]
    (3600, 'affordable')
    >>> to.actors["town_hospital"].prices.budget
    2500.0
    """
    here = resolve(Scenario() if scenario is None else scenario).scenario
    return CostEstimate(scenario=here, cost=setting_cost(here), purse=purse(paid_by))
