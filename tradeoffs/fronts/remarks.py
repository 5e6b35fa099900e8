"""Remarks: degenerate results by name, so that nobody has to find them in the numbers.

A model that answers everybody alike has no gap; a bound that never acts gives the model without
one; two settings that seeds cannot tell apart are no trade-off.  Seeds are replicates, measured on
report.  What one model can tell holds for a configuration if it holds in more than half of all its
seeds (`constant`: in every seed).  Comparisons are with the untouched model, the same setting
without constraint and privacy, paired over the seeds that both have.  Whatever lacks the seeds, the
columns or the untouched model gets no remark.

Sources: Hardt, Price, Srebro 2016, arXiv 1610.02413 (what a constant answer satisfies); Agarwal et
al. 2018, arXiv 1803.02453 (bounds by multipliers); Nadeau, Bengio 2003, Inference for the
Generalization Error (paired comparisons).
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.fields import BASELINE
from tradeoffs.fronts.objectives import ACCURACY, FAIRNESS
from tradeoffs.fronts.replicates import REPORT, Key, Replicates, keys, replicates
from tradeoffs.language.translates import translates
from tradeoffs.language.translation import mark, translate
from tradeoffs.results import TOLERANCE
from tradeoffs.stats.interval import t_quantile
from tradeoffs.stats.means import means
from tradeoffs.stats.proportions import SMALLEST_CELL

if TYPE_CHECKING:
    import pandas as pd

NEARLY = 0.01  # share of people with the rarer answer, below which a model is nearly constant
LEVEL = 0.95  # coverage of the interval of a paired difference
COMPARED = (ACCURACY.column, FAIRNESS.column)
BASELINE_KEY = {"max_gap": None, "mechanism": "none", "epsilon": math.inf}  # as keys have them
USUAL = {n: v for n, v in BASELINE.items() if n not in BASELINE_KEY}  # where they are columns


@translates("words", "when")
@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something that a result alone does not show.

    Attributes:
        name: As it stands in a table.
        words: The same for a person who looks at the model.
        when: The rule.
    """

    name: str
    words: str
    when: str

    @property
    def title(self) -> str:
        """The name for people."""
        return translate(self.name)


CONSTANT = Remark(
    name=mark("constant"),
    words="everybody gets the same answer",
    when="in every seed nobody gets another answer than the rest",
)
NEARLY_CONSTANT = Remark(
    name=mark("nearly constant"),
    words="almost everybody gets the same answer",
    when="in more than half of the seeds fewer than "
    f"{100 * NEARLY:g} % of people get another answer than the rest",
)
DOMINATED = Remark(
    name=mark("dominated by the untouched model"),
    words="less accurate, and a larger gap, than without constraint and privacy",
    when="less accurate than the model without constraint and privacy and with a larger gap, each "
    f"by more than the {100 * LEVEL:g} % interval over paired seeds",
)
WITHIN_NOISE = Remark(
    name=mark("within noise of the untouched model"),
    words="in accuracy and gap not told apart from no constraint, no privacy",
    when="neither accuracy nor gap is told apart from the model without constraint and privacy by "
    f"the {100 * LEVEL:g} % interval over paired seeds",
)
NOT_BINDING = Remark(
    name=mark("bound not binding"),
    words="the bound hardly acts on the training rows",
    when="in more than half of the seeds the model without a bound meets it in training, or under "
    "noise the multipliers of the bound stay near zero",
)
NOT_REACHED = Remark(
    name=mark("bound not reached"),
    words="the bound is not reached on the training rows",
    when="in more than half of the seeds the tracked gap is above the bound by more than "
    f"{TOLERANCE:g}, or 2 sigma_gap where that is more",
)
NOT_HELD = Remark(
    name=mark("bound not held"),
    words="a group has too few people for the bound to be held",
    when="in more than half of the seeds a group has too few people to be held",
)
NOT_MEASURABLE = Remark(
    name=mark("gap not measurable"),
    words="too few people in a group, or too few of it chosen, to measure this gap",
    when="in more than half of the seeds a group that is compared, or all groups but one, lack the "
    f"{SMALLEST_CELL} people that the notion's rate is about",
)
LEFT_OUT = Remark(
    name=mark("groups left out"),
    words="not all groups are in the gap",
    when=f"a group has fewer than {SMALLEST_CELL} of the people that the notion's rate is about, "
    "somewhere among what is compared",
)
REMARKS = (
    *(CONSTANT, NEARLY_CONSTANT, DOMINATED, WITHIN_NOISE),
    *(NOT_BINDING, NOT_REACHED, NOT_HELD, NOT_MEASURABLE, LEFT_OUT),
)
COLUMNS = (  # of results that earn remarks; of texts it counts whether there is one
    *("selection_rate", "bound_binding", "bound_reached", "bound_unheld", "groups_left_out"),
    *COMPARED,
)
DETAILS = {NOT_MEASURABLE: "gap_not_measurable", LEFT_OUT: "groups_left_out"}  # columns of texts
Remarks = tuple[Remark, ...]  # in the order of the catalogue


def remarks(results: Replicates) -> dict[Key, Remarks]:
    """Return the remarks on each configuration, by its key; of COLUMNS, absent ones give none."""
    held = _of_configurations(results) | _comparisons(results)
    return {key: _chosen(held, row) for row, key in enumerate(results.keys)}


def remark_column(
    results: "pd.DataFrame", configuration: Sequence[str], *, compared: bool = True
) -> "pd.Series":
    """Return the remarks on the model of each row as text, joined by '; '; '' if there are none.

    Groups that are too small are named with their size, as the results name them.  What one model
    can tell is told of the row's own seed; comparisons are of its configuration, and left out
    unless `compared`, as where the untouched model may not be among the results.
    Raises InvalidInput if a column of the configuration is missing, or it names a model twice.
    """
    import pandas as pd

    there = [name for name in COLUMNS if name in results]
    laid_out = replicates(results, configuration, there)
    row = {key: k for k, key in enumerate(laid_out.keys)}
    column = {seed: k for k, seed in enumerate(laid_out.seeds.tolist())}
    cells = [
        (row[key], column[seed])
        for key, seed in zip(keys(results.loc[:, [*configuration]]), results["seed"], strict=True)
    ]
    shape = laid_out.present[REPORT].shape
    between = _comparisons(laid_out) if compared else {}
    held = {remark: np.broadcast_to(flag[:, None], shape) for remark, flag in between.items()}
    held |= _of_models(laid_out)
    texts = results.reindex(columns=list(DETAILS.values())).to_dict("records")
    told = [
        "; ".join(_detailed(remark, text) for remark in _chosen(held, cell))
        for cell, text in zip(cells, texts, strict=True)
    ]
    return pd.Series(told, index=results.index, dtype=object)


def _detailed(remark: Remark, texts: Mapping[Hashable, object]) -> str:
    detail = texts.get(DETAILS.get(remark))
    return f"{remark.name} ({detail})" if isinstance(detail, str) else remark.name


def in_text(found: Remarks) -> str:
    """Return the names of remarks, joined by '; '."""
    return "; ".join(remark.name for remark in found)


def _column(results: Replicates, name: str) -> np.ndarray:
    """Return a column on report: (configurations, seeds), NaN where there is none."""
    known = name in results.columns
    return results.of(name)[REPORT] if known else np.full(results.present[REPORT].shape, np.nan)


def _of_models(results: Replicates) -> dict[Remark, np.ndarray]:
    """Return which remarks each model earns by itself: (configurations, seeds) bool each."""
    rate, binding, reached, unheld, left_out, accuracy, gap = (
        _column(results, name) for name in COLUMNS
    )
    # Not of models that diverged, of which nothing is known.
    missing = np.isnan(gap) & ~np.isnan(accuracy) & (FAIRNESS.column in results.columns)
    rarer = np.minimum(rate, 1 - rate)  # NaN, as every missing value, compares as False
    return {
        CONSTANT: rarer == 0,
        NEARLY_CONSTANT: (rarer > 0) & (rarer < NEARLY),
        NOT_BINDING: binding == 0,
        NOT_REACHED: reached == 0,
        NOT_HELD: unheld == 1,
        NOT_MEASURABLE: missing,
        LEFT_OUT: left_out == 1,
    }


def _of_configurations(results: Replicates) -> dict[Remark, np.ndarray]:
    """Return which remarks the seeds of each configuration earn together: (configurations,)."""
    own = _of_models(results)
    seeds = results.present[REPORT].sum(axis=1)
    most = {remark: 2 * flag.sum(axis=1) > seeds for remark, flag in own.items()}
    most[CONSTANT] = (seeds > 0) & (own[CONSTANT].sum(axis=1) == seeds)
    alike = (own[CONSTANT] | own[NEARLY_CONSTANT]).sum(axis=1)
    most[NEARLY_CONSTANT] = (2 * alike > seeds) & ~most[CONSTANT]
    return most


def _comparisons(results: Replicates) -> dict[Remark, np.ndarray]:
    """Return which configurations the untouched model dominates or resembles: (configurations,)."""
    twin = _untouched(results)
    there = results.present[REPORT]
    both = there & there[twin] & (twin >= 0)[:, None]
    values = np.stack([_column(results, name) for name in COMPARED], axis=-1)
    found = means(values - values[twin], both)
    seeds = found.seeds[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        half = found.sd / np.sqrt(seeds) * t_quantile(seeds - 1, LEVEL)
    told = np.isfinite(found.mean) & np.isfinite(half)  # no interval below two seeds
    apart = told & (np.abs(found.mean) > half)
    worse = apart & (found.mean * (-1.0, 1.0) > 0)  # less accurate, larger gap
    return {
        DOMINATED: worse.all(axis=1),
        WITHIN_NOISE: told.all(axis=1) & ~apart.any(axis=1),
    }


def _untouched(results: Replicates) -> np.ndarray:
    """Return the row of each configuration's untouched model: (configurations,), -1 without one."""
    names, known = results.configuration, results.keys
    if not set(BASELINE_KEY) <= set(names):
        return np.full(len(known), -1)
    row = {key: k for k, key in enumerate(known)}
    plain = USUAL | BASELINE_KEY
    twins = [tuple(plain.get(n, v) for n, v in zip(names, key, strict=True)) for key in known]
    return np.array(
        [-1 if twin == key else row.get(twin, -1) for key, twin in zip(known, twins, strict=True)],
        dtype=int,
    )


def _chosen(held: Mapping[Remark, np.ndarray], at: int | tuple[int, int]) -> Remarks:
    return tuple(remark for remark in REMARKS if remark in held and held[remark][at])
