"""People: the training table of a seed, and the batches drawn from it."""

from functools import lru_cache

from tradeoffs.data.derived import derived
from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.pipeline.resolve import Plan
from tradeoffs.training.batches import Batches
from tradeoffs.training.rates import by_label
from tradeoffs.training.recipe import recipe


@derived
@lru_cache(maxsize=32)
def training_table(dataset: str, label: str, hide: tuple[str, ...], rows: int, seed: int) -> Table:
    """Return the people one model is trained on: a sample drawn by the seed."""
    table = subsample(load_split(dataset, label).train, rows, seed)
    return table.without(hide) if hide else table


def batches(plan: Plan, seeds: tuple[int, ...]) -> Batches:
    """Return the batches of some seeds, with cells as the plan's notion needs them."""
    own = plan.scenario
    split = own.stage == "reweighing" or by_label(plan.notion.held)
    return _batches(own.dataset, own.label, own.hide, own.rows, own.protected, split, seeds)


@derived
@lru_cache(maxsize=4)
def _batches(
    dataset: str,
    label: str,
    hide: tuple[str, ...],
    rows: int,
    protected: str,
    split: bool,
    seeds: tuple[int, ...],
) -> Batches:
    tables = [training_table(dataset, label, hide, rows, seed) for seed in seeds]
    how = recipe(rows, 0, None)  # sampling depends on the rows alone
    groups = [table.group_of(protected) for table in tables]
    return Batches(
        tables,
        [codes for codes, _ in groups],
        groups=len(groups[0][1]),
        by_label=split,
        seeds=seeds,
        rate=how.sample_rate,
        steps=how.steps,
    )
