"""Memorisation: what a model knows of the people it was trained on and of nobody else.

Models are trained on random halves of a pool, as in `tradeoffs.experiments.attack`, so that each
person is a member of half of the models and a stranger to the others: what separates the two is
memory, not who the people are.  The attack is LiRA (Carlini et al. 2022, arXiv 2112.03570); the gap
in accuracy is that of Yeom et al. 2018, arXiv 1709.01604.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from tradeoffs.attacks.membership import confidence, membership_mask, train_on_members
from tradeoffs.attacks.scores import PER_PERSON, lira
from tradeoffs.catalogue import require_known
from tradeoffs.data.table import Table
from tradeoffs.engine.recipe import RECIPE_VERSION, recipe
from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.experiments.fit import model_spec
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.experiments.training_data import training_table
from tradeoffs.scenario import Scenario, digest
from tradeoffs.stats.auc import counted_area
from tradeoffs.stats.interval import t_quantile
from tradeoffs.stats.jackknife import two_way
from tradeoffs.stats.proportions import SMALLEST_CELL

MODELS = 32
LEFT_OUT = 16  # groups of models, and of people, for the jackknife
ROWS = (200, 600, 2000)
WIDTHS = (0, 4, 16, 64)
EVERYONE, DIFFERENCE = "everyone", "difference"
WHAT = ("trained", "new", "gap", "attack", "grown")
ROLES = ("smallest", "largest", "both")  # of groups that are compared
RIDGE = {"with": 1.0, "without": 0.0}  # times the recipe's ridge
Setting = tuple[int, str]  # width and ridge


def answer(scenario: Scenario, along: str, ridge: str) -> list[dict[str, Any]]:
    """Return accuracy on members and on others, their gap, and the attack's area.

    Columns: `rows`, `width`, `ridge` (with, without, or "difference": without minus with), `group`
    (everyone, a group of the protected attribute, or "difference": the smallest group that can be
    measured minus the largest), `what` (trained: share of correct predictions about members; new:
    about others; gap: trained minus new; attack: area under the curve of membership inference, 0.5
    is guessing; grown: the gap minus that of the smallest model), `value`, `low`, `high` (95 % over
    models and people), `compared` (smallest, largest, both or alone), `small` and `large`,
    their names, and `records`: people of the group, or of both, in the pool.

    Args:
        scenario: rows of each training, half of the pool; width, protected attribute; without a
            mechanism.
        along: "rows" or "width", which takes the values of ROWS or WIDTHS.
        ridge: "with" or "without" what keeps weights small, or "both".

    Raises:
        InvalidInput: a mechanism, or an unknown option.
        NotMeasurable: a model diverged.
    """
    if scenario.mechanism != "none":
        raise InvalidInput("only_with", field="mechanism", value=scenario.mechanism, wanted="none")
    require_known("along", along, ("rows", "width"))
    require_known("ridge", ridge, (*RIDGE, "both"))
    rows = ROWS if along == "rows" else (scenario.rows,)
    widths = WIDTHS if along == "width" else (scenario.width,)
    kept = tuple(RIDGE) if ridge == "both" else (ridge,)
    return [row for size in rows for row in _pool(scenario.but(rows=size), widths, kept)]


def _pool(
    scenario: Scenario, widths: Sequence[int], kept: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of one pool; its networks are trained side by side."""
    pool = training_table(scenario.but(rows=2 * scenario.rows))
    member = membership_mask(pool.row_id, MODELS, scenario.seed)
    sure: dict[Setting, np.ndarray] = {}
    for kind in ([w for w in widths if not w], [w for w in widths if w]):
        settings = [(width, ridge) for width in kind for ridge in kept]
        sure |= zip(settings, _confidences(scenario, pool, member, settings), strict=True)
    for row in figures(sure, member, _groups(pool, scenario.protected)):
        yield {"rows": scenario.rows} | row


def _confidences(
    scenario: Scenario, pool: Table, member: np.ndarray, settings: Sequence[Setting]
) -> list[np.ndarray]:
    """Return for each setting (models, people) how sure each model is of each person's answer."""
    if not settings:
        return []
    plans = [resolve(scenario.but(width=width)) for width, _ in settings]
    specs = [
        replace(spec, ridge=RIDGE[ridge] * spec.ridge)
        for spec, (_, ridge) in zip(map(model_spec, plans), settings, strict=True)
    ]
    keys = [digest(["memorisation", plan.model_key, RECIPE_VERSION]) for plan in plans]
    how = recipe(scenario.rows, settings[0][0], None)
    with one_core():
        trained = train_on_members(
            pool, scenario.protected, member, specs, keys, how, scenario.seed
        )
        sure = [
            confidence(list(vectors), width, pool)
            for vectors, (width, _) in zip(zip(*trained, strict=True), settings, strict=True)
        ]
    if not all(np.isfinite(one).all() for one in sure):
        raise NotMeasurable("confidence_diverged")
    return sure


def _groups(pool: Table, protected: str) -> dict[str, np.ndarray]:
    """Return everyone and each group that can be measured, as bool (people,)."""
    codes, names = pool.group_of(protected)
    found = {name: codes == place for place, name in enumerate(names)}
    return {EVERYONE: np.full(pool.rows, True)} | {
        name: inside for name, inside in found.items() if inside.sum() >= SMALLEST_CELL
    }


def figures(
    sure: Mapping[Setting, np.ndarray], member: np.ndarray, groups: Mapping[str, np.ndarray]
) -> Iterator[dict[str, Any]]:
    """Yield the figures of settings and groups, and of their differences, with intervals.

    Args:
        sure: (models, people) of each setting, in logits of the true label; widths from small to
            large.
        member: (models, people) bool.
        groups: name -> bool (people,), EVERYONE first.
    """
    sizes = {name: int(inside.sum()) for name, inside in groups.items()}
    order = sorted(list(groups)[1:], key=lambda name: sizes[name])
    apart = (order[0], order[-1]) if len(order) > 1 else None
    if apart:
        sizes[DIFFERENCE] = sizes[apart[0]] + sizes[apart[1]]
    parts = {setting: _parts(one, member, groups) for setting, one in sure.items()}

    def of(kept: np.ndarray) -> np.ndarray:
        told = {
            setting: _with_difference(
                {name: one.figures(kept[:, groups[name]]) for name, one in own.items()}, apart
            )
            for setting, own in parts.items()
        }
        return np.concatenate([*_with_contrasts(told).values()], axis=None)

    values = of(np.full(member.shape, True))
    half = t_quantile(LEFT_OUT - 1) * two_way(of, *member.shape, groups=LEFT_OUT)
    settings = list(_with_contrasts(dict.fromkeys(sure, np.zeros((1, len(WHAT) - 1)))))
    cells = product(settings, sizes, WHAT)
    compared = dict(zip((*(apart or ()), DIFFERENCE), ROLES, strict=False))
    for ((width, ridge), group, what), value, error in zip(cells, values, half, strict=True):
        yield {
            "width": width,
            "ridge": ridge,
            "group": group,
            "what": what,
            "value": float(value),
            "low": float(value - error),
            "high": float(value + error),
            "compared": compared.get(group, "alone"),
            "small": apart and apart[0],
            "large": apart and apart[1],
            "records": sizes[group],
        }


def _with_difference(told: dict[str, np.ndarray], apart: tuple[str, str] | None) -> np.ndarray:
    """Return (groups, figures), with the smallest group minus the largest behind them."""
    if apart:
        told[DIFFERENCE] = told[apart[0]] - told[apart[1]]
    return np.stack([*told.values()])


def _with_contrasts(told: dict[Setting, np.ndarray]) -> dict[Setting, np.ndarray]:
    """Return the figures with how far the gap grew with size, and without ridge minus with it."""
    gap, smallest = WHAT.index("gap"), {ridge: one for (_, ridge), one in reversed(told.items())}
    grown = {
        (width, ridge): np.column_stack([one, one[:, gap] - smallest[ridge][:, gap]])
        for (width, ridge), one in told.items()
    }
    without = {width: one for (width, ridge), one in grown.items() if ridge == "without"}
    contrasts = {
        (width, DIFFERENCE): without[width] - one
        for (width, ridge), one in grown.items()
        if ridge == "with" and width in without
    }
    return grown | contrasts


def _parts(
    sure: np.ndarray, member: np.ndarray, groups: Mapping[str, np.ndarray]
) -> "dict[str, _Part]":
    score = lira(sure, member, len(member) >= PER_PERSON)
    return {
        name: _Part(sure[:, inside] > 0, score[:, inside], member[:, inside])
        for name, inside in groups.items()
    }


class _Part:
    """Decisions about some people: who was right, and how the attack ranks them.

    Args:
        right: (models, people) bool.
        score: of the attack, NaN where it tells nothing.
        member: (models, people) bool.
    """

    def __init__(self, right: np.ndarray, score: np.ndarray, member: np.ndarray) -> None:
        """Rank the scores once."""
        self.right, self.member, self.known = right, member, ~np.isnan(score)
        distinct, self.ranks = np.unique(score, return_inverse=True)
        self.ranks = self.ranks.reshape(score.shape)
        self.distinct = len(distinct)

    def figures(self, kept: np.ndarray) -> np.ndarray:
        """Return trained, new, gap and attack of the decisions kept, (models, people) bool."""
        sides = [kept & some for some in (self.member, ~self.member)]
        trained, new = (float(self.right[some].mean()) for some in sides)
        hits, alarms = (
            np.bincount(self.ranks[some & self.known], minlength=self.distinct) for some in sides
        )
        return np.array([trained, new, trained - new, float(counted_area(hits, alarms))])
