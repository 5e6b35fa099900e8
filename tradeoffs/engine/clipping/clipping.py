"""What a way of clipping is: an entry, and how its bounds follow from counts of long gradients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tradeoffs.language.translates import translates

if TYPE_CHECKING:
    from torch import Tensor


class Bounds(NamedTuple):
    """The bounds of a step, each of or broadcast to (seeds, groups, settings)."""

    most: Tensor  # longest gradient after clipping
    reach: Tensor  # longest gradient that is not clipped, but scaled by most / reach
    able: Tensor  # bool, groups whose bound could be told from the noise


@dataclass(frozen=True, kw_only=True, slots=True)
class ClippingStatistics:
    """What noisy counts told of one model's clipping; post-processing, so it costs nothing.

    Attributes:
        bounds: longest gradient of each group after clipping, mean over the remembered steps.
        reach: a gradient as long as that is scaled to the bound; mean over the same steps.
        known: groups whose share could be told from the noise.
    """

    bounds: tuple[float, ...]
    reach: float
    known: tuple[bool, ...]


class ClippingState(Protocol):
    """What a population's adaptive clipping holds, of or broadcast to (seeds, groups, settings)."""

    norm: Tensor  # clip norms
    reach: Tensor  # longest gradient that is not clipped
    able: Tensor  # bool, groups whose bound could be told from the noise
    sigma: Tensor  # of the noise on counts
    counts: Tensor  # (2, ...), moving averages of noisy counts: longer, not longer
    expected: float  # rows of a batch

    @property
    def smooth(self) -> float:
        """The standard deviation of a moving average of noise, of that of one step's noise."""
        ...

    @property
    def filled(self) -> float:
        """How much of the moving averages is filled, which began at 0."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Adaptation:
    """How bounds follow from counts of long gradients, which `AdaptiveClipping` releases.

    Each function is given the state of a whole population's clipping and returns an answer for all
    of its settings; that of the settings which clip this way is used.  Nothing else of private
    rows may be read: the counts are what is accounted for.

    Attributes:
        numbers: how many counts are released at each step, of how many groups there are.
        limit: the length, of or broadcast to (seeds, groups, settings), above which a gradient is
            counted as long.
        gather: the counts that are released, of (2, seeds, groups, settings) counts of longer
            gradients and others in each group; what is not released is 0, and the first `numbers`
            of the two by groups are.
        follow: the bounds of the next step, of the counts (2, seeds, groups, settings) as released.
        facts: what is told of a model, of what was seen, the attribute and its groups' names.
    """

    numbers: Callable[[int], int]
    limit: Callable[[ClippingState], Tensor]
    gather: Callable[[Tensor], Tensor]
    follow: Callable[[ClippingState, Tensor], Bounds]
    facts: Callable[[ClippingStatistics, str, Sequence[str]], dict[str, float | str]]


@translates("title", "help", "releases", "formula")
@dataclass(frozen=True, kw_only=True, slots=True)
class Clipping:
    """One way of clipping, as a catalogue entry.

    Attributes:
        name: as in a scenario.
        title: for people.
        help: one or two sentences.
        needs_group: whether it looks at each person's group in training.
        releases: what is released beside the gradient at each step; empty if nothing.
        formula: of one person's gradient g, with clip norm C.
        source: where it is defined.
        adaptation: how its bounds follow from what is released; None where they are fixed.
    """

    name: str
    title: str
    help: str
    needs_group: bool = False
    releases: str = ""
    formula: str
    source: str
    adaptation: Adaptation | None = None
