"""Accounts: the noise of several releases that share one epsilon, and what they spend together.

Two data sets are neighbours when one record is added or removed; numbers of people are public. Who
adds `noise[i]` times the sensitivity of release i, in the L2 norm, as Gaussian noise keeps the
account: sqrt(d) for d tables of counts in which a person is counted once each, 1 for a sum of
residuals in [-1, 1], a quarter for a sum of curvatures p (1 - p), the clip norm for a step of
training, 1 for a count of votes of which a person moves one.

What is computed from releases alone spends nothing more. Releases of one person by several who
hold them compose; people who stand in different tables do not add up (parallel composition).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from tradeoffs.errors import require
from tradeoffs.values.privacy import accountants
from tradeoffs.values.privacy.calibration import LEAST, MOST, UNIT, budget
from tradeoffs.values.privacy.composition import joint, tightest
from tradeoffs.values.privacy.history import History, Spend, real, within


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A release, or a run of equal ones, that takes a share of an epsilon.

    Attributes:
        share: of the squared privacy loss, above 0; the shares of an account add up to 1. Where
            sampled and unsampled releases mix it is the share in the limit of much noise.
        sample_rate: probability with which each record enters a step, in (0, 1].
        steps: number of steps.
    """

    share: float = 1.0
    sample_rate: float = 1.0
    steps: int = 1

    @property
    def loss(self) -> float:
        """The squared privacy loss at noise 1, in the limit of much noise."""
        return self.sample_rate**2 * self.steps


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """What is promised to whom, and the noise that keeps the promise.

    Attributes:
        epsilon_spent: what the accountant computed for `history`.
        delta: probability mass left out of the promise.
        accountant: "gdp" (exact) where no step samples, else "prv", or "rdp" where that is less.
        unit: whom the promise protects.
        noise: standard deviation / sensitivity that who promises adds to each part, in order.
        history: the releases that epsilon_spent accounts for, parts on the same batches as one.
    """

    epsilon_spent: float
    delta: float
    accountant: str
    noise: tuple[float, ...]
    history: History
    unit: str = UNIT

    @property
    def sigma(self) -> float:
        """The noise of the first part, most often the only one."""
        return self.noise[0]


def allocate(epsilon: float, delta: float, *parts: Part) -> Account:
    """Return the noise with which all parts together spend at most epsilon, at least .98 of it.

    Parts that sample at the same rate in as many steps are taken to draw the same batches, as
    models of one seed do; so they are one Gaussian. At sample rate 1 the closed form is exact.
    Sampled parts of several kinds, or beside an unsampled one, take seconds and import torch.

    Args:
        epsilon: requested, in [.05, 50].
        delta: of the whole, in (0, 1).
        parts: at least one; shares that add up to 1.

    Raises:
        InvalidInput: a value out of its bounds.
        ValueError: shares that are not positive or do not add up to 1.
    """
    within("epsilon", epsilon, LEAST, MOST)
    require(0 < real(delta) < 1, "between", field="delta", value=delta, low=0, high=1)
    total = math.fsum(part.share for part in parts)
    if abs(total - 1) > 1e-9 or any(part.share <= 0 for part in parts):
        raise ValueError(
            f"shares {[part.share for part in parts]} are not positive or do not add up to 1"
        )
    for part in parts:
        Spend(sigma=1.0, sample_rate=part.sample_rate, steps=part.steps)  # checks them
    return _allocate(float(epsilon), float(delta), parts)


def compose(accounts: Iterable[Account]) -> Account:
    """Return what several accounts spend together, for a person who is in all of them.

    Order does not matter. Where a step samples, the bound takes a fraction of a second and imports
    Opacus. Nothing bounds the sum but this figure: a request is for each account by itself.

    Raises:
        ValueError: no account, or accounts that protect different units.
    """
    found = tuple(accounts)
    units = {account.unit for account in found}
    if len(units) != 1:
        raise ValueError(f"accounts of {len(units)} units of protection do not compose: {units}")
    delta = min(account.delta for account in found)
    history = joint(("", spend) for account in found for spend in account.history)
    spent, accountant = tightest(history, delta)
    return Account(
        epsilon_spent=spent,
        delta=delta,
        accountant=accountant,
        unit=units.pop(),
        noise=tuple(noise for account in found for noise in account.noise),
        history=history,
    )


@lru_cache(maxsize=4096)
def _allocate(epsilon: float, delta: float, parts: tuple[Part, ...]) -> Account:
    kinds = {(part.sample_rate, part.steps) for part in parts}
    if all(part.sample_rate == 1 for part in parts):
        scale = 1 / accountants.gaussian_mu(epsilon, delta)
        found = _scaled(parts, scale)
        spent, accountant = accountants.epsilon(found.history, delta, "gdp"), "gdp"
    elif len(kinds) == 1:
        ((rate, steps),) = kinds
        own = budget(epsilon, sample_rate=rate, steps=steps, delta=delta, counts=False)
        found = _scaled(parts, own.sigma / math.sqrt(rate**2 * steps))
        found = replace(found, history=own.history)
        spent, accountant = own.epsilon_spent, own.accountant
    else:
        scale = accountants.calibrate(lambda s: _scaled(parts, s).history, epsilon, delta, "prv")
        found = _scaled(parts, scale)
        spent, accountant = accountants.epsilon(found.history, delta, "prv"), "prv"
    if spent > epsilon:
        raise ArithmeticError(f"{accountant} spent {spent} of epsilon={epsilon} on {parts}")
    return replace(found, epsilon_spent=spent, delta=delta, accountant=accountant)


def _scaled(parts: tuple[Part, ...], scale: float) -> Account:
    """Return parts with the noise that gives each its share, not yet accounted for."""
    noise = tuple(scale * math.sqrt(part.loss / part.share) for part in parts)
    history = joint(
        ("", Spend(sigma=sigma, sample_rate=part.sample_rate, steps=part.steps))
        for part, sigma in zip(parts, noise, strict=True)
    )
    return Account(
        epsilon_spent=math.nan, delta=math.nan, accountant="none", noise=noise, history=history
    )
