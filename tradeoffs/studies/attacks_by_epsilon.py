"""Declared: what an attack sees of models that declare an epsilon, and of models that do not.

Models are trained on random halves of the people, and each is attacked with all others as its
shadows, as in `tradeoffs.experiments.attack` (Carlini et al. 2022, arXiv 2112.03570).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from tradeoffs.attacks.estimates import People, estimates
from tradeoffs.attacks.leakage import EVERYONE
from tradeoffs.attacks.membership import confidence, membership_mask, train_on_members
from tradeoffs.attacks.scores import PER_PERSON, lira
from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table
from tradeoffs.engine.population import ModelSpec
from tradeoffs.engine.recipe import RECIPE_VERSION, Recipe, recipe
from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.run import one_core
from tradeoffs.experiments.training_data import training_table
from tradeoffs.scenario import Scenario, digest
from tradeoffs.stats.jackknife import jackknife_difference
from tradeoffs.stats.paired_means import mean
from tradeoffs.stats.roc import Roc
from tradeoffs.studies.minority_cost import setting
from tradeoffs.values.privacy.attack_bound import AttackBound
from tradeoffs.values.privacy.calibration import Budget, budget

MODELS = 64
ASKED = 16  # models whose answers about other people are counted; the others are alike
Figures = dict[str, Any]


def people(scenario: Scenario) -> tuple[Table, np.ndarray]:
    """Return the people, and (MODELS, people) bool: who is in the training of which model."""
    pool = training_table(scenario)
    return pool, membership_mask(pool.row_id, MODELS, scenario.seed)


def trained(
    scenario: Scenario,
    settings: Sequence[ModelSpec],
    names: Sequence[str],
    how: Recipe | None = None,
) -> list[list[torch.Tensor]]:
    """Return (settings, MODELS) weights; settings share each model's people and batches.

    Args:
        scenario: people, width and seed.
        settings: to train, of one width.
        names: of the settings, which key their noise.
        how: sampling and steps; the scenario's recipe unless told.
    """
    pool, member = people(scenario)
    own = how or recipe(scenario.rows, scenario.width, scenario.epsilon)
    about = [scenario.model_part(), own.sample_rate, own.steps, RECIPE_VERSION]
    keys = [digest(["declared", *about, name]) for name in names]
    with one_core():
        found = train_on_members(
            pool, scenario.protected, member, settings, keys, own, scenario.seed
        )
    return [list(column) for column in zip(*found, strict=True)]


def spent(scenario: Scenario, epsilon: float) -> Budget:
    """Return what a budget buys and spends by the scenario's recipe."""
    how = recipe(scenario.rows, scenario.width, epsilon)
    given = {"sample_rate": how.sample_rate, "steps": how.steps, "delta": how.delta}
    return budget(epsilon, **given, counts=False)


def answer_confidence(scenario: Scenario, vectors: Sequence[torch.Tensor]) -> np.ndarray:
    """Return (MODELS, people) how sure each model is of each person's answer, in logits.

    Raises:
        NotMeasurable: a model diverged.
    """
    with one_core():
        found = confidence(vectors, scenario.width, people(scenario)[0])
    if not np.isfinite(found).all():
        raise NotMeasurable("confidence_diverged")
    return found


def attack(scenario: Scenario, sure: np.ndarray, promise: AttackBound | None = None) -> Figures:
    """Return the attack's area under the curve, 0.5 being guessing.

    Keys `value`, `low`, `high` (95 % over models and people) and `bound`, the most that the promise
    allows anybody; None without one.
    """
    pool, member = people(scenario)
    everyone = People(group=EVERYONE, chosen=np.full(pool.rows, True), rates=())
    (area,) = estimates("lira", sure, member, [everyone], promise)
    return {"value": area.value, "low": area.low, "high": area.high, "bound": area.bound}


def auc_reduction(scenario: Scenario, sure: np.ndarray, other: np.ndarray) -> Figures:
    """Return the attack's area on some models minus that on others, trained on the same people."""
    _, member = people(scenario)
    scores = [lira(one, member, MODELS >= PER_PERSON) for one in (sure, other)]

    def apart(kept: np.ndarray) -> float:
        areas = [Roc.of(np.where(kept, score, np.nan), member).area for score in scores]
        return areas[0] - areas[1]

    value, low, high = jackknife_difference(apart, *member.shape)
    return {"value": value, "low": low, "high": high, "bound": None}


def answers(scenario: Scenario, vectors: Sequence[torch.Tensor]) -> np.ndarray:
    """Return (ASKED, people) whether models are right (1) about people outside the pool, or not."""
    report = load_split(scenario.dataset).report
    with one_core():
        return (confidence(vectors[:ASKED], scenario.width, report) > 0).astype(float)


def share(each: np.ndarray) -> Figures:
    """Return the mean of answers, or of what two models' answers differ by; 95 % over both."""
    return mean(each, np.full(each.shape[1], True)) | {"bound": None}


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return attack and right answers with the scenario's budget and without.

    Columns: `declared` (epsilon; absent: no privacy), `epsilon` (as the accountant says), `what`,
    `value`, `low`, `high`, `bound`.  `what` is attack (its area, 0.5 is guessing), right (share of
    right answers), spared (the attack without privacy minus that with it) or price (right answers
    with privacy minus those without).
    """
    seen: dict[float | None, np.ndarray] = {}
    said: dict[float | None, np.ndarray] = {}
    rows: list[dict[str, Any]] = []
    for epsilon in dict.fromkeys((None, scenario.epsilon)):
        own = scenario.but(epsilon=epsilon)
        (vectors,) = trained(own, [setting(scenario, epsilon)], [str(epsilon)])
        seen[epsilon], said[epsilon] = answer_confidence(own, vectors), answers(own, vectors)
        paid = spent(scenario, epsilon) if epsilon is not None else None
        about = {"declared": epsilon, "epsilon": paid and paid.epsilon_spent}
        figures = {
            "attack": attack(own, seen[epsilon], paid and AttackBound.of(paid)),
            "right": share(said[epsilon]),
            "spared": auc_reduction(own, seen[None], seen[epsilon]),
            "price": share(said[epsilon] - said[None]),
        }
        rows += [about | {"what": what} | found for what, found in figures.items()]
    return rows
