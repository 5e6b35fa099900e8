"""Evaluation: every measured quantity of many models on one table, without a loop over models.

The rows of `select` and `report` are other people than those trained on: no promise of privacy
covers them, and exact figures are shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from tradeoffs.data.cases import Action
from tradeoffs.data.report_people import order_by_id
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.consistency import consistency, flip_rate, neighbours
from tradeoffs.engine.overall import calibration_error, loss_by_fold, overall
from tradeoffs.engine.population import cut, logits
from tradeoffs.values.explanations.attribution import attributions, importance
from tradeoffs.values.explanations.catalogue import METRICS
from tradeoffs.values.explanations.fidelity import Half, fidelity, halves
from tradeoffs.values.explanations.metric import ExplainedModels
from tradeoffs.values.explanations.recourse import Choice, choices
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import COUNTS, WEIGHTED, GroupCounts

EXPLAINED_ROWS = 256  # over which attributions are averaged and recourse is looked for
ASKED_ROWS = 512  # people whose decisions are compared with another attribute and with neighbours
CHUNK = 64  # models at once, which bounds memory
EXPLAINED_UNITS = 512  # at once while explanations are taken, which stay in the cache


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class EvaluationSet:
    """A table laid out for measuring: what does not depend on the models is computed once.

    Rows are in an order drawn from their ids, so that halves of them are alike.
    """

    table: Table
    codes: torch.Tensor  # (rows, features + 1) int32, the bias column last
    label: torch.Tensor  # (rows,) float32
    positives: torch.Tensor  # int64, rows with a positive label
    negatives: torch.Tensor  # int64, the others
    halves: tuple[Half, Half]
    membership: Mapping[str, np.ndarray]  # attribute -> (rows, groups) float32 of 0 and 1
    groups: Mapping[str, tuple[str, ...]]
    explained: torch.Tensor  # (<= EXPLAINED_ROWS, features) int64
    choices: tuple[Choice, ...]  # what people could change
    near: np.ndarray  # (<= ASKED_ROWS, k), the nearest of the first rows among themselves

    @classmethod
    def of(
        cls, table: Table, protected: Sequence[str], actions: Sequence[Action] = ()
    ) -> "EvaluationSet":
        """Lay out a table for the groups of some attributes and crossings."""
        table = order_by_id(table)
        codes = torch.from_numpy(active_columns(table))
        flat = codes[:, :-1].long()
        design = torch.zeros(table.rows, table.columns).scatter_(1, flat, 1.0)
        members, groups = {}, {}
        for attribute in protected:
            group, names = table.group_of(attribute)
            members[attribute] = np.eye(len(names), dtype=np.float32)[group]
            groups[attribute] = names
        return cls(
            table=table,
            codes=codes,
            label=torch.from_numpy(table.label).float(),
            positives=torch.from_numpy(table.label.nonzero()[0]),
            negatives=torch.from_numpy((~table.label).nonzero()[0]),
            halves=halves(design),
            membership=members,
            groups=groups,
            explained=flat[:EXPLAINED_ROWS],
            choices=choices(table.features, actions),
            near=neighbours(flat[:ASKED_ROWS].numpy()),
        )


Rule = Callable[[np.ndarray], np.ndarray]  # one model's logits (1, rows) -> who is chosen


@torch.no_grad()
def evaluate(
    vectors: Sequence[torch.Tensor],
    widths: Sequence[int],
    at: EvaluationSet,
    rules: Sequence[Rule | None] | None = None,
    by_fold: bool = False,
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Measure models, whatever their seed and width.

    Where a rule decides beside the score, what asks the score alone for decisions is not
    measurable: flips by the attribute and recourse.

    Args:
        vectors: parameter vectors.
        widths: hidden units of each.
        at: the table to measure on.
        rules: how each model's scores become decisions; None: positive above one half.
        by_fold: whether to tell the log-loss of each fold of people, too.

    Returns:
        Columns of figures, each (models,) float64 with NaN where a quantity is not measurable,
        and the decisions as packed bits, uint8 (models, ceil(rows / 8)), in the yardstick's order.
    """
    parts = []
    for a in range(0, len(vectors), CHUNK):
        some, width = vectors[a : a + CHUNK], widths[a : a + CHUNK]
        own = [None] * len(some) if rules is None else list(rules[a : a + CHUNK])
        logit = logits(some, width, at.codes)
        decided = decisions(logit, own)
        figures, bits = measure(logit, at, decided)
        figures |= explanations(some, width, at) | _individuals(some, width, at, decided)
        if by_fold:
            weight = at.table.sample_weight
            figures |= loss_by_fold(
                logit, at.label, None if weight is None else torch.from_numpy(weight)
            )
        _only_of_the_score(figures, [rule is not None for rule in own], logit, decided)
        parts.append((figures, bits))
    figures = {name: np.concatenate([p[0][name] for p in parts]) for name in parts[0][0]}
    return figures, np.concatenate([p[1] for p in parts])


def decisions(logit: torch.Tensor, rules: Sequence[Rule | None]) -> torch.Tensor:
    """Return (models, rows) bool: who is decided positive, by each model's own rule."""
    decided = logit > 0
    for m, rule in enumerate(rules):
        if rule is not None:
            decided[m] = torch.from_numpy(rule(logit[m : m + 1].numpy()))[0]
    return decided


def _only_of_the_score(
    figures: dict[str, np.ndarray],
    ruled: Sequence[bool],
    logit: torch.Tensor,
    decided: torch.Tensor,
) -> None:
    """Tell how often a rule overrules the score, and take back what asks the score alone."""
    overruled = ((logit > 0) != decided).double().mean(1).numpy()
    figures["overruled"] = np.where(ruled, overruled, np.nan)
    for name, values in figures.items():
        if name.startswith(("flip_rate[", "recourse_")):
            values[np.asarray(ruled)] = np.nan


def measure(
    logit: torch.Tensor, at: EvaluationSet, decided: torch.Tensor | None = None
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Measure what follows from logits and decisions (models, rows) alone; returns as `evaluate`.

    Decisions that are not given are positive above a logit of 0.
    """
    decided = logit > 0 if decided is None else decided
    bits = np.packbits(decided.numpy(), axis=1)
    weight = at.table.sample_weight
    of_rows = None if weight is None else torch.from_numpy(weight)
    found = overall(logit, decided, at.label, (at.positives, at.negatives), of_rows)
    found |= fidelity(at.halves, bits).columns()
    chance = torch.sigmoid(logit.double()).numpy()
    found["calibration_error"] = calibration_error(chance, at.label.numpy(), weight)
    everybody = np.concatenate(list(at.membership.values()), axis=1)  # of all attributes at once
    decision = decided.float().numpy()
    counts = GroupCounts.of(decision, chance, at.label.numpy(), everybody, weight)
    first = 0
    for attribute, names in at.groups.items():
        found |= group_figures(counts.some(slice(first, first + len(names))), at, attribute)
        first += len(names)
    return found, bits


def group_figures(counts: GroupCounts, at: EvaluationSet, attribute: str) -> dict[str, np.ndarray]:
    """Return gaps and counts for one attribute, in columns named like `metric[attribute]`.

    Args:
        counts: of the attribute's groups.
        at: the table.
        attribute: one of the yardstick's.
    """
    figures = {f"{n.metric}[{attribute}]": n.measure(counts) for n in NOTIONS.values() if n.gap}
    for prefix, of in (("", counts), (WEIGHTED, counts.weighted)):
        for field in COUNTS if of else ():
            values = getattr(of, field)
            for j, name in enumerate(at.groups[attribute]):
                figures[f"{prefix}{field}[{attribute}={name}]"] = values[:, j]
    return figures


def _individuals(
    vectors: Sequence[torch.Tensor], widths: Sequence[int], at: EvaluationSet, decided: torch.Tensor
) -> dict[str, np.ndarray]:
    codes = at.codes[: len(at.near)]
    found = {
        f"flip_rate[{attribute}]": flip_rate(vectors, widths, at.table, codes, attribute)
        for attribute in at.membership
    }
    decision = decided[:, : len(at.near)].double().numpy()
    return found | {"consistency": consistency(decision, at.near)}


def explanations(
    vectors: Sequence[torch.Tensor], widths: Sequence[int], at: EvaluationSet
) -> dict[str, np.ndarray]:
    """Return what is measured of explanations, in columns; models of one width at a time."""
    found: dict[str, np.ndarray] = {}
    for width in set(widths):
        which = [m for m, w in enumerate(widths) if w == width]
        for part in cut(which, [max(width, 1)] * len(which), EXPLAINED_UNITS):
            for name, values in _explanations([vectors[m] for m in part], width, at).items():
                whole = found.setdefault(name, np.full(len(vectors), np.nan))
                whole[part] = values.double().numpy()
    return found


def _explanations(
    vectors: Sequence[torch.Tensor], width: int, at: EvaluationSet
) -> dict[str, torch.Tensor]:
    first, second = layers(vectors, width)
    sizes = [len(feature.labels) for feature in at.table.features]
    values = attributions(first, second, at.explained, sizes)
    shares = importance(values)
    figures = {f"attribution[{f.name}]": shares[:, j] for j, f in enumerate(at.table.features)}
    figures |= {m.name: m.of(values) for m in METRICS.values() if m.of is not None}
    models = ExplainedModels(
        first=first,
        second=second,
        bias=torch.stack([vector[-1] for vector in vectors]),
        codes=at.explained,
        sizes=sizes,
        choices=at.choices,
        membership=at.membership,
    )
    for metric in METRICS.values():
        figures |= metric.measure(models) if metric.measure else {}
    return figures


def layers(vectors: Sequence[torch.Tensor], width: int) -> tuple[torch.Tensor, torch.Tensor | None]:
    """Return the first layer (columns, models, units) and the second (models, units) or None."""
    whole = torch.stack(list(vectors))
    if not width:
        return whole.t().unsqueeze(2), None
    first = whole[:, : -width - 1].reshape(len(whole), -1, width)
    return first.transpose(0, 1), whole[:, -width - 1 : -1]
