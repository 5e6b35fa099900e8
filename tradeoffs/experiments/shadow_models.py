"""Shadow models: trained on random halves of some people, each attacked with all others as shadows.

The attack is that of `tradeoffs.experiments.attack` (Carlini et al. 2022, arXiv 2112.03570), for
studies that train or look at the models otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from tradeoffs.stats.roc import Roc
from tradeoffs.values.privacy.attack_bound import AttackBound

MODELS = 64
ASKED = 16  # models whose accuracy on other people is counted; the others are alike
Figures = dict[str, Any]  # value, low, high (95 % over models and people) and bound
Vectors = Sequence[torch.Tensor]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ShadowModels:
    """The people of many models, and who of them is in the training of which.

    Attributes:
        scenario: width and seed of the models.
        pool: all people.
        protected: attribute of the pool whose groups a bound would be about.
        member: (MODELS, people) bool.
    """

    scenario: Scenario
    pool: Table
    protected: str
    member: np.ndarray

    @classmethod
    def of(
        cls, scenario: Scenario, pool: Table | None = None, protected: str | None = None
    ) -> "ShadowModels":
        """Return the models of a scenario's people, or of others."""
        people = pool or training_table(scenario)
        return cls(
            scenario=scenario,
            pool=people,
            protected=protected or scenario.protected,
            member=membership_mask(people.row_id, MODELS, scenario.seed),
        )

    def train(
        self, specs: Mapping[str, ModelSpec], how: Recipe | None = None, keys: Sequence[str] = ()
    ) -> list[list[torch.Tensor]]:
        """Return (specs, MODELS) weights; specs share each model's people and batches.

        Args:
            specs: to train, of one width, by the name that keys their noise.
            how: sampling and steps; the scenario's recipe unless told.
            keys: of the noise instead of names.
        """
        own = self.scenario
        at = how or recipe(own.rows, own.width, own.epsilon)
        about = ["declared", own.model_part(), at.sample_rate, at.steps, RECIPE_VERSION]
        named = keys or [digest([*about, name]) for name in specs]
        people = (self.pool, self.protected, self.member)
        with one_core():
            found = train_on_members(*people, list(specs.values()), named, at, own.seed)
        return [list(column) for column in zip(*found, strict=True)]

    def confidence(self, vectors: Vectors) -> np.ndarray:
        """Return (models, people) how sure each model is of each person's label, in logits.

        Raises:
            NotMeasurable: a model diverged.
        """
        with one_core():
            found = confidence(vectors, self.scenario.width, self.pool)
        if not np.isfinite(found).all():
            raise NotMeasurable("confidence_diverged")
        return found

    def auc(self, sure: np.ndarray, promise: AttackBound | None = None) -> Figures:
        """Return the attack's area under the curve, 0.5 being guessing.

        Args:
            sure: of `confidence`.
            promise: what the models declare, which gives the `bound`; None if they do not.
        """
        everyone = People(group=EVERYONE, chosen=np.full(self.pool.rows, True), rates=())
        (area,) = estimates("lira", sure, self.member, [everyone], promise)
        return {"value": area.value, "low": area.low, "high": area.high, "bound": area.bound}

    def auc_difference(self, sure: np.ndarray, other: np.ndarray) -> Figures:
        """Return the attack's area on some models minus that on others, of the same people."""
        scores = [lira(one, self.member, len(self.member) >= PER_PERSON) for one in (sure, other)]

        def apart(kept: np.ndarray) -> float:
            areas = [Roc.of(np.where(kept, s, np.nan), self.member).area for s in scores]
            return areas[0] - areas[1]

        value, low, high = jackknife_difference(apart, *self.member.shape)
        return {"value": value, "low": low, "high": high, "bound": None}


def correct_elsewhere(scenario: Scenario, vectors: Vectors) -> np.ndarray:
    """Return (ASKED, people) 1.0 where a model is right about somebody outside the pool, or 0.0."""
    report = load_split(scenario.dataset).report
    with one_core():
        return (confidence(vectors[:ASKED], scenario.width, report) > 0).astype(float)
