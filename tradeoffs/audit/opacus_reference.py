"""Opacus as the oracle: the same models, batches and settings, computed by other people's code.

Source: Yousefpour et al. 2021, arXiv 2109.12298.
"""

import warnings
from collections.abc import Iterable
from typing import Any

import torch
from opacus.grad_sample import GradSampleModule
from opacus.optimizers import DPOptimizer

from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import ModelSpec


def module_of(vector: torch.Tensor, width: int, columns: int) -> Any:
    """Return a model as a torch module; its first bias is the engine's last column."""
    if not width:
        module: Any = torch.nn.Sequential(torch.nn.Linear(columns - 1, 1)).to(vector.dtype)
        with torch.no_grad():
            module[0].weight.copy_(vector[:-1][None])
            module[0].bias.copy_(vector[-1:])
        return module
    module = torch.nn.Sequential(
        torch.nn.Linear(columns - 1, width), torch.nn.ReLU(), torch.nn.Linear(width, 1)
    ).to(vector.dtype)
    first = vector[: columns * width].view(columns, width)
    with torch.no_grad():
        module[0].weight.copy_(first[:-1].t())
        module[0].bias.copy_(first[-1])
        module[2].weight.copy_(vector[columns * width : -1][None])
        module[2].bias.copy_(vector[-1:])
    return module


def vector_of(parts: list[torch.Tensor], width: int) -> torch.Tensor:
    """Return a module's parameters, or their gradients, as one vector of the engine."""
    if not width:
        return torch.cat([parts[0].reshape(-1), parts[1]])
    first = torch.cat([parts[0].t(), parts[1][None]])
    return torch.cat([first.reshape(-1), parts[2].reshape(-1), parts[3]])


def one_hot(table: Table, dtype: torch.dtype) -> torch.Tensor:
    """Return (rows, columns) of 0 and 1, without the bias."""
    codes = torch.from_numpy(active_columns(table)).long()
    return torch.zeros(table.rows, table.columns + 1, dtype=dtype).scatter_(1, codes, 1.0)[:, :-1]


class Reference:
    """One model trained by Opacus on a table, as `setting` says; `vector` is where it starts."""

    def __init__(self, vector: torch.Tensor, table: Table, setting: ModelSpec) -> None:
        """Wrap the model and its optimiser."""
        self.width = setting.width
        module = module_of(vector, setting.width, table.columns + 1)
        self.module: Any = GradSampleModule(module, loss_reduction="sum")
        self.optimizer = DPOptimizer(
            torch.optim.SGD(
                self.module.parameters(), lr=setting.learning_rate, momentum=setting.momentum
            ),
            noise_multiplier=setting.sigma,
            max_grad_norm=setting.clip_norm,
            expected_batch_size=1,
            loss_reduction="sum",
        )
        self.design = one_hot(table, vector.dtype)
        self.label = torch.from_numpy(table.label).to(vector.dtype)

    def clipped_sum(self, rows: torch.Tensor) -> torch.Tensor:
        """Return the sum of the clipped gradients of some rows."""
        self.optimizer.zero_grad()
        with warnings.catch_warnings():
            # The inputs need no gradient, which the hooks of some versions of torch remark on.
            warnings.filterwarnings("ignore", "Full backward hook is firing", UserWarning)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                self.module(self.design[rows]).squeeze(1), self.label[rows], reduction="sum"
            )
            loss.backward()
        self.optimizer.clip_and_accumulate()
        return vector_of([p.summed_grad for p in self.module.parameters()], self.width)

    def noise(self, rows: torch.Tensor, count: int, seed: int) -> torch.Tensor:
        """Return (count, parameters) of what Opacus adds to the sum of these rows."""
        clean = self.clipped_sum(rows)
        sums = [p.summed_grad for p in self.module.parameters()]
        self.optimizer.generator = torch.Generator().manual_seed(seed)
        drawn = []
        for _ in range(count):
            # Opacus adds noise to a tensor once only, so each draw gets a copy.
            for p, total in zip(self.module.parameters(), sums, strict=True):
                p.summed_grad = total.clone()
            self.optimizer.add_noise()
            drawn.append(vector_of([p.grad for p in self.module.parameters()], self.width) - clean)
        return torch.stack(drawn)

    def train(self, steps: Iterable[torch.Tensor], expected: float) -> torch.Tensor:
        """Take a step without noise for each batch of rows; return the last weights."""
        for rows in steps:
            self.clipped_sum(rows)
            for p in self.module.parameters():
                p.grad = p.summed_grad / expected
            self.optimizer.original_optimizer.step()
        return vector_of([p.detach() for p in self.module.parameters()], self.width)
