"""Recourse: how far people who are refused are from the positive decision.

The cost is the smallest number of steps, over all changes of one or two of the features that a
person could change, after which the model decides positively.  All changes are looked at, so the
cost is exact; who gets there by no such change is out of reach and has no cost.

For logistic regressions gains add up, so the best gain for so many steps is a table over the bins
of two features, and every row is looked up in it.  For networks every change is computed.

Source: Ustun, Spangher, Liu 2019 (actionable recourse, arXiv 1809.06514); gaps between groups:
von Kuegelgen et al. 2022 (fairness of causal recourse, arXiv 2010.06529).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import torch
from torch import Tensor

from tradeoffs.data.cases import Action
from tradeoffs.data.table import Feature
from tradeoffs.values.fairness.notion import SMALLEST_CELL


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Choice:
    """One feature that can be changed."""

    place: int  # among the features
    column: int  # of its first bin
    steps: Tensor  # (bins, bins) from one bin to another, inf: no way


def choices(features: Sequence[Feature], actions: Sequence[Action]) -> tuple[Choice, ...]:
    """Return the actions whose features are there, laid out for a search."""
    ways = {action.feature: action for action in actions}
    found, column = [], 0
    for place, feature in enumerate(features):
        if feature.name in ways:
            steps = torch.from_numpy(ways[feature.name].steps(feature.labels)).float()
            found.append(Choice(place=place, column=column, steps=steps))
        column += len(feature.labels)
    return tuple(found)


def recourse(
    first: Tensor,
    second: Tensor | None,
    bias: Tensor,
    codes: Tensor,
    open_to: Sequence[Choice],
) -> Tensor:
    """Return (models, rows) steps: 0 for a positive decision, inf for out of reach.

    Args:
        first: (columns, models, units) first layer, the bias as its last column.
        second: (models, units), or None for logistic regression.
        bias: (models,) of the second layer; not used for logistic regression.
        codes: (rows, features) int64, the column that each feature holds.
        open_to: from `choices`; empty: everybody who is refused is out of reach.
    """
    if second is None:
        return _additive(first.squeeze(2).t(), codes, open_to)
    options = [_Option.of(choice, codes) for choice in open_to]
    options.sort(key=lambda option: len(option.who) / len(option.columns))  # less to look at
    return torch.stack(
        [
            _searched(first[:, m].contiguous(), second[m], -float(bias[m]), codes, options)
            for m in range(first.shape[1])
        ]
    )


class Reach(NamedTuple):
    """Both (models, groups) float64, NaN for fewer than SMALLEST_CELL people."""

    reachable: Tensor  # share of the refused who get the positive decision by one or two changes
    steps: Tensor  # mean over those who get it


def reach(steps: Tensor, member: Tensor) -> Reach:
    """Sum the steps of people up by group.

    Args:
        steps: (models, rows), from `recourse`.
        member: (rows, groups) of 0 and 1.
    """
    there = steps.isfinite() & (steps > 0)
    member = member.double()
    refused, reached = (steps > 0).double() @ member, there.double() @ member
    total = steps.double().masked_fill(~there, 0) @ member
    return Reach(_ratio(reached, refused), _ratio(total, reached))


def _ratio(total: Tensor, people: Tensor) -> Tensor:
    return (total / people).masked_fill(people < SMALLEST_CELL, math.nan)


def _additive(weights: Tensor, codes: Tensor, open_to: Sequence[Choice]) -> Tensor:
    """Return steps for logistic regressions; weights (models, columns)."""
    short = -(sum(weights[:, codes[:, j]] for j in range(codes.shape[1])) + weights[:, -1:])
    # Changing nothing is a choice of one bin, so that one choice makes a pair, too.
    gains = [_gains(weights, choice) for choice in open_to] + [
        weights.new_zeros(len(weights), 1, 1)
    ]
    own = [codes[:, c.place] - c.column for c in open_to] + [torch.zeros_like(codes[:, 0])]
    longest = sum(sorted(gain.shape[2] - 1 for gain in gains)[-2:])
    best = weights.new_zeros(*short.shape, longest + 1)
    for a, b in combinations(sorted(range(len(gains)), key=lambda i: -gains[i].shape[2]), 2):
        table = _together(gains[a], gains[b])
        found = table.flatten(1, 2).index_select(1, own[a] * gains[b].shape[1] + own[b])
        reach = found.shape[2]
        torch.maximum(best[..., :reach], found, out=best[..., :reach])
        torch.maximum(best[..., reach:], found[..., -1:], out=best[..., reach:])
    steps = (best <= short.unsqueeze(2)).sum(2)
    return torch.where(steps > longest, math.inf, steps.to(weights.dtype))


def _gains(weights: Tensor, choice: Choice) -> Tensor:
    """Return (models, bins, steps + 1): the most that so many steps add to the logit."""
    own = weights[:, choice.column : choice.column + len(choice.steps)]
    gain = own.unsqueeze(1) - own.unsqueeze(2)  # (models, from, to)
    longest = int(choice.steps[choice.steps.isfinite()].max())
    each = [gain.masked_fill(choice.steps > s, -math.inf).amax(2) for s in range(longest + 1)]
    return torch.stack(each, 2)


def _together(one: Tensor, other: Tensor) -> Tensor:
    """Return (models, bins, other's bins, steps + 1): the most that two choices add together."""
    long, short = one.shape[2], other.shape[2]
    best = one.new_zeros(*one.shape[:2], other.shape[1], long + short - 1)
    for s in range(short):
        part = best[..., s : s + long]
        torch.maximum(part, one.unsqueeze(2) + other[:, None, :, s : s + 1], out=part)
    return best


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Option:
    """A choice, and all that the people of a table can make of it."""

    columns: Tensor  # (bins,) of the first layer
    steps: Tensor  # (bins, bins)
    own: Tensor  # (rows,) bin of each person
    who: Tensor  # (changes,) whose change
    to: Tensor  # (changes,) bin
    cost: Tensor  # (changes,) steps

    @classmethod
    def of(cls, choice: Choice, codes: Tensor) -> "_Option":
        own = codes[:, choice.place] - choice.column
        allowed = choice.steps[own]
        who, to = (allowed.isfinite() & (allowed > 0)).nonzero().unbind(1)
        columns = torch.arange(choice.column, choice.column + len(choice.steps))
        return cls(
            columns=columns, steps=choice.steps, own=own, who=who, to=to, cost=allowed[who, to]
        )


def _searched(
    first: Tensor, second: Tensor, threshold: float, codes: Tensor, options: Sequence[_Option]
) -> Tensor:
    """Return (rows,) steps for one network; first (columns, units), second (units,)."""
    hidden = sum(first.index_select(0, codes[:, j]) for j in range(codes.shape[1])) + first[-1]
    steps = torch.where(hidden.clamp(min=0) @ second > threshold, 0.0, math.inf)
    weights = [first.index_select(0, option.columns) for option in options]
    for one, own in zip(options, weights, strict=True):
        some = _left(steps, one, 0)
        inside = _inside(hidden, one, own, some).t()
        enough = second @ inside.clamp_(min=0) > threshold
        _lower(steps, one.who[some], one.cost[some], enough)
    for a, b in combinations(range(len(options)), 2):
        some = _left(steps, options[a], 2)  # two changes are two steps at least
        who = options[a].who.index_select(0, some)
        before = options[b].own.index_select(0, who)
        inside = _inside(hidden, options[a], weights[a], some)
        inside -= weights[b].index_select(0, before)
        # Units come first: sums over people and bins then run along memory.
        after = weights[b].t().contiguous().unsqueeze(1)
        whole = (inside.t().contiguous().unsqueeze(2) + after).flatten(1)
        enough = second @ whole.clamp_(min=0) > threshold
        cost = options[a].cost[some].unsqueeze(1) + options[b].steps.index_select(0, before)
        _lower(steps, who, cost, enough)
    return steps


def _left(steps: Tensor, one: _Option, most: float) -> Tensor:
    """Return which changes are of people who need more than so many steps so far."""
    return (steps > most).index_select(0, one.who).nonzero()[:, 0]


def _inside(hidden: Tensor, one: _Option, weights: Tensor, some: Tensor) -> Tensor:
    """Return (changes, units): the inputs of the hidden units after some changes."""
    who = one.who.index_select(0, some)
    inside = hidden.index_select(0, who)
    inside += weights.index_select(0, one.to.index_select(0, some))
    return inside.sub_(weights.index_select(0, one.own.index_select(0, who)))


def _lower(steps: Tensor, who: Tensor, cost: Tensor, enough: Tensor) -> None:
    """Note the least cost of changes that are enough; nobody may be left to look at."""
    if not len(who):
        return
    found = cost.flatten().masked_fill(~enough, math.inf).view(len(who), -1).amin(1)
    steps.scatter_reduce_(0, who, found, "amin")
