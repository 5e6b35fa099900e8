"""Sampled: what an epsilon is worth whose accounting took people to be drawn by lot.

The claim: each step draws every person by a coin with chance `drawn`.  What was run instead: all
people in every step, or fixed rounds, in which each person takes part in one of every 1 / `drawn`
steps.  The noise is that of the claim.

Fixed rounds: a person takes part in T * drawn known steps, and each releases a Gaussian sum that
one record moves by at most the clip norm, so all are one Gaussian with distance
sqrt(T drawn) / sigma.  What is said of them is computed and not attacked.

Source: Abadi et al. 2016, arXiv 1607.00133, on sampling by lot; Chua et al. 2024, arXiv 2403.17673,
on what its accounting is worth where batches are made otherwise; Dong, Roth & Su 2022,
arXiv 1905.02383, for the distance.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from tradeoffs.engine.recipe import recipe
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.shadow_models import ShadowModels, correct_elsewhere
from tradeoffs.experiments.training_spec import spec
from tradeoffs.scenario import Scenario
from tradeoffs.stats.paired_means import overall
from tradeoffs.values.privacy.accountants import History, Spend, epsilon, noise_multiplier
from tradeoffs.values.privacy.attack_bound import AttackBound

BY_LOT, ROUNDS, ALL = "by lot, as claimed", "in fixed rounds", "everybody, every step"


def histories(sigma: float, drawn: float, steps: int) -> dict[str, History]:
    """Return what is released by each way to make batches, with the same noise.

    Args:
        sigma: noise multiplier.
        drawn: share of the people in a step; a whole number of steps makes a round.
        steps: of the training, a whole number of rounds.

    Raises:
        InvalidInput: rounds do not come out even.
    """
    took_part = steps * drawn
    if abs(took_part - round(took_part)) > 1e-9 or round(took_part) < 1:
        raise InvalidInput("not_whole_rounds", drawn=drawn, steps=steps)
    return {
        BY_LOT: (Spend(sigma=sigma, sample_rate=drawn, steps=steps),),
        ROUNDS: (Spend(sigma=sigma, sample_rate=1.0, steps=round(took_part)),),
        ALL: (Spend(sigma=sigma, sample_rate=1.0, steps=steps),),
    }


def answer(scenario: Scenario, drawn: float) -> list[dict[str, Any]]:
    """Return the epsilon of each way to make batches, and what the attack sees.

    Columns: `way`, `what`, `value`, `low`, `high`, `bound`, `accountant` (prv by lot, else gdp,
    which is exact).  `what` is epsilon, attack (its area), right (share of right answers), apart
    (the attack minus that on the training as claimed) or beyond (the attack minus the most that
    the claim allows).  Rounds are not attacked, and have epsilon alone.

    Raises:
        InvalidInput: no budget is claimed, or see `histories`.
    """
    if scenario.epsilon is None:
        raise InvalidInput("needs_epsilon", epsilon=scenario.epsilon)
    how = replace(recipe(scenario.rows, scenario.width, scenario.epsilon), sample_rate=drawn)
    sigma = noise_multiplier(scenario.epsilon, drawn, how.steps, how.delta, "prv")
    own, shadows = replace(spec(scenario), sigma=sigma), ShadowModels.of(scenario)
    rows: list[dict[str, Any]] = []
    claim: AttackBound | None = None
    first: np.ndarray | None = None
    for way, history in histories(sigma, drawn, how.steps).items():
        by = "prv" if way == BY_LOT else "gdp"
        worth = epsilon(history, how.delta, by)
        figures: dict[str, dict[str, Any]] = {"epsilon": {"value": worth}}
        if way != ROUNDS:
            mu = history[0].steps ** 0.5 / sigma if way == ALL else None
            promise = AttackBound(epsilon=worth, delta=how.delta, mu=mu)
            run = replace(how, sample_rate=history[0].sample_rate)
            (vectors,) = shadows.train({way: own}, run)
            sure = shadows.confidence(vectors)
            first, claim = (sure, promise) if first is None or claim is None else (first, claim)
            found = shadows.auc(sure, promise)
            figures |= {
                "attack": found,
                "right": overall(correct_elsewhere(scenario, vectors)),
                "apart": shadows.auc_difference(sure, first),
                "beyond": {k: found[k] - claim.area for k in ("value", "low", "high")},
            }
        rows += [{"way": way, "accountant": by, "what": w} | f for w, f in figures.items()]
    return rows
