"""Chunks: pieces of a sweep that train as one population and take a fraction of a second.

A chunk is a grid of configurations x seeds on tables of one kind.  How a sweep is
cut never changes a result beyond rounding.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tradeoffs.pipeline.resolve import resolve
from tradeoffs.scenario import Scenario

LARGEST_WORK = 1e8  # rows x columns x steps of one chunk, about a quarter of a second
FIXED_COLUMNS = 4  # what any model costs, in columns


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """Scenarios that train together, ordered as the rows of a grid: seed after seed."""

    scenarios: tuple[tuple[Scenario, ...], ...]  # (seeds, configurations)

    @property
    def flat(self) -> tuple[Scenario, ...]:
        """All scenarios, seed after seed."""
        return tuple(s for row in self.scenarios for s in row)

    @property
    def work(self) -> float:
        """How much there is to do, roughly, in row-columns."""
        return sum(map(_work, self.flat))


def chunks(scenarios: Iterable[Scenario], *, work: float = LARGEST_WORK) -> list[Chunk]:
    """Cut scenarios into chunks; each scenario is in exactly one, and the order is kept.

    Scenarios that share a model but differ in deployment stay in one chunk, so that the model is
    trained once.

    Args:
        scenarios: resolved or not; an unknown name raises InvalidInput.
        work: about how large a chunk may be, in rows * columns * steps.
    """
    found: list[Chunk] = []
    for kind in _by(list(dict.fromkeys(scenarios)), _kind).values():
        by_seed = _by(kind, lambda s: s.seed)
        same: dict[tuple[Scenario, ...], list[int]] = defaultdict(list)
        for seed, group in by_seed.items():
            same[tuple(s.configuration() for s in group)].append(seed)
        for configurations, seeds in same.items():
            found += _grids(configurations, seeds, work)
    return found


def _kind(scenario: Scenario) -> tuple[object, ...]:
    """What a population shares: tables, watched groups, stage, whether it is deep."""
    return (
        scenario.dataset,
        scenario.label,
        scenario.hide,
        scenario.rows,
        scenario.training_shifts,
        scenario.protected,
        scenario.notion,
        scenario.stage,
        scenario.width > 0,
    )


def _grids(configurations: Sequence[Scenario], seeds: Sequence[int], work: float) -> list[Chunk]:
    """Cut a grid of configurations x seeds, first by models and then by seeds."""
    models = list(_by(configurations, lambda s: resolve(s).model_key).values())
    cost = [_work(group[0]) for group in models]
    wide = max(1, round(len(models) * min(1, work / sum(cost))))
    grids: list[Chunk] = []
    for part in parts(models, wide):
        row = [s for model in part for s in model]
        stacked = max(1, int(work * len(models) / (sum(cost) * len(part))))
        grids += [
            Chunk(scenarios=tuple(tuple(_seeded(s, seed) for s in row) for seed in some))
            for some in parts(seeds, stacked)
        ]
    return grids


def _work(scenario: Scenario) -> float:
    """Return the rough cost of training and measuring one model, in row-columns."""
    how = resolve(scenario).recipe
    seen = how.sample_rate * scenario.rows * how.steps
    return seen * (max(scenario.width, 1) + FIXED_COLUMNS)


def _seeded(scenario: Scenario, seed: int) -> Scenario:
    return scenario.model_copy(update={"seed": seed})


def parts(items: Sequence, size: int) -> list:
    """Cut a sequence into nearly equal parts of at most `size`."""
    count = -(-len(items) // size)
    bounds = [len(items) * i // count for i in range(count + 1)]
    return [items[a:b] for a, b in zip(bounds[:-1], bounds[1:], strict=True)]


def _by(items: Iterable[Scenario], key) -> dict:
    groups: dict[object, list[Scenario]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
