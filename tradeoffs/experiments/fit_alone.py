"""Fit alone: communities that train alone, side by side in one population.

Each model is the one that its community trains by itself, up to rounding: its own people, recipe
and noise. It only saves calls.
"""

from collections.abc import Sequence

import numpy as np
import torch

from tradeoffs.engine.population import cut
from tradeoffs.engine.regime import Regime
from tradeoffs.experiments.fit_partnership import CACHED_NUMBERS, slots_of
from tradeoffs.experiments.slots import complete
from tradeoffs.remedies.stage import Plan
from tradeoffs.scenario import Scenario

NO_KEY = "0"  # of the noise of a model that nobody asks for


def fit_alone(plans: Sequence[Sequence[Plan]]) -> dict[str, torch.Tensor]:
    """Train a grid of plans (seeds x configurations) of several homes; return vectors by model key.

    Args:
        plans: that `chunks` takes together, of one sampling rate and as many `rows` asked for.
    """
    settings = list(dict.fromkeys(map(_setting, plans[0])))
    homes = list(dict.fromkeys(plan.home for plan in plans[0]))
    batch = plans[0][0].recipe.sample_rate * plans[0][0].rows * len(homes) * len(plans)
    units = [max(setting.width, 1) for setting in settings]
    found = {}
    for part in cut(range(len(settings)), units, max(1, int(CACHED_NUMBERS / batch))):
        found |= _train(plans, [settings[m] for m in part], homes)
    return found


def _setting(plan: Plan) -> Scenario:
    """Return what a plan shares with those of other homes and seeds."""
    return plan.scenario.configuration().model_copy(update={"home": ""})


def _train(
    plans: Sequence[Sequence[Plan]], settings: Sequence[Scenario], homes: Sequence[str]
) -> dict[str, torch.Tensor]:
    """Train some settings in every home; a model that nobody asks for goes with the others."""
    at, seeds = plans[0][0].scenario, tuple(row[0].scenario.seed for row in plans)
    slots = slots_of(at, tuple(homes), seeds)
    named = [{(plan.home, _setting(plan)): plan for plan in row} for row in plans]
    keys = [
        [_key(row.get((home, setting))) for setting in settings] for row in named for home in homes
    ]
    regimes = [_regime([named[0].get((home, setting)) for home in homes]) for setting in settings]
    noisy = [setting.mechanism == "dp" for setting in settings]
    specs = [slots.spec(s.width, noise=noise) for s, noise in zip(settings, noisy, strict=True)]
    vectors = slots.train(specs, regimes, keys)
    found = {}
    for slot, (row, home) in enumerate((row, home) for row in named for home in homes):
        for m, setting in enumerate(settings):
            if plan := row.get((home, setting)):
                found[plan.model_key] = torch.from_numpy(np.asarray(vectors[slot][m], np.float32))
    return found


def _key(plan: Plan | None) -> str:
    return plan.model_key if plan else NO_KEY


def _regime(each: Sequence[Plan | None]) -> Regime:
    """Return the recipe and the noise of each home; where nobody asks, those of another."""
    some = next(plan for plan in each if plan)
    own = [plan or some for plan in each]
    return complete(
        None,
        learning_rate=[plan.recipe.learning_rate for plan in own],
        clip_norm=[plan.recipe.clip_norm for plan in own],
        ridge=[plan.recipe.ridge for plan in own],
        sigma=[plan.budget.sigma if plan.budget else 0.0 for plan in own],
    )
