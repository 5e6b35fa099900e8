"""A seat at the table: accuracy for a small made-up group, by its share of the people in training.

The group is made up as in `tradeoffs.studies.minority_cost`; what speaks for a yes among others
speaks against it among its members.
"""

from typing import Any

import numpy as np

from tradeoffs.data.made_up_group import ATTRIBUTE, OTHERS, SMALL
from tradeoffs.scenario import Scenario
from tradeoffs.stats.paired_means import mean
from tradeoffs.studies.minority_cost import right

SHARES = (0.0, 0.01, 0.05, 0.1, 0.2, 0.3)  # of the people in training
PATTERN = "reversed"


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return how often decisions are right about the small group and about the others.

    Columns: `share` of the group in training, `group`, `what`, `value`, `low`, `high` over seeds
    and people.  `what` is accuracy, gain (against share 0) or above (accuracy minus that of the one
    answer for the whole group that is right most often); `constant` is the latter.
    """
    rows: list[dict[str, Any]] = []
    absent: np.ndarray | None = None
    for share in SHARES:
        (each,), people = right(scenario, share, PATTERN, [(scenario.epsilon, "flat")])
        now = each.astype(float)
        absent = now if absent is None else absent
        inside = people.protected[ATTRIBUTE] == 1
        for group, whom in ((SMALL, inside), (OTHERS, ~inside)):
            yes = people.label[whom].mean() > 1 / 2
            constant = np.broadcast_to(people.label == yes, now.shape)
            figures = {"accuracy": now, "above": now - constant}
            if share:
                figures["gain"] = now - absent
            about = {"share": share, "group": group}
            rows += [about | {"what": w} | mean(values, whom) for w, values in figures.items()]
            level = float(constant[0, whom].mean())
            rows.append(about | {"what": "constant", "value": level, "low": level, "high": level})
    return rows
