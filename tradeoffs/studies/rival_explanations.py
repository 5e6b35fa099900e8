"""Rivals: three accounts of another place that fit its patients equally well.

The clinics are made up.  One sign is absent, slight or marked.  In the other place it is seen more
often.  Either more people are ill there (prior shift), or the illness shows more there
(manifestation shift), or something harmless shows alike in healthy people (their signs shift).
Each account is built so that, without diagnoses, patients are distributed exactly alike; so no
number of them decides.  What patients with a diagnosis say is drawn and told by likelihood.

Source: Castro, Walker, Glocker 2020, arXiv 1912.08142: without assumptions a manifestation shift
cannot be told from others by features alone.
"""

from typing import Any

import numpy as np

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import wilson

ILL, MORE_ILL = 0.3, 0.15  # here, and how many more at most where more are ill
SIGN = ("no sign", "a slight sign", "a marked sign")
SIGN_ILL, SIGN_HEALTHY = np.array([0.2, 0.3, 0.5]), np.array([0.6, 0.3, 0.1])  # here
ACCOUNTS = ("more people are ill", "the illness shows more", "healthy people show it too")
EXAMINED = (0, 10, 30, 100, 300, 1000, 3000)
DRAWS = 2000
TIE = 1e-6  # of log-likelihoods: rounding, far below what one patient adds


def answer(scenario: Scenario, change: float) -> list[dict[str, Any]]:
    """Return what the accounts say of patients, and how often diagnoses tell which is true.

    Columns: `asked`: chance (of being ill, by `sign`), seen (share of patients with the `sign`) or
    told (share of draws in which the account is the likeliest of the three after `examined`
    diagnoses; equally likely ones share); `account`, the one that is true; `value`, `low`, `high`,
    which are one number where nothing is drawn.

    Args:
        scenario: its seed is that of the draws.
        change: how far the other place is from here, 0 (not at all) to 1.

    Raises:
        InvalidInput: change is out of bounds.
    """
    worlds = np.stack([world(account, change) for account in ACCOUNTS])
    records: list[dict[str, Any]] = []
    for place, account in enumerate(ACCOUNTS):
        patients = worlds[place].sum(0)
        for sign, name in enumerate(SIGN):
            at = {"account": account, "sign": name, "examined": None}
            chance = worlds[place, 1, sign] / patients[sign]
            records += [
                at | {"asked": asked, "value": float(v), "low": float(v), "high": float(v)}
                for asked, v in (("chance", chance), ("seen", patients[sign]))
            ]
        for step, examined in enumerate(EXAMINED):
            rng = np.random.default_rng([scenario.seed, place, step])
            value = identification_rate(worlds, place, examined, rng)
            low, high = wilson(value * DRAWS, DRAWS) if examined else (value, value)
            ends = {"value": value, "low": low, "high": high}
            at = {"account": account, "sign": None, "examined": examined}
            records.append(at | {"asked": "told"} | ends)
    return records


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
