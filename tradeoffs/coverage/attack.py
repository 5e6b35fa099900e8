"""Attack: areas and shares of members recognised, as the leak of a setting is printed."""

from functools import cache

import numpy as np
from scipy import stats

from tradeoffs.attacks.estimates import People, estimates
from tradeoffs.attacks.leakage import EVERYONE, NAMED_RATES, Attack
from tradeoffs.attacks.scores import SCORES
from tradeoffs.coverage.study import Drawn, Study
from tradeoffs.stats.roc import Roc
from tradeoffs.studies.minority_attack import difference

MODELS, PEOPLE = 32, 200
LEAKY, LEAK = 0.2, 1.5  # share of people who leak, and by how much
RATE = NAMED_RATES[-1]
MODEL = 0.2  # standard deviation of what a training does to all confidences
REPEATS = 400  # of the area by likelihood ratio, which has no closed form


def draw_intervals(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return the intervals of both attacks, and of what two groups of people differ by."""
    sure, member = _confidences(rng)
    everyone = People(group=EVERYONE, chosen=np.full(PEOPLE, True), rates=(RATE,))
    found = {}
    attacks: tuple[Attack, ...] = ("lira", "loss")
    for attack in attacks:
        figures = estimates(attack, sure, member, [everyone], None)
        for name, one, truth in zip(FIGURES, figures, _truths(attack), strict=True):
            found[f"{name}, {attack}"] = Drawn(*one.known[1:], truth)
    apart = difference(sure, member, np.arange(PEOPLE) < PEOPLE // 4)  # who leak alike
    assert apart is not None
    return found | {"area, one group less another": Drawn(*apart[1:], 0.0)}


def _confidences(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return confidences, and who was in which model; (models, people) each."""
    leaky, member = rng.random(PEOPLE) < LEAKY, rng.random((MODELS, PEOPLE)) < 0.5
    noise = rng.normal(size=(MODELS, PEOPLE)) + MODEL * rng.normal(size=(MODELS, 1))
    return noise + LEAK * leaky * member, member


@cache
def _truths(attack: Attack) -> tuple[float, float]:
    """Return area and share of members recognised at RATE, as many draws have them on average.

    One threshold on confidences has both in closed form.
    """
    if attack == "loss":
        spread = (1 + MODEL**2) ** 0.5
        cut = stats.norm.isf(RATE) - LEAK / spread
        return _mixed(0.5, stats.norm.cdf(LEAK / spread / 2**0.5)), _mixed(RATE, stats.norm.sf(cut))
    rng = np.random.default_rng(1)
    found = []
    for _ in range(REPEATS):
        sure, member = _confidences(rng)
        curve = Roc.of(SCORES[attack](sure, member, False), member)
        found.append((curve.area, float(curve.tpr_at(np.array(RATE)))))
    area, rate = np.mean(found, axis=0).tolist()
    return area, rate


def _mixed(others: float, leaky: np.ndarray) -> float:
    return float((1 - LEAKY) * others + LEAKY * leaky)


FIGURES = ("area", "members at 1 in 100")
STUDIES = (Study(screen="attack", covers="models and people", draw=draw_intervals),)
