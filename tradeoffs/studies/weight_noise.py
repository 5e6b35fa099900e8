"""Noise on top: noise added to finished weights, whose sensitivity nobody has bounded.

How far one person can move the weights of an unclipped training is not known, so no accountant can
say what such noise is worth: there is no epsilon.  The attack can still be tried.
"""

from typing import Any

import numpy as np
import torch

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario, digest
from tradeoffs.studies.attacks_by_epsilon import (
    answer_confidence,
    answers,
    attack,
    auc_reduction,
    share,
    spent,
    trained,
)
from tradeoffs.studies.minority_cost import setting
from tradeoffs.values.privacy.attack_bound import AttackBound

NOISES = (0.0, 0.03, 0.1, 0.2, 0.3, 0.6, 1.0)  # standard deviation, added to each weight
ON_TOP, ACCOUNTED = "noise on top", "accounted noise"


def noisy(vectors: list[torch.Tensor], noise: float, seed: int) -> list[torch.Tensor]:
    """Return the weights, each with normal noise of that standard deviation.

    The same seed draws the same normals, whatever their deviation.
    """
    rng = np.random.default_rng([int(digest(["noise on top"]), 16) % 2**32, seed])
    return [
        one + noise * torch.from_numpy(rng.standard_normal(len(one)).astype(np.float32))
        for one in vectors
    ]


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return attack and right answers for noise on top, and for noise that was accounted for.

    Columns: `how` (noise on top, accounted noise), `noise` (standard deviation; absent for the
    other), `epsilon` (absent where no accountant gives one), `what`, `value`, `low`, `high`,
    `bound`; `what` as in `tradeoffs.studies.attacks_by_epsilon`, compared with no noise at all.

    Raises:
        InvalidInput: no budget for the accounted noise.
    """
    if scenario.epsilon is None:
        raise InvalidInput("needs_epsilon", epsilon=scenario.epsilon)
    bare = scenario.but(epsilon=None)
    (plain,) = trained(bare, [setting(scenario, None)], ["None"])
    sure, said = answer_confidence(bare, plain), answers(bare, plain)
    rows: list[dict[str, Any]] = []

    def add(
        about: dict[str, Any], vectors: list[torch.Tensor], promise: AttackBound | None
    ) -> None:
        own, right = answer_confidence(scenario, vectors), answers(scenario, vectors)
        figures = {
            "attack": attack(scenario, own, promise),
            "right": share(right),
            "spared": auc_reduction(scenario, sure, own),
            "price": share(right - said),
        }
        rows.extend(about | {"what": what} | found for what, found in figures.items())

    for noise in NOISES:
        about = {"how": ON_TOP, "noise": noise, "epsilon": None}
        add(about, noisy(plain, noise, scenario.seed), None)
    (own,) = trained(scenario, [setting(scenario, scenario.epsilon)], [str(scenario.epsilon)])
    paid = spent(scenario, scenario.epsilon)
    about = {"how": ACCOUNTED, "noise": None, "epsilon": paid.epsilon_spent}
    add(about, own, AttackBound.of(paid))
    return rows
