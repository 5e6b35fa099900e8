"""A population: settings x seeds of models as one set of tensors, forwards and backwards.

The first layer of all models is one table with the rows (seed, column) and the columns (setting,
hidden unit).  A row of data holds the same number of ones as any other, so applying the first
layer is adding up table rows, and its gradient adds up data rows, column by column.

A model is exchanged as its parameter vector: first layer (column by column), second layer, bias.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch

from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.engine.clipping.clipping import Adaptation
from tradeoffs.engine.clipping.flat import FLAT
from tradeoffs.engine.noise import fill, generator

Vectors = list[list[torch.Tensor]]  # (seeds, settings), each (parameters,)


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelSpec:
    """What sets one model of a population apart, as numbers; seeds share their settings.

    sigma multiplies the clip norm and is the noise of the whole mechanism; when the gap or the
    clipping is watched it is split between the gradient and the statistics (see constraint.py).
    """

    width: int = 0  # hidden units; 0 is logistic regression
    learning_rate: float
    clip_norm: float  # inf: no clipping
    sigma: float = 0.0  # 0: no noise
    clipping: str = FLAT.name  # of the catalogue
    sigma_counts: float = 0.0  # noise of the group counts, people
    max_gap: float | None = None  # None: no constraint
    constrained_rates: tuple[str, ...] = (
        "selection_rate",
    )  # rates that the constraint holds alike
    reweigh: float = 0.0  # strength of reweighing before training
    ridge: float = 0.0  # times half the squared weights, beside the summed loss; no intercepts
    momentum: float = 0.9

    @property
    def adaptation(self) -> Adaptation | None:
        """How its clipping follows noisy counts; None where it does not."""
        return CLIPPINGS[self.clipping].adaptation


def initial(seed: int, width: int, *, columns: int, ones: int, dtype: torch.dtype) -> torch.Tensor:
    """Return a first parameter vector: zeros for logistic regression, else drawn from the seed.

    It depends on no data, so it costs no privacy; all settings of a seed and width begin alike.

    Args:
        seed: of the draw.
        width: hidden units.
        columns: inputs, the bias included.
        ones: of them held by each row.
        dtype: of the training.
    """
    if not width:
        return torch.zeros(columns, dtype=dtype)
    vector = torch.zeros(columns * width + width + 1, dtype=dtype)
    fill(vector[:-1], generator(seed, width))
    vector[: columns * width] /= ones**0.5
    vector[columns * width :] /= width**0.5
    return vector


def bag_sums(table: torch.Tensor, codes: torch.Tensor, starts: torch.Tensor) -> torch.Tensor:
    """Return (bags, k): for each bag the sum of the rows of `table` (n, k) that it names.

    Args:
        table: rows to add.
        codes: int32, the rows named by all bags, bag after bag.
        starts: (bags,) int32, where each bag begins in `codes`.
    """
    if not len(codes):
        return table.new_zeros(len(starts), table.shape[1])
    return torch.embedding_bag(table, codes, starts)[0]


def relu_backward(values: torch.Tensor, hidden: torch.Tensor, out: torch.Tensor) -> torch.Tensor:
    """Write the values where a unit is active and else 0, the derivative of its ReLU, to `out`."""
    return torch.ops.aten.threshold_backward.grad_input(values, hidden, 0, grad_input=out)


class Logistic:
    """Logistic regressions; one parameter tensor (seeds * columns, settings)."""

    def __init__(self, vectors: Vectors, ones: int) -> None:
        """Start from parameter vectors; every row holds `ones` columns, the bias included."""
        self.seeds, self.settings = len(vectors), len(vectors[0])
        self.first = torch.cat([torch.stack(row, 1) for row in vectors])
        self.parameters = [self.first]
        self.row_length = ones**0.5

    def freeze(self, live: Sequence[torch.Tensor]) -> None:
        """Nothing: what is live of the one tensor is either all of a model or nothing."""

    def spread(self, values: torch.Tensor) -> list[torch.Tensor]:
        """Lay out one number a setting so that it multiplies each parameter tensor."""
        return [values]

    def spread_models(self, values: torch.Tensor) -> list[torch.Tensor]:
        """Lay out (seeds, settings) numbers so that they multiply each parameter tensor."""
        return [values.repeat_interleave(len(self.first) // self.seeds, 0)]

    def at_weights(self, values: Sequence[torch.Tensor]) -> list[torch.Tensor]:
        """Return numbers that were spread at the weights of a parameter tensor, 0 at intercepts."""
        return [_without_intercepts(values[0], self.first, self.seeds)]

    def columns_of(self, settings: Sequence[int]) -> list[torch.Tensor]:
        """Return the columns of each parameter tensor that belong to some settings."""
        return [torch.tensor(settings)]

    def layout(self, blocks: Vectors) -> list[torch.Tensor]:
        """Lay out each model's (steps, parameters) as one (steps, ...) tensor a parameter."""
        return [torch.cat([torch.stack(row, 2) for row in blocks], 1)]

    def forward(
        self, codes: torch.Tensor, starts: torch.Tensor, bounds: Sequence[int]
    ) -> torch.Tensor:
        """Return (rows, settings) logits; arguments as in a Batch."""
        del bounds
        return bag_sums(self.first, codes, starts)

    def gradient_norm(self, residual: torch.Tensor) -> torch.Tensor:
        """Return (rows, settings) gradient norms: all rows have the same length."""
        return residual.abs().mul_(self.row_length)

    def backward(
        self, residual: torch.Tensor, order: torch.Tensor, starts: torch.Tensor
    ) -> list[torch.Tensor]:
        """Return the summed gradient of each parameter tensor."""
        return [bag_sums(residual, order, starts)]

    def settle(self) -> None:
        """Nothing is derived from the weights."""

    def vectors(self, parameters: Sequence[torch.Tensor]) -> Vectors:
        """Return parameter tensors as one vector a model."""
        whole = parameters[0].view(self.seeds, -1, self.settings)
        return [[whole[s, :, m].clone() for m in range(self.settings)] for s in range(self.seeds)]


class Network:
    """Networks of one hidden ReLU layer, of any widths side by side.

    The parameters are the first layer (seeds * columns, units), the second (seeds, units) and its
    bias (seeds, settings), with the units of all settings in a row.  The second layer is also
    kept spread out as (units, settings), zero outside a setting's own units, so that a sum over
    each model's units is one matrix product.
    """

    def __init__(self, vectors: Vectors, widths: Sequence[int], ones: int) -> None:
        """Start from parameter vectors; every row holds `ones` columns, the bias included."""
        self.widths, self.ones = tuple(widths), ones
        self.seeds, self.settings, self.units = len(vectors), len(widths), sum(widths)
        bounds = [0, *torch.tensor(widths).cumsum(0).tolist()]
        self.place = [slice(a, b) for a, b in pairwise(bounds)]
        dtype = vectors[0][0].dtype
        own = torch.tensor(widths)
        self.blocks = torch.eye(self.settings, dtype=dtype).repeat_interleave(own, 0)
        first, self.second, self.bias = self.layout([[v[None] for v in row] for row in vectors])
        self.first, self.second, self.bias = first[0], self.second[0], self.bias[0]
        self.parameters = [self.first, self.second, self.bias]
        self.spare = self.first.new_empty(0, self.units)
        self.live: Sequence[torch.Tensor] | None = None
        self.settle()

    def freeze(self, live: Sequence[torch.Tensor]) -> None:
        """Leave tensors that are not trained out of gradient norms.

        Args:
            live: 1 or 0 for each parameter tensor, as spread: (units,), (units,), (settings,).
        """
        self.live = live
        self.settle()

    def spread(self, values: torch.Tensor) -> list[torch.Tensor]:
        """Lay out one number a setting so that it multiplies each parameter tensor."""
        wide = values.repeat_interleave(torch.tensor(self.widths))
        return [wide, wide, values]

    def spread_models(self, values: torch.Tensor) -> list[torch.Tensor]:
        """Lay out (seeds, settings) numbers so that they multiply each parameter tensor."""
        units = values.repeat_interleave(torch.tensor(self.widths), 1)
        return [units.repeat_interleave(len(self.first) // self.seeds, 0), units, values]

    def at_weights(self, values: Sequence[torch.Tensor]) -> list[torch.Tensor]:
        """Return numbers that were spread at the weights of a parameter tensor, 0 at intercepts."""
        first, second, bias = values
        return [_without_intercepts(first, self.first, self.seeds), second, torch.zeros_like(bias)]

    def columns_of(self, settings: Sequence[int]) -> list[torch.Tensor]:
        """Return the columns of each parameter tensor that belong to some settings."""
        units = torch.arange(self.units)
        own = torch.cat([units[self.place[m]] for m in settings])
        return [own, own, torch.tensor(settings)]

    def layout(self, blocks: Vectors) -> list[torch.Tensor]:
        """Lay out each model's (steps, parameters) as one (steps, ...) tensor a parameter."""
        firsts, rests = [], []
        for row in blocks:
            inner = [
                part[:, : -width - 1].reshape(len(part), -1, width)
                for part, width in zip(row, self.widths, strict=True)
            ]
            firsts.append(torch.cat(inner, 2))
            outer = [part[:, -width - 1 :] for part, width in zip(row, self.widths, strict=True)]
            rests.append(outer)
        second = [torch.cat([part[:, :-1] for part in row], 1) for row in rests]
        bias = [torch.stack([part[:, -1] for part in row], 1) for row in rests]
        return [torch.cat(firsts, 1), torch.stack(second, 1), torch.stack(bias, 1)]

    def forward(
        self, codes: torch.Tensor, starts: torch.Tensor, bounds: Sequence[int]
    ) -> torch.Tensor:
        """Return (rows, settings) logits; arguments as in a Batch."""
        self.bounds = list(pairwise(bounds))
        self.hidden = bag_sums(self.first, codes, starts).clamp_min_(0)
        if len(self.spare) < len(self.hidden):
            self.spare = torch.empty_like(self.hidden)
        self.scratch = self.spare[: len(self.hidden)]
        logit = self.hidden.new_empty(len(self.hidden), self.settings)
        for s, (a, b) in enumerate(self.bounds):
            torch.addmm(self.bias[s], self.hidden[a:b], self.spread_second[s], out=logit[a:b])
        return logit

    def gradient_norm(self, residual: torch.Tensor) -> torch.Tensor:
        """Return (rows, settings) gradient norms over all parameters jointly.

        For a residual of 1 the squared norm is |hidden|^2 + 1 for the second layer and, for the
        first, the ones in a row times the squared second-layer weights of the active units.
        """
        square = residual.new_empty(residual.shape)
        for s, (a, b) in enumerate(self.bounds):
            hidden, each = self.hidden[a:b], self.scratch[a:b]
            relu_backward(self.second_square[s].expand_as(hidden), hidden, out=each)
            own = hidden if self.live is None else hidden * self.live[1]
            torch.mm(each.addcmul_(own, hidden), self.blocks, out=square[a:b])
        return square.add_(1 if self.live is None else self.live[2]).sqrt_().mul_(residual.abs())

    def backward(
        self, residual: torch.Tensor, order: torch.Tensor, starts: torch.Tensor
    ) -> list[torch.Tensor]:
        """Return the summed gradient of each parameter tensor.

        A unit's output is linear in its weights, and in its second-layer weight too: what the
        inputs sum up to over the active rows gives the gradients of both.
        """
        each = torch.mm(residual, self.blocks.t(), out=self.scratch)
        inputs = bag_sums(relu_backward(each, self.hidden, out=each), order, starts)
        inputs = inputs.view(self.seeds, -1, self.units)
        second = (inputs * self.first.view_as(inputs)).sum(1)
        bias = torch.stack([residual[a:b].sum(0) for a, b in self.bounds])
        return [inputs.mul_(self.second.unsqueeze(1)).view_as(self.first), second, bias]

    def settle(self) -> None:
        """Renew what is derived from the second layer."""
        self.spread_second = self.second.unsqueeze(2) * self.blocks
        self.second_square = self.second.square().mul_(self.ones)
        if self.live is not None:
            self.second_square.mul_(self.live[0])

    def vectors(self, parameters: Sequence[torch.Tensor]) -> Vectors:
        """Return parameter tensors as one vector a model."""
        first, second, bias = parameters
        first = first.view(self.seeds, -1, self.units)
        return [
            [
                torch.cat([first[s, :, own].reshape(-1), second[s, own], bias[s, m : m + 1]])
                for m, own in enumerate(self.place)
            ]
            for s in range(self.seeds)
        ]


def _without_intercepts(values: torch.Tensor, first: torch.Tensor, seeds: int) -> torch.Tensor:
    """Return numbers that multiply a first layer at all its rows but the bias of each seed."""
    found = values.expand_as(first).clone()
    found.view(seeds, -1, first.shape[1])[:, -1] = 0
    return found


def models(vectors: Vectors, widths: Sequence[int], ones: int) -> Logistic | Network:
    """Return a population from parameter vectors; logistic regressions and networks do not mix."""
    return Network(vectors, widths, ones) if any(widths) else Logistic(vectors, ones)


@torch.no_grad()
def logits(vectors: Sequence[torch.Tensor], widths: Sequence[int], codes: torch.Tensor):
    """Return (models, rows) logits, in the order of the vectors.

    Args:
        vectors: parameter vectors of one dtype.
        widths: hidden units of each.
        codes: (rows, ones) int32, the columns each row holds, the bias column included.
    """
    rows, ones = codes.shape
    starts = torch.arange(0, rows * ones, ones, dtype=torch.int32)
    answer = vectors[0].new_empty(len(vectors), rows)
    flat = [m for m, width in enumerate(widths) if not width]
    deep = [m for m, width in enumerate(widths) if width]
    for chosen in (flat, deep):
        for part in cut(chosen, [max(widths[m], 1) for m in chosen], 256):
            some = models([[vectors[m] for m in part]], [widths[m] for m in part], ones)
            answer[part] = some.forward(codes.view(-1), starts, (0, rows)).t()
    return answer


def cut(places: Sequence[int], units: Sequence[int], most: int) -> list[list[int]]:
    """Cut models into parts of at most `most` units, a wider one alone."""
    found: list[list[int]] = []
    room = 0
    for place, size in zip(places, units, strict=True):
        if not found or size > room:
            found.append([])
            room = most
        found[-1].append(place)
        room -= size
    return found
