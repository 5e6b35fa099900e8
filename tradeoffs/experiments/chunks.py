"""Chunks: pieces of a sweep that train as one population and take a fraction of a second.

A chunk is a grid of configurations x seeds on tables of one kind.  How a sweep is
cut never changes a result beyond rounding.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self, TypeVar

from tradeoffs.experiments.participants import partnership
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.fields import FIELDS
from tradeoffs.scenario import Scenario

LARGEST_WORK = 1e8  # rows x columns x steps of one chunk, about a quarter of a second
FIXED_COLUMNS = 4  # what any model costs, in columns

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """Scenarios that train together, ordered as the rows of a grid: seed after seed.

    Their plans stay in the process that made them: they name what each process has for itself,
    and an own table has to be held before anything about it is resolved.
    """

    scenarios: tuple[tuple[Scenario, ...], ...]  # (seeds, configurations)
    plans: tuple[tuple[Plan, ...], ...] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, plans: Sequence[Sequence[Plan]]) -> Self:
        """Return the chunk of a grid of plans: (seeds, configurations)."""
        grid = tuple(map(tuple, plans))
        return cls(scenarios=tuple(tuple(p.scenario for p in row) for row in grid), plans=grid)

    def __reduce__(self) -> tuple[object, ...]:
        """Take the scenarios alone to another process."""
        return _of_scenarios, (self.scenarios,)

    def resolve(self) -> tuple[tuple[Plan, ...], ...]:
        """Return the plans: (seeds, configurations); resolves what came from another process."""
        return self.plans or tuple(tuple(map(resolve, row)) for row in self.scenarios)

    @property
    def flat(self) -> tuple[Scenario, ...]:
        """All scenarios, seed after seed."""
        return tuple(s for row in self.scenarios for s in row)

    @property
    def work(self) -> float:
        """How much there is to do, roughly, in row-columns."""
        return sum(_work(plan) for row in self.resolve() for plan in row)


def _of_scenarios(scenarios: tuple[tuple[Scenario, ...], ...]) -> Chunk:
    return Chunk(scenarios=scenarios)


def chunks(plans: Iterable[Plan], *, work: float = LARGEST_WORK) -> list[Chunk]:
    """Cut plans into chunks; each scenario is in exactly one, and the order is kept.

    Scenarios that share a model but differ in deployment stay in one chunk, so that the model is
    trained once; so do the communities whose models are trained together.

    Args:
        plans: of scenarios; one that is there twice counts once.
        work: about how large a chunk may be, in rows * columns * steps.
    """
    found: list[Chunk] = []
    different = list({plan.scenario: plan for plan in plans}.values())
    for kind in _by(different, _kind).values():
        same: dict[tuple[Scenario, ...], list[list[Plan]]] = defaultdict(list)
        for row in _by(kind, lambda plan: plan.scenario.seed).values():
            same[tuple(plan.scenario.configuration() for plan in row)].append(row)
        for grid in same.values():
            found += _cut(grid, work)
    return found


def cost(plans: Iterable[Plan]) -> float:
    """Return the rough cost of plans, in row-columns; a model that several share counts once."""
    return sum(map(_work, {plan.training_key: plan for plan in plans}.values()))


def _kind(plan: Plan) -> tuple[object, ...]:
    """What a population shares: tables, watched groups, stage, whether it is deep."""
    scenario = plan.scenario
    return (
        scenario.dataset,
        scenario.label,
        scenario.communities,
        _people(plan),
        plan.remedy is None,
        # Some take far longer, and each provider has a model to train first.
        (plan.remedy.name, scenario.provider) if plan.remedy and plan.remedy.fit else "",
        scenario.hide,
        scenario.rows,
        scenario.training_shifts,
        scenario.protected,
        scenario.notion,
        scenario.stage,
        scenario.width > 0,
    )


def _people(plan: Plan) -> object:
    """Return whose people a population has: of one home, of all members, or of any that is alone.

    Those who train alone share a sampling rate.
    """
    if _stacks(plan):
        return plan.recipe.sample_rate
    if plan.remedy is None or plan.remedy.independent:
        return plan.home
    return plan.scenario.members


def _stacks(plan: Plan) -> bool:
    """Return whether a plan's model can be trained beside those of other communities."""
    own = plan.scenario
    plain = own.max_gap is None and own.clipping == FIELDS["clipping"].default
    return bool(plan.home) and plan.remedy is None and plain and not plan.stages


def _cut(grid: Sequence[Sequence[Plan]], work: float) -> list[Chunk]:
    """Cut a grid of seeds x configurations, first by models and then by seeds."""
    models = list(_by(range(len(grid[0])), lambda column: grid[0][column].training_key).values())
    cost = [_work(grid[0][columns[0]]) for columns in models]
    wide = max(1, round(len(models) * min(1, work / sum(cost))))
    found: list[Chunk] = []
    for part in parts(models, wide):
        columns = [column for model in part for column in model]
        stacked = max(1, int(work * len(models) / (sum(cost) * len(part))))
        found += [
            Chunk.of([[row[column] for column in columns] for row in some])
            for some in parts(grid, stacked)
        ]
    return found


def _work(plan: Plan) -> float:
    """Return the rough cost of training and measuring one model, in row-columns.

    Among communities it is that of the models of all, which are trained together.
    """
    scenario, how = plan.scenario, plan.recipe
    rows = int(partnership(scenario).rows.sum()) if plan.remedy else plan.rows
    seen = how.sample_rate * rows * how.steps
    return seen * (max(scenario.width, 1) + FIXED_COLUMNS)


def parts(items: Sequence, size: int) -> list:
    """Cut a sequence into nearly equal parts of at most `size`."""
    count = -(-len(items) // size)
    bounds = [len(items) * i // count for i in range(count + 1)]
    return [items[a:b] for a, b in zip(bounds[:-1], bounds[1:], strict=True)]


def _by(items: Iterable[T], key: Callable[[T], object]) -> dict[object, list[T]]:
    groups: dict[object, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
