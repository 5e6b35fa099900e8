"""The cost of a setting: what one community needs for its model, from the plan alone."""

from functools import lru_cache

from tradeoffs.data.table_cache import table_cache
from tradeoffs.experiments.plan import resolve
from tradeoffs.remedies.stage import Plan
from tradeoffs.resources.cost import Cost, Skill
from tradeoffs.resources.labels import votes
from tradeoffs.resources.size import operations, parameters, training_operations
from tradeoffs.scenario import Scenario


@table_cache
@lru_cache(maxsize=4_000)
def setting_cost(scenario: Scenario) -> Cost:
    """Return what a setting costs; its seed does not matter.

    Every column that a model sees has to be recorded for everybody, and every answer given: that is
    counted whether somebody is paid for it or it is there anyway, which prices tell.

    Raises:
        InvalidInput: the setting cannot be trained.
    """
    plan = resolve(scenario.configuration())
    own, how = plan.scenario, plan.recipe
    book = plan.dataset.codebook
    seen = [one for one in book.features_for(book.label(own.label)) if one.name not in own.hide]
    batch = how.sample_rate * own.rows
    return Cost(
        votes=own.rows * votes(own.dataset, own.label),
        entries=own.rows * len(seen),
        parameters=parameters(sum(len(one.bins) for one in seen), own.width),
        training=training_operations(len(seen), own.width, batch, how.steps),
        decision=2 * operations(len(seen), own.width),
        skills=_skills(plan),
    )


def _skills(plan: Plan) -> tuple[Skill, ...]:
    """Return what somebody has to know for a setting."""
    own = plan.scenario
    needed: dict[Skill, bool] = {
        "model": True,
        "network": own.width > 0,
        "fairness": own.max_gap is not None or any(stage.has_strength for stage in plan.stages),
        "privacy": own.mechanism == "dp",
    }
    return tuple(name for name, asked in needed.items() if asked)
