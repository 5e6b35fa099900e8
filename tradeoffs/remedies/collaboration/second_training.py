"""Second training: the budget that two trainings on the same people share, and the second's recipe.

Both draw the same batches, so that together they are one Gaussian mechanism.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from tradeoffs.engine.recipe import recipe
from tradeoffs.remedies.collaboration.federation import clips_gradients
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.values.privacy.account import Account, Part, allocate


def two_trainings(partnership: Partnership, k: int, first: float) -> Account | None:
    """Return the account of community k's people in both trainings; None without a mechanism.

    Args:
        partnership: of the communities.
        k: whose people.
        first: share of the squared privacy loss for the first training.
    """
    if not partnership.private:
        return None
    each = {"sample_rate": partnership.sample_rate, "steps": partnership.steps}
    parts = Part(share=first, **each), Part(share=1 - first, **each)
    return allocate(float(partnership.epsilon[k]), partnership.deltas[k], *parts)


def signal_share(partnership: Partnership, share: float) -> float:
    """Return the part of the people whose signal is left above the noise of a share of the loss."""
    return math.sqrt(share) if clips_gradients(partnership) else 1.0


def second_numbers(
    partnership: Partnership, people: np.ndarray, ridge: Callable[[float], float]
) -> dict[str, Any]:
    """Return the numbers of each community that the second training has, as a regime names them.

    Args:
        partnership: with accounts of two trainings.
        people: (K,) effective numbers of people that its models learn from.
        ridge: beside the loss summed over a community's people, from that of a model alone.
    """
    clipped, width = clips_gradients(partnership), partnership.scenario.width
    how = [
        recipe(max(1, round(own)), width, float(epsilon) if clipped else None, partnership.ones)
        for own, epsilon in zip(people, partnership.epsilon, strict=True)
    ]
    accounts = partnership.accounts
    return {
        "learning_rate": np.array([one.learning_rate for one in how]),
        "clip_norm": np.array([one.clip_norm for one in how]),
        "sigma": np.array([account.noise[1] if account else 0.0 for account in accounts]),
        "ridge": np.array([ridge(one.ridge) for one in how]),
    }
