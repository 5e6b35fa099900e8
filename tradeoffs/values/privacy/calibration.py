"""Noise calibration: from a requested epsilon to a noise multiplier, fast enough for a slider.

A shipped table is a list of noise multipliers, each with the epsilon that an accountant
computed for it beforehand. A request takes the entry with the least noise whose epsilon is at most
the request: nothing is interpolated, and what is declared is an accountant's own figure. With all
records in every step (sample rate 1) the closed form of the Gaussian mechanism takes its place.
"""

import json
import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tradeoffs.errors import require
from tradeoffs.values.privacy import accountants
from tradeoffs.values.privacy.history import History, Spend, real, within

CALIBRATION = Path(__file__).with_name("calibration.json")
LEAST, MOST = 0.05, 50.0  # epsilon that can be requested
COUNT_SHARE = 0.02  # of the squared privacy loss of the training, for the group counts
UNIT = "the record of one person in training (add or remove)"

Key = tuple[float, int, float, bool]  # sample rate, steps, delta, with counts
Entries = tuple[tuple[float, ...], tuple[float, ...]]  # epsilon (rising), sigma (falling)


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """The noise that a requested epsilon buys, and the epsilon that is spent and declared.

    Attributes:
        epsilon: the request.
        epsilon_spent: what the accountant computed for `history`; at most epsilon.
        sigma: noise multiplier of a training step in all, before any of it is set apart.
        sigma_counts: noise multiplier of the histogram of group counts; None if it is not asked.
        sample_rate: probability with which a record enters a step.
        steps: number of training steps.
        delta: probability mass left out of the promise.
        accountant: "prv", or "gdp" (exact) where sample_rate is 1.
        unit: whom the promise protects.
        releases: that epsilon_spent accounts for, where they are others than one training's; empty
            where nothing is released.
    """

    epsilon: float
    epsilon_spent: float
    sigma: float
    sigma_counts: float | None
    sample_rate: float
    steps: int
    delta: float
    accountant: str
    unit: str = UNIT
    releases: History | None = None

    @property
    def history(self) -> History:
        """The releases that epsilon_spent accounts for."""
        if self.releases is not None:
            return self.releases
        return training_history(
            self.sigma, self.sample_rate, self.steps, counts=self.sigma_counts is not None
        )


def budget(epsilon: float, *, sample_rate: float, steps: int, delta: float, counts: bool) -> Budget:
    """Return the noise for a requested epsilon; epsilon_spent is in [.98 epsilon, epsilon].

    With `counts` the promise also covers one Gaussian histogram of the groups' sizes: all records,
    one release, sensitivity 1. A setting that is not shipped is computed on the spot by the PRV
    accountant: the same promise, but seconds and an import of torch.

    Raises:
        InvalidInput: a value out of its bounds; epsilon outside [.05, 50].
    """
    within("epsilon", epsilon, LEAST, MOST)
    require(0 < real(delta) < 1, "between", field="delta", value=delta, low=0, high=1)
    Spend(sigma=1.0, sample_rate=sample_rate, steps=steps)  # checks the other two
    return _budget(float(epsilon), float(sample_rate), int(steps), float(delta), bool(counts))


def calibration_size() -> tuple[int, int]:
    """Return how many tables ship with the code, and how many entries they have together."""
    ladders = _ladders().values()
    return len(ladders), sum(len(epsilons) for epsilons, _ in ladders)


def training_history(sigma: float, sample_rate: float, steps: int, *, counts: bool) -> History:
    """Return the releases of a training with noise `sigma` and, if asked, of the group counts."""
    training = Spend(sigma=sigma, sample_rate=sample_rate, steps=steps)
    if not counts:
        return (training,)
    noise = kappa(sample_rate, steps) * sigma
    return (training, Spend(sigma=noise, sample_rate=1.0, steps=1))


def kappa(sample_rate: float, steps: int) -> float:
    """Return sigma_counts / sigma, such that the counts take COUNT_SHARE of the privacy loss.

    In the limit of much noise a run loses sample_rate^2 steps / sigma^2, and the counts
    1 / sigma_counts^2; with little noise their share is smaller.
    """
    return 1 / (sample_rate * math.sqrt(steps * COUNT_SHARE))


@lru_cache(maxsize=4096)
def _budget(epsilon: float, sample_rate: float, steps: int, delta: float, counts: bool) -> Budget:
    """Choose sigma by closed form, shipped table or search, then declare and check it."""
    accountant = "gdp" if sample_rate == 1 else "prv"
    shipped = _ladders().get((sample_rate, steps, delta, counts))
    if sample_rate == 1:
        loss = steps * (1 + COUNT_SHARE * counts)
        sigma = math.sqrt(loss) / accountants.gaussian_mu(epsilon, delta)
        spent = accountants.gaussian_epsilon(math.sqrt(loss) / sigma, delta)
    elif shipped:
        sigma, spent = _rung(shipped, epsilon)
    else:
        sigma, spent = _search(epsilon, sample_rate, steps, delta, counts)
    if spent > epsilon:
        raise ArithmeticError(f"{accountant} spent {spent} of epsilon={epsilon} at sigma={sigma}")
    return Budget(
        epsilon=epsilon,
        epsilon_spent=spent,
        sigma=sigma,
        sigma_counts=kappa(sample_rate, steps) * sigma if counts else None,
        sample_rate=sample_rate,
        steps=steps,
        delta=delta,
        accountant=accountant,
    )


def _rung(rungs: Entries, epsilon: float) -> tuple[float, float]:
    """Return (sigma, epsilon) of the rung with the least noise within the request."""
    epsilons, sigmas = rungs
    index = bisect_right(epsilons, epsilon) - 1  # of equal epsilons the last, with the least noise
    return sigmas[index], epsilons[index]


def _search(
    epsilon: float, sample_rate: float, steps: int, delta: float, counts: bool
) -> tuple[float, float]:
    """Return (sigma, epsilon) found with the PRV accountant; slow, imports Opacus."""

    def history(sigma: float) -> History:
        return training_history(sigma, sample_rate, steps, counts=counts)

    sigma = accountants.calibrate(history, epsilon, delta, "prv")
    return sigma, accountants.epsilon(history(sigma), delta, "prv")


@lru_cache(maxsize=1)
def _ladders() -> dict[Key, Entries]:
    """Read the shipped ladders, once."""
    tables = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    return {
        (table["sample_rate"], table["steps"], table["delta"], table["counts"]): (
            tuple(table["epsilon"]),
            tuple(table["sigma"]),
        )
        for table in tables
    }
