"""Metric: one measured quantity of a model's explanations, and what a person needs to know of it.

Free of torch, so that pages can read it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tradeoffs.language.translates import translates

if TYPE_CHECKING:
    import numpy as np
    from torch import Tensor

    from tradeoffs.values.explanations.recourse import Choice


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ExplainedModels:
    """Models of one width, and the test rows that they are explained on.

    Attributes:
        first: (columns, models, units) first layer, the bias as its last column.
        second: (models, units) second layer; None for logistic regression.
        bias: (models,) of the answer.
        codes: (rows, features) int64, the column that each feature holds.
        sizes: How many columns each feature has.
        choices: What people could change.
        membership: (table rows, groups) of 0 and 1 of each attribute; the rows are the first.
    """

    first: Tensor
    second: Tensor | None
    bias: Tensor
    codes: Tensor
    sizes: Sequence[int]
    choices: Sequence[Choice]
    membership: Mapping[str, np.ndarray]


@translates("title", "words", "unit", "help", "formula", "undefined", "also")
@dataclass(frozen=True, kw_only=True, slots=True)
class ExplanationMetric:
    """One measured quantity of a model's explanations.

    Attributes:
        name: Key of the catalogue, and column of the results where there is one.
        title: Name on screen.
        words: What moving along an axis in the direction `better` means.
        better: Which end a front looks for; a convention, not a judgement.
        unit: Unit of the value.
        help: One or two sentences for a person.
        formula: In letters: models m, rows i, features j, attributions phi, logit z.
        source: Where the quantity is defined.
        undefined: What a missing value means, in words.
        ideal: Value that an axis counts as the best possible one.
        reference: Value at and beyond which an axis counts nothing.
        also: Other names of it on screen.
        column: Whether every result has it, so that it can be an axis; else it compares models.
        needs_actions: Whether it is measured only where a table says what people could change.
        measure: Columns by name, each (models,), of what needs more than attributions.
        of: The quantity of models, (models,), from their attributions (models, rows, features) of
            test rows, NaN where it is undefined.
    """

    name: str
    title: str
    words: str
    better: Literal["high", "low"]
    unit: str
    help: str
    formula: str
    source: str
    undefined: str
    ideal: float
    reference: float
    column: bool = True
    needs_actions: bool = False
    also: tuple[str, ...] = ()
    of: Callable[[Tensor], Tensor] | None = None
    measure: Callable[[ExplainedModels], dict[str, Tensor]] | None = None
