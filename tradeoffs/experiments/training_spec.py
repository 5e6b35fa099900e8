"""Training spec: how a recipe trains a scenario without a bound, and what its budget promises."""

from tradeoffs.engine.population import ModelSpec
from tradeoffs.engine.recipe import Recipe, recipe
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.attack_bound import AttackBound
from tradeoffs.values.privacy.calibration import Budget, budget


def spent(scenario: Scenario) -> Budget | None:
    """Return what a scenario's budget buys and spends by its recipe; None without one."""
    if scenario.epsilon is None:
        return None
    how = _recipe(scenario)
    given = {"sample_rate": how.sample_rate, "steps": how.steps, "delta": how.delta}
    return budget(scenario.epsilon, **given, counts=False)


def promise(scenario: Scenario) -> AttackBound | None:
    """Return what a scenario's budget promises; None without one."""
    paid = spent(scenario)
    return paid and AttackBound.of(paid)


def spec(scenario: Scenario, clipping: str = "flat") -> ModelSpec:
    """Return how a model of a scenario is trained by its recipe, without a bound on the gap."""
    how, paid = _recipe(scenario), spent(scenario)
    return ModelSpec(
        width=scenario.width,
        learning_rate=how.learning_rate,
        clip_norm=how.clip_norm,
        sigma=paid.sigma if paid else 0.0,
        clipping=clipping,
        ridge=how.ridge,
        momentum=how.momentum,
    )


def _recipe(scenario: Scenario) -> Recipe:
    return recipe(scenario.rows, scenario.width, scenario.epsilon)
