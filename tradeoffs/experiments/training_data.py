"""People: the training table of a seed, and the batches drawn from it."""

from functools import lru_cache

from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.shifts.compose import compose
from tradeoffs.data.table import Table
from tradeoffs.data.table_cache import table_cache
from tradeoffs.engine.batches import Batches
from tradeoffs.engine.rates import by_label
from tradeoffs.engine.recipe import recipe
from tradeoffs.experiments.participants import simplest
from tradeoffs.experiments.plan import Plan
from tradeoffs.scenario import Scenario, Shifts

SHARED = (  # by a population
    *("dataset", "label", "communities", "home", "hide", "rows", "protected", "training_shifts"),
)


def training_table(scenario: Scenario) -> Table:
    """Return the people one model is trained on: a sample drawn by the seed, then shifted.

    The sample comes first: so the promise of privacy is for `rows` people, a public number,
    and each of them still is in one row at most (see `tradeoffs.data.shifts.shift`).
    """
    own = scenario
    if own.communities:
        few = simplest(own.model_copy(update={"remedy": "alone"}))
        return community_table(few, few.home)
    protected = own.protected if own.training_shifts else ""
    at = (own.dataset, own.label, own.hide, own.rows, own.training_shifts, protected)
    return _training_table(*at, own.seed)


def community_table(scenario: Scenario, name: str) -> Table:
    """Return the people of one community in training: all, or as many as `rows`, by the seed."""
    own = scenario
    at = (own.dataset, own.label, own.communities, name, own.hide, own.rows)
    return _community_table(*at, own.seed)


@table_cache
@lru_cache(maxsize=128)
def _community_table(
    dataset: str,
    label: str,
    communities: str,
    name: str,
    hide: tuple[str, ...],
    rows: int,
    seed: int,
) -> Table:
    table = community_split(dataset, label, communities, name).train
    return drop_columns(subsample(table, min(rows, table.rows), seed), hide)


def drop_columns(table: Table, hide: tuple[str, ...]) -> Table:
    """Return a community's table without hidden columns; one that names it is gone already."""
    names = {feature.name for feature in table.features}
    here = [name for name in hide if name in names]
    return table.without(here) if here else table


@table_cache
@lru_cache(maxsize=32)
def _training_table(
    dataset: str,
    label: str,
    hide: tuple[str, ...],
    rows: int,
    shifts: Shifts,
    protected: str,
    seed: int,
) -> Table:
    table = subsample(load_split(dataset, label).train, rows, seed)
    table = compose(table, shifts, seed, protected)
    return table.without(hide) if hide else table


def divides_by_row_count(plan: Plan) -> bool:
    """Say whether sums are divided by the rows that training shifts left, not by `rows`.

    How many are left is a private count: only without a mechanism it may be used.
    """
    return bool(plan.scenario.training_shifts) and plan.scenario.mechanism == "none"


def batches(plan: Plan, seeds: tuple[int, ...]) -> Batches:
    """Return the batches of some seeds, with cells as the plan's notion needs them."""
    split = any(stage.by_label for stage in plan.stages) or by_label(plan.notion.constrained_rates)
    fields = {field: getattr(plan.scenario, field) for field in SHARED}
    own = Scenario.of(**fields | {"rows": plan.rows, "home": plan.home})
    return _batches(own, split, divides_by_row_count(plan), seeds)


@table_cache
@lru_cache(maxsize=4)
def _batches(own: Scenario, split: bool, exact: bool, seeds: tuple[int, ...]) -> Batches:
    tables = [training_table(own.model_copy(update={"seed": seed})) for seed in seeds]
    how = recipe(own.rows, 0, None)  # sampling depends on the rows alone
    groups = [table.group_of(own.protected) for table in tables]
    return Batches(
        tables,
        [codes for codes, _ in groups],
        groups=len(groups[0][1]),
        by_label=split,
        seeds=seeds,
        rate=how.sample_rate,
        steps=how.steps,
        rows=None if exact else own.rows,
    )
