"""Noise on top: noise added to finished weights, whose sensitivity nobody has bounded.

How far one person can move the weights of an unclipped training is not known, so no accountant can
say what such noise is worth: there is no epsilon.  The attack can still be tried.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import torch

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.shadow_models import ShadowModels, correct_elsewhere
from tradeoffs.experiments.training_spec import promise, spec, spent
from tradeoffs.scenario import Scenario, digest
from tradeoffs.stats.paired_means import overall

NO_NOISE, ON_TOP, ACCOUNTED = "no noise", "noise on top", "accounted noise"


def noisy(vectors: list[torch.Tensor], noise: float, seed: int) -> list[torch.Tensor]:
    """Return the weights, each with normal noise of that standard deviation.

    The same seed draws the same normals, whatever their deviation.
    """
    rng = np.random.default_rng([int(digest(["noise on top"]), 16) % 2**32, seed])
    return [
        one + noise * torch.from_numpy(rng.standard_normal(len(one)).astype(np.float32))
        for one in vectors
    ]


@lru_cache(maxsize=4)
def _trained(scenario: Scenario) -> list[torch.Tensor]:
    (vectors,) = ShadowModels.of(scenario).train({str(scenario.epsilon): spec(scenario)})
    return vectors


def answer(scenario: Scenario, noise: float) -> list[dict[str, Any]]:
    """Return attack and accuracy without noise, with noise on top, and with accounted noise.

    Columns: `how` (no noise, noise on top, accounted noise), `epsilon` (absent where no accountant
    gives one), `what`, `value`, `low`, `high`, `bound`; `what` as in
    `tradeoffs.studies.attacks_by_epsilon`, compared with no noise at all.

    Args:
        scenario: with the budget of the accounted noise.
        noise: standard deviation, added to each weight.

    Raises:
        InvalidInput: no budget for the accounted noise, or noise below 0.
    """
    if scenario.epsilon is None:
        raise InvalidInput("needs_epsilon", epsilon=scenario.epsilon)
    if not noise >= 0:
        raise InvalidInput("too_low", field="noise", value=noise, least=0)
    bare, paid = scenario.but(epsilon=None), spent(scenario)
    shadows, plain, own = ShadowModels.of(scenario), _trained(bare), _trained(scenario)
    sure, said = shadows.confidence(plain), correct_elsewhere(bare, plain)
    rows: list[dict[str, Any]] = []
    for how, vectors in (
        (NO_NOISE, plain),
        (ON_TOP, noisy(plain, noise, scenario.seed)),
        (ACCOUNTED, own),
    ):
        seen, right = shadows.confidence(vectors), correct_elsewhere(scenario, vectors)
        figures = {
            "attack": shadows.auc(seen, promise(scenario) if how == ACCOUNTED else None),
            "right": overall(right),
            "spared": shadows.auc_difference(sure, seen),
            "price": overall(right - said),
        }
        about = {"how": how, "epsilon": paid.epsilon_spent if paid and how == ACCOUNTED else None}
        rows += [about | {"what": what} | found for what, found in figures.items()]
    return rows
