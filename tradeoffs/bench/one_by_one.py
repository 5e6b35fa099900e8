"""One by one: the same training by Opacus, a model at a time.

Dense float32 inputs, the same table, batches, noise and clip norm; per-sample gradients by hooks,
or ghost clipping with its second backward pass.  Everything in a step is timed (gathering the
rows, both passes, clipping, noise, momentum), over some of the steps; drawing the batches is not.

Source: Yousefpour et al. 2021, arXiv 2109.12298; Li et al. 2022, arXiv 2110.05679 (ghost clipping).
"""

import itertools
import warnings
from collections.abc import Iterable
from functools import partial
from typing import Any

import torch
from opacus.grad_sample import GradSampleModule, GradSampleModuleFastGradientClipping
from opacus.optimizers import DPOptimizer, DPOptimizerFastGradientClipping
from opacus.utils.fast_gradient_clipping_utils import DPLossFastGradientClipping

from tradeoffs.attacks.opacus_reference import module_of, one_hot
from tradeoffs.bench.clock import seconds
from tradeoffs.bench.population import drawn
from tradeoffs.data.table import Table
from tradeoffs.pipeline.fit import setting_of
from tradeoffs.pipeline.people import training_table
from tradeoffs.pipeline.resolve import Plan
from tradeoffs.training.population import Setting, initial

LOSS = torch.nn.BCEWithLogitsLoss()


class Hooks:
    """One model with per-sample gradients."""

    def __init__(self, module: Any, setting: Setting, expected: int) -> None:
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

    def __init__(self, module: Any, setting: Setting, expected: int) -> None:
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


def best(plan: Plan, steps: int, repeats: int, threads: Iterable[int]) -> tuple[float, str]:
    """Return the most rows a second that Opacus trained, and how.

    Args:
        plan: the model.
        steps: how many are timed.
        repeats: of which the median counts.
        threads: numbers of torch threads to try.
    """
    before = torch.get_num_threads()
    found = {}
    for count, (name, way) in itertools.product(threads, WAYS.items()):
        torch.set_num_threads(count)
        found[f"{name}, threads: {count}"] = _rate(way, plan, steps, repeats)
    torch.set_num_threads(before)
    winner = max(found, key=lambda name: found[name])
    return found[winner], winner


def _rate(way: type[Hooks], plan: Plan, steps: int, repeats: int) -> float:
    scenario = plan.scenario
    table = training_table(scenario.dataset, scenario.hide, scenario.rows, scenario.seed)
    design, label = one_hot(table, torch.float32), torch.tensor(table.label, dtype=torch.float32)
    batches = [torch.from_numpy(rows).long() for rows in drawn(plan)[:steps]]
    expected = round(plan.recipe.sample_rate * scenario.rows)
    model = way(fresh(plan, table), setting_of(plan), expected)

    def some(chosen: Iterable[torch.Tensor]) -> None:
        for rows in chosen:
            model.step(design[rows], label[rows])

    with warnings.catch_warnings():
        # The inputs need no gradient, which the hooks of some versions of torch remark on.
        warnings.filterwarnings("ignore", "Full backward hook is firing", UserWarning)
        some(batches[:1])
        took = seconds(partial(some, batches), repeats)
    return sum(len(rows) for rows in batches) / took


def fresh(plan: Plan, table: Table) -> torch.nn.Module:
    """Return an untrained model of a plan as a torch module."""
    scenario, columns, ones = plan.scenario, table.columns + 1, len(table.features) + 1
    dtype = torch.float32
    start = initial(scenario.seed, scenario.width, columns=columns, ones=ones, dtype=dtype)
    return module_of(start, scenario.width, columns)


def _sgd(module: Any, setting: Setting) -> torch.optim.SGD:
    return torch.optim.SGD(module.parameters(), lr=setting.learning_rate, momentum=setting.momentum)
