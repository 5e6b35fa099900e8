"""Account: between epsilon and noise, for one model, several, or a choice."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tradeoffs.api.display import Display
from tradeoffs.errors import InvalidInput
from tradeoffs.values.privacy.accountants import epsilon as spent_by
from tradeoffs.values.privacy.accountants import noise_multiplier
from tradeoffs.values.privacy.composition import joint, tightest
from tradeoffs.values.privacy.history import Spend, within
from tradeoffs.values.privacy.private_selection import best_of, gamma

if TYPE_CHECKING:
    import pandas as pd

MOST_SEEN = 100_000  # models or seeds that are accounted for together


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Account(Display):
    """Noise and epsilon of a subsampled Gaussian mechanism.

    Attributes:
        values: `sigma` (noise multiplier), `epsilon`, `sample_rate`, `steps`, `delta`,
            `accountant`; for several models `joint_epsilon`, for a choice `best_epsilon`.
    """

    values: Mapping[str, Any]

    @property
    def sigma(self) -> float:
        """Noise multiplier: standard deviation of the noise over the clip norm; 0 is no noise."""
        return self.values["sigma"]

    @property
    def epsilon(self) -> float:
        """What one model spends; infinite without noise."""
        return self.values["epsilon"]

    def table(self) -> pd.DataFrame:
        """Return one row with the values."""
        import pandas as pd

        return pd.DataFrame([self.values])

    def text(self) -> str:
        """Return a value a line."""
        return "\n".join(f"{name:12} {value}" for name, value in self.values.items())


def account(
    *,
    epsilon: float | None = None,
    sigma: float | None = None,
    sample_rate: float,
    steps: int,
    delta: float,
    accountant: str = "prv",
    models: int | None = None,
    seeds: int | None = None,
    choose: float | None = None,
) -> Account:
    """Return the noise that spends an epsilon, or the epsilon that a noise spends.

    What several models or a choice cost is computed by the tightest accountant that can, which is
    named in the answer.

    Args:
        epsilon: privacy budget to be spent, above 0; infinite: no mechanism.
        sigma: noise multiplier instead.
        sample_rate: chance of each person to be in a batch, in (0, 1].
        steps: of training, at least 1.
        delta: in (0, 1).
        accountant: prv, rdp, rdp-classic or gdp.
        models: so many are seen together that share their batches, in [1, 100 000].
        seeds: so many times that, with batches of their own.
        choose: only the best of so many tries on average is seen.

    Raises:
        InvalidInput: neither or both of epsilon and sigma, or a value out of its bounds.

    Source: Gopi, Lee, Wutschitz 2021, arXiv 2106.02848 (prv); Mironov 2017, arXiv 1702.07476 (rdp);
    Papernot, Steinke 2022, arXiv 2110.03620 (the best of some tries).

    >>> import tradeoffs as to
    >>> found = to.account(epsilon=1, sample_rate=0.03, steps=200, delta=1e-5, accountant="rdp")
    >>> round(found.sigma, 2), found.epsilon <= 1
    (1.99, True)
    """
    if (epsilon is None) == (sigma is None):
        raise InvalidInput("sigma_or_epsilon", epsilon=epsilon, sigma=sigma)
    run: dict[str, Any] = {"sample_rate": sample_rate, "steps": steps}
    named: dict[str, Any] = {"delta": delta, "accountant": accountant}
    if epsilon == math.inf:
        spent_by((Spend(sigma=1.0, **run),), **named)  # checks the other values
        sigma, spent = 0.0, math.inf
        named["accountant"] = "none"
    else:
        if sigma is None:
            sigma = noise_multiplier(float(epsilon or 0), **run, **named)
        spent = spent_by((Spend(sigma=sigma, **run),), **named)
    history = (Spend(sigma=sigma, **run),) if sigma else ()
    values = {"sigma": sigma, "epsilon": spent, **run, **named}
    if models is not None or seeds is not None:
        several = {
            "models": 1 if models is None else models,
            "seeds": 1 if seeds is None else seeds,
        }
        values |= _together(history, delta, **several)
    if choose is not None:
        gamma(choose, 1)  # checks it, with a mechanism or without
        best = best_of([history], choose, delta) if history else math.inf
        values |= {"choose": choose, "best_epsilon": best}
    return Account(values=values)


def _together(
    history: tuple[Spend, ...], delta: float, *, models: int, seeds: int
) -> dict[str, Any]:
    """Return what several models on shared batches, and several times that, cost together."""
    for name, value in (("models", models), ("seeds", seeds)):
        within(name, value, 1, MOST_SEEN)
    epsilon, accountant = math.inf, "none"
    if history:
        (shared,) = joint([("one seed", history[0])] * models)
        epsilon, accountant = tightest(joint((s, shared) for s in range(seeds)), delta)
    told = {"models": models, "seeds": seeds, "joint_epsilon": epsilon}
    return {**told, "joint_accountant": accountant}
