"""The cost of a setting: what one community needs for its model, from public numbers alone."""

from functools import lru_cache

from tradeoffs.data.table_cache import table_cache
from tradeoffs.experiments.participants import exchange, partnership
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.remedy import Exchange, Need
from tradeoffs.resources.cost import Cost, Skill
from tradeoffs.resources.labels import votes
from tradeoffs.resources.size import operations, parameters, training_operations
from tradeoffs.scenario import Scenario

ELSEWHERE: set[Need] = {"provider", "server", "others"}  # somebody to agree with


@table_cache
@lru_cache(maxsize=4_000)
def setting_cost(scenario: Scenario) -> Cost:
    """Return what a setting costs; its seed does not matter.

    Every column that a model sees has to be recorded for everybody, and every answer given: that is
    counted whether somebody is paid for it or it is there anyway, which prices tell.  Among
    communities it is what home needs: arithmetic is that of a training on its own people, which
    adapting a model stays below, and what a provider or a server spends is not in it.

    Raises:
        InvalidInput: the setting cannot be trained.
    """
    plan = resolve(scenario.configuration())
    own = plan.scenario
    sizes = exchange(own) if own.communities else _alone(plan)
    one = REMEDIES[own.remedy]
    moved = one.traffic(sizes)
    asked = {*one.needs}
    label, second = _second_answers(plan)
    given = one.answers(sizes) * votes(own.dataset, own.label) + second * votes(own.dataset, label)
    people = max(sizes.rows, second)  # whoever answers to both labels is recorded once
    recorded = bool({"rows", "labels"} & asked)
    batch = sizes.sample_rate * (sizes.rows + second)
    training = training_operations(sizes.ones, sizes.width, batch, sizes.steps)
    return Cost(
        votes=given if "labels" in asked else 0,
        entries=people * sizes.ones if recorded else 0,
        parameters=sizes.parameters,
        training=training if recorded else 0.0,
        decision=2 * operations(sizes.ones, sizes.width),
        sent=moved.rounds * moved.up,
        received=moved.rounds * moved.down,
        rounds=moved.rounds,
        decision_bytes=moved.decision,
        skills=_skills(plan, partnership=bool(ELSEWHERE & asked)),
    )


def _second_answers(plan: Plan) -> tuple[str, int]:
    """Return the second label that home learns, if any, and how many people answer to it."""
    told = REMEDIES[plan.scenario.remedy].second_answers
    if told is None:
        return plan.scenario.label, 0
    together = partnership(plan.scenario)
    return told(together, together.names.index(plan.home))


def _alone(plan: Plan) -> Exchange:
    """Return the sizes of one who has the whole table."""
    own, book = plan.scenario, plan.dataset.codebook
    seen = [one for one in book.features_for(book.label(own.label)) if one.name not in own.hide]
    columns = sum(len(one.bins) for one in seen)
    return Exchange(
        parameters=parameters(columns, own.width),
        rows=own.rows,
        ones=len(seen),
        columns=columns,
        cells=2 * columns,
        width=own.width,
        steps=plan.recipe.steps,
        sample_rate=plan.recipe.sample_rate,
        communities=1,
        dial=0.0,
    )


def _skills(plan: Plan, *, partnership: bool) -> tuple[Skill, ...]:
    """Return what somebody has to know for a setting."""
    own = plan.scenario
    needed: dict[Skill, bool] = {
        "model": True,
        "network": own.width > 0,
        "fairness": own.max_gap is not None or any(stage.has_strength for stage in plan.stages),
        "privacy": own.mechanism == "dp",
        "partnership": partnership,
    }
    return tuple(name for name, asked in needed.items() if asked)
