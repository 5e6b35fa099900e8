"""One by one: the same training by Opacus, a model at a time.

Dense float32 inputs, the same table, batch size, noise and clip norm; per-sample gradients by
hooks, or ghost clipping with its second backward pass.  Timed is all of a step: the rows, both
passes, clipping, noise and momentum, over some of the steps.  The rows are gathered from the
engine's batches, drawn before, or come from Opacus' own loader, as its documentation has it: most
of the time then goes into the loader.

Source: Yousefpour et al. 2021, arXiv 2109.12298; Li et al. 2022, arXiv 2110.05679 (ghost clipping).
"""

import itertools
import statistics
import time
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import torch
from opacus.data_loader import DPDataLoader
from opacus.grad_sample import GradSampleModule, GradSampleModuleFastGradientClipping
from opacus.optimizers import DPOptimizer, DPOptimizerFastGradientClipping
from opacus.utils.fast_gradient_clipping_utils import DPLossFastGradientClipping
from torch.utils.data import TensorDataset

from tradeoffs.audit.opacus_reference import module_of, one_hot
from tradeoffs.benchmarks.population import batch_positions, table_of
from tradeoffs.data.table import Table
from tradeoffs.engine.population import ModelSpec, initial
from tradeoffs.experiments.fit import model_spec
from tradeoffs.experiments.plan import Plan

LOSS = torch.nn.BCEWithLogitsLoss()
Source = Callable[[], Iterable[tuple[torch.Tensor, torch.Tensor]]]  # inputs and labels of batches


class Hooks:
    """One model with per-sample gradients."""

    def __init__(self, module: Any, setting: ModelSpec, expected: int) -> None:
        """Wrap a module; `expected` rows are in a batch."""
        self.module: Any = GradSampleModule(module)
        self.optimizer: Any = DPOptimizer(
            _sgd(self.module, setting),
            noise_multiplier=setting.sigma,
            max_grad_norm=setting.clip_norm,
            expected_batch_size=expected,
        )
        self.loss: Any = LOSS

    def step(self, inputs: torch.Tensor, label: torch.Tensor) -> None:
        """Take one private step on a batch."""
        self.optimizer.zero_grad()
        self.loss(self.module(inputs).squeeze(1), label).backward()
        self.optimizer.step()


class Ghost(Hooks):
    """One model with ghost clipping."""

    def __init__(self, module: Any, setting: ModelSpec, expected: int) -> None:
        """Wrap a module; `expected` rows are in a batch."""
        bound: Any = setting.clip_norm
        self.module = GradSampleModuleFastGradientClipping(
            module, max_grad_norm=bound, use_ghost_clipping=True
        )
        self.optimizer = DPOptimizerFastGradientClipping(
            _sgd(self.module, setting),
            noise_multiplier=setting.sigma,
            max_grad_norm=bound,
            expected_batch_size=expected,
        )
        self.loss = DPLossFastGradientClipping(self.module, self.optimizer, LOSS)


WAYS: dict[str, type[Hooks]] = {"hooks": Hooks, "ghost clipping": Ghost}


def engine_batches(plan: Plan, table: Table, steps: int) -> Source:
    """Return what gathers the rows of the engine's first batches."""
    design, label = dense(table)
    batches = [torch.from_numpy(rows).long() for rows in batch_positions(plan)[:steps]]
    return lambda: ((design[rows], label[rows]) for rows in batches)


def opacus_batches(plan: Plan, table: Table, steps: int) -> Source:
    """Return what draws batches with Opacus' loader, at the same rate; at most an epoch of them."""
    data, own = TensorDataset(*dense(table)), torch.Generator().manual_seed(plan.scenario.seed)
    loader = DPDataLoader(data, sample_rate=plan.recipe.sample_rate, generator=own)
    return lambda: itertools.islice(loader, steps)


SOURCES = {"in hand": engine_batches, "loaded": opacus_batches}


def best(
    plan: Plan, source: str, steps: int, repeats: int, threads: Iterable[int]
) -> tuple[float, str]:
    """Return the most rows a second that Opacus trained, and how.

    Args:
        plan: the model.
        source: of SOURCES.
        steps: how many are timed.
        repeats: of which the median counts.
        threads: numbers of torch threads to try.
    """
    before = torch.get_num_threads()
    table = table_of(plan)
    batches = SOURCES[source](plan, table, steps)
    found = {}
    for count, (name, way) in itertools.product(threads, WAYS.items()):
        torch.set_num_threads(count)
        model = way(fresh(plan, table), model_spec(plan), expected_rows(plan))
        found[f"{name}, threads: {count}"] = _rate(model, batches, repeats)
    torch.set_num_threads(before)
    winner = max(found, key=lambda name: found[name])
    return found[winner], winner


def _rate(model: Hooks, batches: Source, repeats: int) -> float:
    def once() -> float:
        began = time.perf_counter()
        rows = 0
        for inputs, label in batches():
            model.step(inputs, label)
            rows += len(label)
        return rows / (time.perf_counter() - began)

    with warnings.catch_warnings():
        # The inputs need no gradient, which the hooks of some versions of torch remark on.
        warnings.filterwarnings("ignore", "Full backward hook is firing", UserWarning)
        model.step(*next(iter(batches())))
        return statistics.median(once() for _ in range(repeats))


def dense(table: Table) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (rows, columns) inputs of 0 and 1, and (rows,) labels."""
    return one_hot(table, torch.float32), torch.tensor(table.label, dtype=torch.float32)


def expected_rows(plan: Plan) -> int:
    """Return the rows of a batch on average."""
    return round(plan.recipe.sample_rate * plan.scenario.rows)


def fresh(plan: Plan, table: Table) -> torch.nn.Module:
    """Return an untrained model of a plan as a torch module."""
    scenario, columns, ones = plan.scenario, table.columns + 1, len(table.features) + 1
    dtype = torch.float32
    start = initial(scenario.seed, scenario.width, columns=columns, ones=ones, dtype=dtype)
    return module_of(start, scenario.width, columns)


def _sgd(module: Any, setting: ModelSpec) -> torch.optim.SGD:
    return torch.optim.SGD(module.parameters(), lr=setting.learning_rate, momentum=setting.momentum)
