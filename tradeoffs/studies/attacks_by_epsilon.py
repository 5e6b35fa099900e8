"""Attacks by epsilon: what an attack sees of models that declare an epsilon, and that do not."""

from typing import Any

import numpy as np

from tradeoffs.experiments.shadow_models import ShadowModels, correct_elsewhere
from tradeoffs.experiments.training_spec import promise, spec, spent
from tradeoffs.scenario import Scenario
from tradeoffs.stats.paired_means import overall


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return attack and accuracy with the scenario's budget and without.

    Columns: `epsilon` (declared; absent: no privacy), `epsilon_spent` (as the accountant says),
    `what`, `value`, `low`, `high`, `bound`.  `what` is attack (its area, 0.5 is guessing), cap (the
    most that any attack can be worth), right (accuracy), spared (the attack without privacy minus
    that with it) or price (accuracy with privacy minus that without).
    """
    seen: dict[float | None, np.ndarray] = {}
    said: dict[float | None, np.ndarray] = {}
    rows: list[dict[str, Any]] = []
    for epsilon in dict.fromkeys((None, scenario.epsilon)):
        own = scenario.but(epsilon=epsilon)
        shadows, paid = ShadowModels.of(own), spent(own)
        (vectors,) = shadows.train({str(epsilon): spec(own)})
        seen[epsilon], said[epsilon] = shadows.confidence(vectors), correct_elsewhere(own, vectors)
        about = {"epsilon": epsilon, "epsilon_spent": paid and paid.epsilon_spent}
        figures = {
            "attack": shadows.auc(seen[epsilon], promise(own)),
            "right": overall(said[epsilon]),
            "spared": shadows.auc_difference(seen[None], seen[epsilon]),
            "price": overall(said[epsilon] - said[None]),
        }
        if paid:
            figures["cap"] = {"value": figures["attack"]["bound"]}
        rows += [about | {"what": what} | found for what, found in figures.items()]
    return rows
