"""Canaries: rows planted to be recognised, and what recognising them proves.

A canary holds a column of its own.  With a clip norm far below the length of its gradient, its
clipped gradient has length C exactly and is spread evenly over the ones that the row holds, the
bias included, so each step moves its column by C / sqrt(ones) in the sum, beside noise of
standard deviation sigma * C.  Whether a canary was in the training is then a question between
two normals whose distance is known: a sound engine must show it exactly, and no attack may see
more.

Source: Nasr et al. 2023, arXiv 2302.07956; Steinke, Nasr & Jagielski 2023, arXiv 2305.08846.
"""

import hashlib
import math

import numpy as np
from scipy import stats
from scipy.optimize import root_scalar

from tradeoffs.audit.finding import ALPHA, Finding, deviation_test, exact, mean_test
from tradeoffs.data.table import Feature, Table
from tradeoffs.engine.batches import Batches
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import ModelSpec
from tradeoffs.language.translation import say
from tradeoffs.stats.proportions import clopper_pearson_upper
from tradeoffs.values.privacy.calibration import Budget, budget

MODELS = 200  # each with coins of its own
CANARIES = 200
PEOPLE = 100  # who are no canaries
ONES = 2  # held by a row of these tables: its place and the bias
CLIP = 1e-3  # the length of a canary's gradient is about .7
STEPS = 20
EPSILON, DELTA = 1.0, 1e-5
GUESSES = 0.2  # share of the coins on which the one-run attack bets
CONFIDENCE = 0.95  # of the number it reports
NASR = "Nasr et al. 2023, arXiv 2302.07956; the engine's step in closed form"
GDP = "Dong, Roth & Su 2022, arXiv 1905.02383; Clopper & Pearson 1934"
STEINKE = "Steinke, Nasr & Jagielski 2023, arXiv 2305.08846, theorem 5.2 and appendix D"


def canary_table(member: np.ndarray) -> Table:
    """Return PEOPLE rows and one row a coin: a canary (True), or one person more (False).

    The row stays where the coin says no, so that n does not change; as it then leaves the
    canary's column alone, the law of that column is the one of a row that is not there.
    """
    count = len(member)
    place = np.where(member, np.arange(1, count + 1), 0)
    rows = PEOPLE + count
    labels = ("none", *(f"canary {k}" for k in range(count)))
    return Table(
        name="canaries",
        features=(Feature(name="place", title="Place", labels=labels),),
        codes=np.concatenate([place, np.zeros(PEOPLE)]).astype(np.int16)[:, None],
        label=np.zeros(rows, dtype=bool),
        protected={},
        groups={},
        row_id=np.arange(rows, dtype=np.int64),
    )


def canary_batches(member: np.ndarray, *, rate: float, seed: int) -> Batches:
    """Return the batches of one table a model; `member` is bool (models, canaries)."""
    tables = [canary_table(coins) for coins in member]
    models = len(member)
    return Batches(
        tables,
        [np.zeros(table.rows, dtype=np.int8) for table in tables],
        groups=1,
        seeds=[seed * models + m for m in range(models)],
        rate=rate,
        steps=STEPS,
    )


def scores(batches: Batches, *, sigma: float, seed: int) -> np.ndarray:
    """Train one model a table and return (models, canaries) sums in the canaries' columns.

    They are in units of the clip norm, undoing the division by q * n: a member of every batch
    scores STEPS / sqrt(ONES), a non-member 0, each plus noise of deviation sigma * sqrt(STEPS).
    """
    setting = ModelSpec(learning_rate=1.0, clip_norm=CLIP, sigma=sigma, momentum=0.0)
    models = range(batches.seeds)
    keys = keys_of("canaries", seed, batches.seeds, 1)
    vectors = train([setting], batches, seeds=list(models), keys=keys, tail=1)
    found = np.stack([vectors[m][0].double().numpy()[1:-1] for m in models])
    return -found * batches.rate * batches.rows / CLIP


def keys_of(name: str, seed: int, seeds: int, settings: int) -> list[list[str]]:
    """Return (seeds, settings) names of models, for the noise."""
    return [
        [
            hashlib.sha256(f"{name} {seed} {s} {m}".encode()).hexdigest()[:15]
            for m in range(settings)
        ]
        for s in range(seeds)
    ]


def full_batch(seed: int) -> list[Finding]:
    """Audit the mechanism where theory is exact: every record in every step."""
    promise = budget(EPSILON, sample_rate=1.0, steps=STEPS, delta=DELTA, counts=False)
    member = np.random.default_rng([seed, 1]).random((MODELS, CANARIES)) < 0.5
    batches = canary_batches(member, rate=1.0, seed=seed)
    found = scores(batches, sigma=promise.sigma, seed=seed)
    spread = promise.sigma * math.sqrt(STEPS)
    return [
        clipped_length(seed),
        mean_test(
            "canary-mean", say("Mean score of members, in clip norms: T / sqrt(ones)"),
            found[member], STEPS / math.sqrt(ONES), deviation=spread, source=NASR,
        ),
        deviation_test(
            "canary-noise",
            say("Deviation of non-members' scores, in clip norms: sigma sqrt(T)"),
            found[~member], spread, source=NASR,
        ),
        distance(found, member, promise.sigma),
        one_run(found, member, promise),
    ]  # fmt: skip


def clipped_length(seed: int) -> Finding:
    """Measure, without noise, the member whose score is the farthest from its closed form."""
    member = np.random.default_rng([seed, 2]).random((2, CANARIES)) < 0.5
    found = scores(canary_batches(member, rate=1.0, seed=seed), sigma=0.0, seed=seed)
    expected = STEPS / math.sqrt(ONES)
    worst = found[member][np.abs(found[member] - expected).argmax()]
    what = say(
        "Without noise a member's score is T / sqrt(ones), in clip norms: its gradient is C long"
    )
    return exact("canary-length", what, worst, expected, within=1e-4, source=NASR)


def distance(found: np.ndarray, member: np.ndarray, sigma: float) -> Finding:
    """Bound the distance of members and non-members from below; it may not exceed theory's.

    The threshold is fixed beforehand, halfway, so the bound holds with confidence 1 - ALPHA.
    """
    shift = STEPS / math.sqrt(ONES)
    mu = math.sqrt(STEPS) / sigma
    called = found > shift / 2
    missed, alarms = int((~called)[member].sum()), int(called[~member].sum())
    fnr = clopper_pearson_upper(missed, int(member.sum()), ALPHA / 2)
    fpr = clopper_pearson_upper(alarms, int((~member).sum()), ALPHA / 2)
    norm = stats.norm
    return Finding(
        name="canary-distance",
        what=say(
            "Lower bound of the distance between in and out: at most mu / sqrt(ones) in a "
            "canary's column (the promise is mu = {mu:.4g})",
            mu=mu,
        ),
        measured=float(norm.ppf(1 - fnr) - norm.ppf(fpr)),
        expected=mu / math.sqrt(ONES),
        low=-math.inf,
        high=mu / math.sqrt(ONES),
        source=GDP,
    )


def one_run(found: np.ndarray, member: np.ndarray, promise: Budget) -> Finding:
    """Report the epsilon that betting on the highest and lowest scores proves."""
    score, coin = found.ravel(), member.ravel()
    order = score.argsort()
    half = int(GUESSES / 2 * len(coin))
    right = int(coin[order[-half:]].sum() + (~coin[order[:half]]).sum())
    mu = math.sqrt(STEPS / ONES) / promise.sigma
    hits = _hit_rate(mu, GUESSES / 2)
    coins = len(coin)
    return Finding(
        name="canary-epsilon",
        what=say(
            "Epsilon that an attack on {coins} coins proves, confidence {sure}%; declared "
            "{epsilon:.4g}",
            coins=coins,
            sure=f"{100 * CONFIDENCE:.0f}",
            epsilon=promise.epsilon_spent,
        ),
        measured=proven_epsilon(coins, 2 * half, right, DELTA),
        expected=proven_epsilon(coins, 2 * half, round(2 * half * hits), DELTA),
        low=0.0,
        high=promise.epsilon_spent,
        source=STEINKE,
    )


def _hit_rate(mu: float, tail: float) -> float:
    """Return the share of members among the `tail` highest of N(0, 1) and N(mu, 1) mixed."""
    norm = stats.norm

    def excess(x: float) -> float:
        return float(norm.sf(x) + norm.sf(x - mu)) / 2 - tail

    at = root_scalar(excess, bracket=(-10.0, 10.0 + mu), method="brentq").root
    return float(norm.sf(at - mu) / (2 * tail))


def proven_epsilon(coins: int, guesses: int, right: int, delta: float) -> float:
    """Return the largest epsilon that `right` guesses refute at CONFIDENCE, 0 if none.

    Args:
        coins: independent fair coins, one a canary.
        guesses: on how many of them the attack bets, at most `coins`.
        right: bets that were won.
        delta: of the promise.
    """
    low, high = 0.0, 40.0
    if _chance(coins, guesses, right, low, delta) > 1 - CONFIDENCE:
        return 0.0
    for _ in range(50):
        middle = (low + high) / 2
        refuted = _chance(coins, guesses, right, middle, delta) <= 1 - CONFIDENCE
        low, high = (middle, high) if refuted else (low, middle)
    return low


def _chance(coins: int, guesses: int, right: int, epsilon: float, delta: float) -> float:
    """Bound the chance of at least `right` won bets under (epsilon, delta)."""
    win = 1 / (1 + math.exp(-epsilon))
    below = stats.binom.pmf(np.arange(right - 1, -1, -1), guesses, win).cumsum()
    worst = (below / np.arange(1, right + 1)).max() if right else 0.0
    return float(stats.binom.sf(right - 1, guesses, win) + 2 * coins * delta * worst)
