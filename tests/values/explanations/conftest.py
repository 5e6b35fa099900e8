"""Random models of known layers, as parameter vectors and as modules that captum reads."""

import numpy as np
import torch
from torch import nn

from tradeoffs.engine.evaluation import layers

SIZES = (3, 4, 5)
WIDTHS = (0, 8)
MODELS = 3


def random_models(width: int, columns: int) -> list[torch.Tensor]:
    rng = np.random.default_rng(width)
    size = columns * width + width + 1 if width else columns
    return [torch.from_numpy(rng.normal(size=size)) for _ in range(MODELS)]


def one_hot(codes: torch.Tensor, columns: int = sum(SIZES)) -> torch.Tensor:
    """Return (rows, columns + 1), the bias column last."""
    design = torch.zeros(len(codes), columns + 1, dtype=torch.float64)
    return design.scatter_(1, codes.long(), 1.0)


def by_feature(columns: torch.Tensor) -> torch.Tensor:
    """Add up (rows, columns) over the columns of each feature; the bias column is left out."""
    parts = columns[:, : sum(SIZES)].split(SIZES, dim=1)
    return torch.stack([part.sum(1) for part in parts], 1)


class Net(nn.Module):
    """One of our models as a module on one-hot rows whose last column is the bias."""

    def __init__(self, vector: torch.Tensor, width: int):
        super().__init__()
        first, second = layers([vector], width)
        assert second is not None
        self.inner = nn.Linear(len(first), width, bias=False, dtype=torch.float64)
        self.relu = nn.ReLU()
        self.outer = nn.Linear(width, 1, dtype=torch.float64)
        with torch.no_grad():
            self.inner.weight.copy_(first[:, 0].t())
            self.outer.weight.copy_(second)
            self.outer.bias.copy_(vector[-1:])

    def forward(self, design: torch.Tensor) -> torch.Tensor:
        return self.outer(self.relu(self.inner(design)))
