"""What a stage is: an entry that says when fairness is brought about, and the functions that do it.

A function that a stage lacks leaves that step as it is, so a stage says only what it changes.  The
stages of a plan are gone through in its order: each checks, each modifies what the engine trains;
one at most trains in the engine's place, and one at most fits a rule of deciding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.catalogue import Dataset
from tradeoffs.data.table import Table
from tradeoffs.engine.clipping.clipping import Clipping
from tradeoffs.engine.recipe import Recipe
from tradeoffs.language.translates import translates
from tradeoffs.language.translation import translate
from tradeoffs.remedies.decisions.thresholds import FittedRule
from tradeoffs.remedies.remedy import Control, Remedy, outcome
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import Notion
from tradeoffs.values.privacy.calibration import Budget

if TYPE_CHECKING:
    from tradeoffs.engine.population import ModelSpec


NEEDED = {  # to decide, beside what the model sees: whether the group, and whether a draw
    (True, True): "each person's group and a random draw",
    (True, False): "each person's group",
    (False, True): "a random draw",
    (False, False): "nothing more",
}


@translates(
    "title",
    "help",
    "at_any_strength",
    "reason",
    "releases",
    "logistic_only",
    "explanation",
    "under_privacy",
    "formula",
    "source",
)
@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One way to bring fairness about, as a catalogue entry.

    Whatever `train` and `fit_rule` read of private rows under a promise must be in `releases` and
    noised with the plan's `budget.sigma_counts`, once, with a sensitivity of 1: that is what the
    accountant is asked for.

    Attributes:
        name: key of the catalogue.
        title: for people.
        help: one or two sentences.
        bounds: whether it can bound a notion's gap; None where it has a strength and no bound.
        only_zero: whether it can close a notion's gap, but not bound it by another number than 0.
        at_any_strength: what it does whatever its strength, as a sentence; empty if nothing.
        mechanisms: with which it can be trained.
        reason: why not with the others; empty if there are none.
        releases: what it releases once, with noise where there is a promise, as the beginning of a
            sentence; empty if nothing.
        fields: of a scenario that decide its weights beside those that decide all weights.
        by_label: whether training has to tell the positives of a group from its negatives.
        logistic_only: why it works for logistic regression alone; empty if it does not.
        needs_group: whether each person's group must be known when deciding.
        randomised: whether a decision can depend on a draw.
        explanation: what it does to explanations.
        under_privacy: how privacy bears on it.
        formula: of what it changes, for groups g: label Y, decision D, predicted probability S.
        source: where it is defined.
        check: raises InvalidInput where a dataset or a scenario lacks what it needs.
        modify: what the engine trains, from what it would be without this stage.
        train: (parameters,) float32, in the engine's place, from the training table.
        fit_rule: the rule of deciding, from the training table and (rows,) probabilities.
    """

    name: str
    title: str
    help: str
    bounds: Callable[[Notion], bool] | None
    only_zero: Callable[[Notion], bool] = lambda notion: False
    at_any_strength: str = ""
    mechanisms: tuple[str, ...] = ("dp", "clip_only", "none")
    reason: str = ""
    releases: str = ""
    fields: tuple[str, ...] = ()
    by_label: bool = False
    logistic_only: str = ""
    needs_group: bool = False
    randomised: bool = False
    explanation: str
    under_privacy: str
    formula: str
    source: str
    check: Callable[[Scenario, Dataset], None] | None = None
    modify: Callable[[ModelSpec, Plan], ModelSpec] | None = None
    train: Callable[[Plan, Table], np.ndarray] | None = None
    fit_rule: Callable[[Plan, Table, np.ndarray], FittedRule] | None = None

    @property
    def has_strength(self) -> bool:
        """Whether `strength` means something for this stage, and `max_gap` does not."""
        return self.bounds is None

    @property
    def notions(self) -> tuple[str, ...]:
        """The notions whose gap it can bound."""
        able = self.bounds
        return tuple(name for name, one in NOTIONS.items() if able and able(one))

    @property
    def at_decision(self) -> str:
        """What must be there when a decision is taken, beside the columns that the model sees."""
        return translate(NEEDED[self.needs_group, self.randomised])

    @property
    def control(self) -> Control:
        """Who keeps control: a community does, with its own people and its own decisions."""
        return Control(
            leaves="nothing",
            sees="nobody",
            changes="you",
            withdraws="at any time, by training without it",
            decides=NEEDED[self.needs_group, self.randomised],
        )

    def outcome(self, mechanism: str) -> str:
        """Return how it goes with a mechanism, in words."""
        released = mechanism == "dp" and bool(self.releases)
        return outcome(mechanism, self.mechanisms, self.reason, accounted=released)

    @property
    def on_random_halves(self) -> bool:
        """Whether the engine alone trains its models, so that they can be trained on any people."""
        return self.train is None and self.fit_rule is None

    def acts_on(self, scenario: Scenario) -> bool:
        """Say whether it changes anything there: what keeps a bound is idle without one."""
        if self.fit_rule is not None and scenario.max_gap is not None:
            return True
        return self.modify is not None or self.train is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a scenario comes to: catalogue entries, recipe, budget and keys."""

    scenario: Scenario
    training_scenario: Scenario  # the same, without a bound that only decisions keep
    stages: tuple[Stage, ...]  # that change something; none where training does it all
    dataset: Dataset
    notion: Notion
    clipping: Clipping
    recipe: Recipe
    budget: Budget | None  # None without noise
    model_key: str
    result_key: str
    rows: int  # people that its model is trained on, a public number
    home: str = ""  # the community that it is measured in; "" where there are none
    remedy: Remedy | None = None  # by which communities come to it; None: alone
    training_key: str = ""  # of the training that gives it, with the other communities' models

    @property
    def trainer(self) -> Callable[[Plan, Table], np.ndarray] | None:
        """What trains in the engine's place; None if nothing does."""
        return next((stage.train for stage in self.stages if stage.train), None)

    @property
    def fit_rule(self) -> Callable[[Plan, Table, np.ndarray], FittedRule] | None:
        """What fits the rule of deciding after training; None if nothing does."""
        return next((stage.fit_rule for stage in self.stages if stage.fit_rule), None)
