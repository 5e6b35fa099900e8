"""Metric: one measured quantity of a model's explanations, and what a person needs to know of it.

Free of torch, so that pages can read it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from torch import Tensor


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
        of: The quantity of models, (models,), from their attributions (models, rows, features) of
            test rows, NaN where it is undefined; None: it needs more than attributions.
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
    also: tuple[str, ...] = ()
    of: "Callable[[Tensor], Tensor] | None" = None
