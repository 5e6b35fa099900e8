"""Recourse: how far people who are refused are from the positive decision.

The cost is the smallest number of steps, over all changes of one or two of the features that a
person could change, after which the model decides positively.  All changes are looked at, so the
cost is exact; who gets there by no such change is out of reach and has no cost.

For logistic regressions gains add up, so the best gain for so many steps is a table over the bins
of two features, and every row is looked up in it.  For networks every change of one feature is
computed, and of two features every one that could be enough.

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
from torch.nn.functional import embedding_bag

from tradeoffs.data.cases import Action
from tradeoffs.data.table import Feature
from tradeoffs.stats.proportions import SMALLEST_CELL

ROUNDING = 1e-5  # of the largest logit that the units could give: more than float32 loses


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
    options, steps = _laid_out(codes, open_to)
    moves = _moves(first, open_to)
    most = (moves * second.unsqueeze(1)).clamp_(min=0).sum(2).masked_fill_(steps.isinf(), -math.inf)
    found = [
        _searched(_Network(f.contiguous(), s, -float(b), *m), codes, options, steps)
        for f, s, b, *m in zip(first.unbind(1), second, bias, moves, most, strict=True)
    ]
    return torch.stack(found)


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


class _Option(NamedTuple):
    """A choice, and what the people of a table can make of it."""

    columns: slice  # of the first layer
    own: Tensor  # (rows,) column of each person
    places: Tensor  # (bins, rows) in the list of all changes, from each person's bin
    cost: Tensor  # (bins, rows) steps, inf: no such change


class _Network(NamedTuple):
    """One network, and what every change of one feature does in it."""

    first: Tensor  # (columns, units), the bias as its last column
    second: Tensor  # (units,)
    threshold: float  # above which the answer is positive
    moves: Tensor  # (changes, units) added to the inputs of the units
    most: Tensor  # (changes,) that each can add to any logit, -inf: no such change


def _laid_out(codes: Tensor, open_to: Sequence[Choice]) -> tuple[list[_Option], Tensor]:
    """Return the options and the list of all changes, from every bin to every bin, as steps."""
    steps = torch.cat([torch.empty(0), *(choice.steps.flatten() for choice in open_to)])
    steps = steps.masked_fill(steps == 0, math.inf)
    found, passed = [], 0
    for choice in open_to:
        bins, own = len(choice.steps), codes[:, choice.place]
        places = passed + (own - choice.column) * bins + torch.arange(bins).unsqueeze(1)
        columns = slice(choice.column, choice.column + bins)
        found.append(_Option(columns, own, places, steps[places]))
        passed += bins * bins
    return found, steps


def _moves(first: Tensor, open_to: Sequence[Choice]) -> Tensor:
    """Return (models, changes, units): what each change adds to the inputs of the units."""
    by_model = first.transpose(0, 1)
    own = [by_model[:, c.column : c.column + len(c.steps)] for c in open_to]
    moves = [(w.unsqueeze(1) - w.unsqueeze(2)).flatten(1, 2) for w in own]
    return torch.cat([by_model[:, :0], *moves], 1)


def _searched(at: _Network, codes: Tensor, options: Sequence[_Option], costs: Tensor) -> Tensor:
    """Return (rows,) steps for one network; `costs` of all changes."""
    hidden = embedding_bag(codes, at.first, mode="sum") + at.first[-1]
    steps = torch.where(hidden.clamp(min=0) @ at.second > at.threshold, 0.0, math.inf)
    alone = [_alone(at, hidden, option) for option in options]
    for option, one in zip(options, alone, strict=True):
        cost = option.cost.masked_fill(~(one.logit > at.threshold), math.inf)
        steps = torch.minimum(steps, cost.amin(0))
    who, one, other = _hopeful(at, hidden, alone, steps)
    cost = costs.index_select(0, one) + costs.index_select(0, other)
    some = (cost < steps.index_select(0, who)).nonzero()[:, 0]
    who, one, other, cost = (part.index_select(0, some) for part in (who, one, other, cost))
    parts = torch.stack((who, len(hidden) + one, len(hidden) + other), 1)
    inside = embedding_bag(parts, torch.cat((hidden, at.moves)), mode="sum")
    cost.masked_fill_(~(inside.clamp_(min=0) @ at.second > at.threshold), math.inf)
    return steps.scatter_reduce_(0, who, cost, "amin")


class _Alone(NamedTuple):
    """One change alone, of every person to every bin; all (bins, rows)."""

    places: Tensor  # in the list of all changes
    logit: Tensor  # after it, without the last bias
    most: Tensor  # that it adds to any logit, -inf: no such change

    def of(self, rows: Tensor) -> "_Alone":
        return _Alone(*(part.index_select(1, rows) for part in self))


def _alone(at: _Network, hidden: Tensor, option: _Option) -> _Alone:
    # Units come first and people last: sums then run along memory.
    without = (hidden - at.first.index_select(0, option.own)).t().contiguous()
    whole = without.unsqueeze(1) + at.first[option.columns].t().unsqueeze(2)
    logit = (at.second @ whole.clamp_(min=0).flatten(1)).view(-1, len(hidden))
    return _Alone(option.places, logit, at.most[option.places])


def _hopeful(
    at: _Network, hidden: Tensor, alone: Sequence[_Alone], steps: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Return person and both places of the pairs of changes that could be enough.

    A ReLU moves by no more than its input, and never the other way.  So whatever else a person
    changes, a change adds no more than the parts of it that point to the positive decision, and
    few pairs need a look.
    """
    # Sums in another order differ by rounding, which must not leave anything out.
    least = at.threshold - ROUNDING * float(hidden.abs().amax(0) @ at.second.abs())
    left = (steps > 2).nonzero()[:, 0]  # two changes are two steps at least
    alone = [one.of(left) for one in alone]
    found = [(left[:0],) * 3, *(_paired(*pair, least) for pair in combinations(alone, 2))]
    who, one, other = (torch.cat(parts) for parts in zip(*found, strict=True))
    return left.index_select(0, who), one, other


def _paired(one: _Alone, other: _Alone, least: float) -> tuple[Tensor, Tensor, Tensor]:
    able = (one.logit + other.most.amax(0) > least) & (one.most + other.logit.amax(0) > least)
    i, who = able.nonzero().unbind(1)
    theirs = other.of(who)
    able = one.logit[i, who] + theirs.most > least
    able &= one.most[i, who] + theirs.logit > least
    j, k = able.nonzero().unbind(1)
    who = who.index_select(0, k)
    return who, one.places[i[k], who], theirs.places[j, k]
