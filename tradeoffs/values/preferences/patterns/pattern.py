"""What a pattern is: a catalogue entry that ranks distributions of utility over groups."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tradeoffs.language.translates import translates


@translates("title", "help")
@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """The one number that a pattern depends on."""

    title: str
    help: str
    default: float
    low: float
    high: float


@translates("title", "words", "help", "formula")
@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """One view of what makes a distribution of utility good, as a catalogue entry.

    Groups count alike, however many people are in them, and no group has a place of its own.

    Attributes:
        name: key of the catalogue.
        title: the field's term.
        words: what it looks at, within a sentence.
        help: one or two sentences.
        formula: of the score, for the mean utility u_g of group g.
        source: where it is defined.
        score: (settings,) of utilities (settings, groups) and the parameter; higher is better,
            NaN where the utility of a group is not measurable.
        of: whose utility counts: everybody's, or that of those for whom yes is right.
        parameter: what else it depends on; None where nothing.
        levels_down: whether it may rank a setting higher in which nobody is better off.
    """

    name: str
    title: str
    words: str
    help: str
    formula: str
    source: str
    score: Callable[[np.ndarray, float], np.ndarray]
    of: Literal["people", "claimants"] = "people"
    parameter: Parameter | None = None
    levels_down: bool = False
