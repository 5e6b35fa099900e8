"""Exposed: who can be recognised as trained on, among a made-up minority and the others.

The group is that of `tradeoffs.data.made_up_group`; the attack is that of
`tradeoffs.experiments.attack`: models trained on random halves of the people, each attacked with
all others as its shadows (Carlini et al. 2022, arXiv 2112.03570), thresholds set inside each group
(Chang & Shokri 2021, arXiv 2011.03731).
"""

from typing import Any

import numpy as np

from tradeoffs.attacks.estimates import People, estimates
from tradeoffs.attacks.leakage import EVERYONE, NAMED_RATES
from tradeoffs.attacks.scores import PER_PERSON, lira
from tradeoffs.data.made_up_group import ATTRIBUTE, OTHERS, SMALL, add_group
from tradeoffs.data.table import Table
from tradeoffs.engine.recipe import RECIPE_VERSION
from tradeoffs.experiments.shadow_models import ShadowModels
from tradeoffs.experiments.training_data import training_table
from tradeoffs.experiments.training_spec import promise, spec
from tradeoffs.scenario import Scenario, digest
from tradeoffs.stats.jackknife import jackknife_difference
from tradeoffs.stats.roc import Roc
from tradeoffs.values.fairness.notion import SMALLEST_CELL
from tradeoffs.values.privacy.attack_bound import AttackBound


def answer(scenario: Scenario, share: float, pattern: str) -> list[dict[str, Any]]:
    """Return how well the attack tells members from others, with the scenario's budget and without.

    Columns: `epsilon` (absent: no privacy), `group` (or "difference": the small group's area minus
    the others'), `what` (area: 0.5 is guessing; at 1 %: members recognised where one in a hundred
    others is taken for one), `value`, `low`, `high` (95 % over models and people), `bound` (the
    most that the promise allows; absent without one) and `people`.  A group of fewer than 30 people
    is absent.

    Raises:
        NotMeasurable: a model diverged.
    """
    budgets = dict.fromkeys((None, scenario.epsilon))
    return [row for epsilon in budgets for row in _attacked(scenario, epsilon, share, pattern)]


def _attacked(
    scenario: Scenario, epsilon: float | None, share: float, pattern: str
) -> list[dict[str, Any]]:
    pool, own = add_group(training_table(scenario), share, pattern), scenario.but(epsilon=epsilon)
    key = digest(["exposed", scenario.model_part(), epsilon, share, pattern, RECIPE_VERSION])
    shadows = ShadowModels.of(own, pool, ATTRIBUTE)
    (vectors,) = shadows.train({ATTRIBUTE: spec(own)}, keys=[key])
    figures = _figures(pool, shadows.confidence(vectors), shadows.member, promise(own))
    return [{"epsilon": epsilon} | row for row in figures]


def _figures(
    pool: Table, sure: np.ndarray, member: np.ndarray, promise: AttackBound | None
) -> list[dict[str, Any]]:
    inside = pool.protected[ATTRIBUTE] == 1
    chosen = {EVERYONE: np.full(pool.rows, True), OTHERS: ~inside, SMALL: inside}
    asked = [People(group=g, chosen=who, rates=NAMED_RATES[-1:]) for g, who in chosen.items()]
    rows: list[dict[str, Any]] = [
        {
            "group": one.group or "everyone",
            "what": "area" if one.fpr is None else "at 1 %",
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "bound": one.bound,
            "people": int(chosen[one.group].sum()),
        }
        for one in estimates("lira", sure, member, asked, promise)
    ]
    apart = difference(sure, member, inside)
    if apart is not None:
        value, low, high = apart
        about = {"group": "difference", "what": "area", "bound": None, "people": int(inside.sum())}
        rows.append(about | {"value": value, "low": low, "high": high})
    return rows


def difference(
    sure: np.ndarray, member: np.ndarray, inside: np.ndarray
) -> tuple[float, float, float] | None:
    """Return the area among those inside minus that among the others, with its interval.

    None where either are fewer than 30.  The interval covers models and people.

    Args:
        sure: confidences, (models, people).
        member: who was in which model, (models, people) bool.
        inside: bool (people,).
    """
    if min(inside.sum(), (~inside).sum()) < SMALLEST_CELL:
        return None

    score = lira(sure, member, len(sure) >= PER_PERSON)

    def apart(kept: np.ndarray) -> float:
        left = np.where(kept, score, np.nan)
        one, other = (Roc.of(left[:, w], member[:, w]).area for w in (inside, ~inside))
        return one - other

    return jackknife_difference(apart, *score.shape)
