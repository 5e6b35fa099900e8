"""Attack: how much models trained as a scenario trains give away about who was trained on.

Runs in a worker, as one job of some seconds.
"""

import time

import numpy as np
import torch

from tradeoffs.attacks.estimates import People, estimates
from tradeoffs.attacks.exposure import auc_range
from tradeoffs.attacks.leakage import ATTACKED, EVERYONE, NAMED_RATES, MembershipInference
from tradeoffs.attacks.membership import confidence, membership_mask, train_on_members
from tradeoffs.attacks.scores import PER_PERSON, lira
from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.experiments.fit import model_spec, uses_exact_statistics
from tradeoffs.experiments.line_search import line_search
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.experiments.training_data import training_table
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.attack_bound import AttackBound

FEWEST, MOST = 8, 512  # models
RATES = tuple(  # false positive rates of the curve
    float(f"{first}e{power}") for power in (-4, -3, -2, -1) for first in (1, 1.5, 2, 3, 5, 7)
)


def membership_inference(scenario: Scenario, shadows: int = 64) -> MembershipInference:
    """Train models on random halves of a scenario's people and attack each with the others.

    They are trained by the scenario's recipe and noise; each step's sums are divided by half the
    number of people.  The result depends on the scenario and the number of models alone, but for
    `seconds`.

    Args:
        scenario: to attack.
        shadows: models to train, each once the target.

    Raises:
        InvalidInput: an unknown name, shadows out of bounds, or a stage that is not attacked.
        NotMeasurable: a model diverged.
    """
    if not FEWEST <= shadows <= MOST:
        raise InvalidInput("out_of_range", field="shadows", value=shadows, low=FEWEST, high=MOST)
    began = time.perf_counter()
    plan = resolve(scenario)
    if not all(stage.on_random_halves for stage in plan.stages):
        raise InvalidInput(
            "stage_not_attacked",
            stage=scenario.stage,
            known=tuple(s.name for s in STAGES.values() if s.on_random_halves),
        )
    if plan.remedy is not None:
        raise InvalidInput("attacked_alone", remedy=plan.remedy.name)
    pool = training_table(scenario)
    member = membership_mask(pool.row_id, shadows, scenario.seed)
    attacked = np.sort(np.argsort(uniform(scenario.seed, "attacked", pool.row_id))[:ATTACKED])
    with one_core():
        vectors = _vectors(plan, pool, member)
        pool, member = pool.take(attacked), member[:, attacked]
        sure = confidence(vectors, scenario.width, pool)
    if not np.isfinite(sure).all():
        raise NotMeasurable("confidence_diverged")
    return _leak(plan, pool, sure, member, began)


def _vectors(plan: Plan, pool: Table, member: np.ndarray) -> list[torch.Tensor]:
    """Train the models; without a mechanism each is put on its bound."""
    scenario = plan.scenario
    plans = [plan]
    if uses_exact_statistics(plan):
        plans.insert(0, resolve(scenario.model_copy(update={"max_gap": None})))
    trained = train_on_members(
        pool, scenario.protected, member, [model_spec(p) for p in plans],
        [p.model_key for p in plans], plan.recipe, scenario.seed,
    )  # fmt: skip
    if len(plans) == 1:
        return [row[0] for row in trained]
    rate = plan.recipe.sample_rate
    return [
        line_search(plan, free, own, pool.take(mine), rate).vector
        for (free, own), mine in zip(trained, member, strict=True)
    ]


def _leak(
    plan: Plan, pool: Table, sure: np.ndarray, member: np.ndarray, began: float
) -> MembershipInference:
    scenario = plan.scenario
    promise = AttackBound.of(plan.budget) if plan.budget else None
    codes, names = pool.group_of(scenario.protected)
    everyone = People(group=EVERYONE, chosen=np.full(pool.rows, True), rates=RATES)
    groups = [
        People(group=name, chosen=codes == place, rates=NAMED_RATES[-1:])
        for place, name in enumerate(names)
    ]
    compared = np.any([people.chosen for people in groups if people.measurable], axis=0)
    apart = auc_range(
        lira(sure, member, len(member) >= PER_PERSON)[:, compared],
        member[:, compared],
        codes[compared],
        np.random.default_rng([scenario.seed, len(member)]),
    )
    right = sure > 0
    return MembershipInference(
        scenario=scenario,
        models=len(member),
        people=plan.rows,
        attacked=pool.rows,
        groups={people.group: int(people.chosen.sum()) for people in groups},
        promise=promise,
        accuracy_members=float(right[member].mean()),
        accuracy_others=float(right[~member].mean()),
        estimates=(
            *estimates("lira", sure, member, [everyone, *groups], promise),
            *estimates("loss", sure, member, [everyone], promise),
        ),
        difference=apart and apart[0],
        chance=apart and apart[1],
        seconds=time.perf_counter() - began,
    )
