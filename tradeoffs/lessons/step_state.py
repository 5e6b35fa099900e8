"""State: what a step of a lesson shows, a scenario and the options of a study."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tradeoffs.fields import COMMUNITY_FIELDS
from tradeoffs.scenario import Scenario, as_text

Value = str | int | float | None
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class StepState:
    """A scenario, and the options of a study beside it; hashable."""

    scenario: Scenario
    options: tuple[tuple[str, Value], ...] = ()
    own: frozenset[str] = frozenset(COMMUNITY_FIELDS)  # fields whose names are options here

    def __getitem__(self, name: str) -> Value:
        """Return an option or a field of the scenario."""
        own = dict(self.options)
        return own[name] if name in own else getattr(self.scenario, name)

    def fill(self, text: str) -> str:
        """Return the name of a column with the values of options or fields put in.

        >>> StepState(scenario=Scenario()).fill("selection_rate[{protected}=Female]")
        'selection_rate[sex=Female]'
        """
        return PLACE.sub(lambda found: as_text(self[found[1]]), text)

    def but(self, changes: Mapping[str, Value]) -> "StepState":
        """Return this setting with fields of the scenario or options changed.

        Raises:
            InvalidInput: a value that the scenario refuses.
        """
        named = Scenario.model_fields.keys() - self.own
        fields = {k: v for k, v in changes.items() if k in named}
        options = dict(self.options) | {k: v for k, v in changes.items() if k not in fields}
        scenario = self.scenario.but(**fields) if fields else self.scenario
        return StepState(scenario=scenario, options=tuple(sorted(options.items())), own=self.own)
