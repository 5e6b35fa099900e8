"""Rivals: three accounts of another place that fit its patients equally well.

The clinics are made up.  One sign is absent, slight or marked.  In the other place it is seen more
often.  Either more people are ill there (prior shift), or the illness shows more there
(manifestation shift), or something harmless shows alike in healthy people (their signs shift).
Each account is built so that, without diagnoses, patients are distributed exactly alike; so no
number of them decides.  What patients with a diagnosis say is drawn and told by likelihood.

Source: Castro, Walker, Glocker 2020, arXiv 1912.08142: without assumptions a manifestation shift
cannot be told from others by features alone.
"""

import math
from typing import Any

import numpy as np

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import wilson

ILL, MORE_ILL = 0.3, 0.15  # here, and how many more at most where more are ill
SIGN = ("no sign", "a slight sign", "a marked sign")
SIGN_ILL, SIGN_HEALTHY = np.array([0.2, 0.3, 0.5]), np.array([0.6, 0.3, 0.1])  # here
ACCOUNTS = ("more people are ill", "the illness shows more", "healthy people show it too")
AVERAGE = "average"  # in place of an account
SURE = 0.95
EXAMINED = (0, 10, 30, 100, 300, 1000, 3000)
DRAWS = 2000
TIE = 1e-6  # of log-likelihoods: rounding, far below what one patient adds


def answer(scenario: Scenario, change: float) -> list[dict[str, Any]]:
    """Return what the accounts say of patients, and how often diagnoses tell which is true.

    Columns: `asked`; `account`, the one that is true; `value`, `low`, `high`, which are one number
    where nothing is drawn.  What is asked:

    - seen: share of patients with the `sign`;
    - chance: of those, how many are ill; `row` names both;
    - apart: the largest difference between accounts in what is seen; `fit` is "alike" if there is
      none;
    - told: share of draws in which the true account is the likeliest of the three after `examined`
      diagnoses, equally likely ones sharing; for account "average" the mean over the three;
    - enough: the fewest of `EXAMINED` that tell each account in `SURE` of draws, if any do.

    Args:
        scenario: its seed is that of the draws.
        change: how far the other place is from here, 0 (not at all) to 1.

    Raises:
        InvalidInput: change is out of bounds.
    """
    worlds = np.stack([world(account, change) for account in ACCOUNTS])
    told = _told(worlds, scenario.seed)
    return [*_undiagnosed(worlds), *told, *_enough(told)]


def _undiagnosed(worlds: np.ndarray) -> list[dict[str, Any]]:
    """Return what each account says of patients of whom only the sign is known."""
    patients = worlds.sum(1)  # (accounts, signs)
    parts = {"seen": patients, "chance": worlds[:, 1] / patients}
    apart = _exact(np.ptp(patients, axis=0).max())
    return [
        {"asked": asked, "sign": sign, "row": f"{asked} {sign}", "account": account}
        | _exact(values[place, at])
        for asked, values in parts.items()
        for at, sign in enumerate(SIGN)
        for place, account in enumerate(ACCOUNTS)
    ] + [{"asked": "apart", "fit": None if apart["value"] else "alike", **apart}]


def _told(worlds: np.ndarray, seed: int) -> list[dict[str, Any]]:
    """Return how often each account is told after some diagnoses, and on average."""
    records = []
    for step, examined in enumerate(EXAMINED):
        rates = [
            identification_rate(worlds, place, examined, np.random.default_rng([seed, place, step]))
            for place in range(len(ACCOUNTS))
        ]
        ends = [wilson(v * DRAWS, DRAWS) if examined else (v, v) for v in rates]
        half = math.hypot(*(high - low for low, high in ends)) / 2 / len(rates)
        mean = float(np.mean(rates))
        values = [
            *((v, *e) for v, e in zip(rates, ends, strict=True)),
            (mean, mean - half, mean + half),
        ]
        for account, (value, low, high) in zip((*ACCOUNTS, AVERAGE), values, strict=True):
            at = {"asked": "told", "account": account, "examined": examined}
            records.append(at | {"value": value, "low": low, "high": high})
    return records


def _enough(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for examined in EXAMINED:
        rates = [one["value"] for one in told if one["examined"] == examined]
        if min(rates) >= SURE:
            return [{"asked": "enough", "value": examined, "low": None, "high": None}]
    return []


def _exact(value: float) -> dict[str, float]:
    """Return a number that nothing is drawn for, without what rounding adds."""
    return dict.fromkeys(("value", "low", "high"), round(float(value), 12))


def world(account: str, change: float) -> np.ndarray:
    """Return the share of healthy and ill people with each sign; (2, signs), sums to 1.

    Raises:
        InvalidInput: change is not in [0, 1].
    """
    if not 0 <= change <= 1:
        raise InvalidInput("out_of_range", field="change", value=change, low=0, high=1)
    ill = ILL + MORE_ILL * change
    more = np.stack([(1 - ill) * SIGN_HEALTHY, ill * SIGN_ILL])
    if account == ACCOUNTS[0]:
        return more
    seen = more.sum(0)
    healthy, sick = (1 - ILL) * SIGN_HEALTHY, ILL * SIGN_ILL
    if account == ACCOUNTS[1]:
        return np.stack([healthy, np.maximum(seen - healthy, 0)])
    return np.stack([seen - sick, sick])


def identification_rate(
    worlds: np.ndarray, true: int, examined: int, rng: np.random.Generator
) -> float:
    """Return how often the true account is the likeliest after some diagnoses.

    Args:
        worlds: (accounts, 2, signs) shares.
        true: which account people are drawn from.
        examined: patients with a diagnosis.
        rng: of the draws.
    """
    flat = worlds.reshape(len(worlds), -1)
    drawn = rng.multinomial(examined, flat[true] / flat[true].sum(), size=DRAWS)
    log = np.log(np.maximum(flat, 1e-12))  # impossible is as good as never
    fit = drawn @ log.T  # (draws, accounts)
    likeliest = fit > fit.max(1, keepdims=True) - TIE
    return float((likeliest[:, true] / likeliest.sum(1)).mean())
