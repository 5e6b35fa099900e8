"""What a notion of fairness is: a catalogue entry that measures a gap from group counts."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np

from tradeoffs.language.translates import translates
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.cells import Cell

Decide = Callable[[np.ndarray, np.ndarray, float], np.ndarray]
Denominator = Literal["people", "positives", "negatives", "selected"]
Rate = Literal[
    "selection_rate",
    "true_positive_rate",
    "false_positive_rate",
    "error_rate",
    "residual",
    "largest_error_rate",
    "largest_squared_error",
]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class GroupCounts:
    """Decisions by group; all (models, groups), people or sums over people.

    A rate whose denominator is below SMALLEST_CELL is NaN: not measurable.  With survey weights
    rates are ratios of sums of weights, and what is too small is still told by counting people.
    """

    people: np.ndarray
    positives: np.ndarray  # whose label is positive
    selected: np.ndarray  # whose decision is positive
    true_positives: np.ndarray
    scores: np.ndarray  # sum of predicted probabilities
    squared_errors: np.ndarray  # sum of (label - probability)^2
    weighted: "GroupCounts | None" = None  # the same as sums of survey weights

    @classmethod
    def of(
        cls,
        decision: np.ndarray,
        chance: np.ndarray,
        label: np.ndarray,
        member: np.ndarray,
        sample_weight: np.ndarray | None = None,
    ) -> "GroupCounts":
        """Count what happens to the members of each group.

        Args:
            decision: (models, rows) float32 of 0 and 1.
            chance: (models, rows) float64 predicted probabilities.
            label: (rows,) float32 of 0 and 1.
            member: (rows, groups) float32 of 0 and 1.
            sample_weight: (rows,) float64; None where each person counts once.
        """
        if sample_weight is not None:
            weighted = member * sample_weight[:, None]
            return replace(
                cls.of(decision, chance, label, member),
                weighted=cls.of(decision.astype(float), chance, label, weighted),
            )
        whole = np.broadcast_to(member.sum(0), (len(decision), member.shape[1]))
        positive = member * label[:, None]
        square = np.square(chance - label)
        return cls(
            people=whole.astype(float),
            positives=np.broadcast_to(positive.sum(0), whole.shape).astype(float),
            selected=(decision @ member).astype(float),
            true_positives=(decision @ positive).astype(float),
            scores=chance @ member,  # in float64: sums of fractions round otherwise
            squared_errors=square @ member,
        )

    def some(self, groups: slice | np.ndarray) -> "GroupCounts":
        """Return the counts of some of the groups: a slice, or (groups,) bool."""
        parts = {name: getattr(self, name)[:, groups] for name in COUNTS}
        return GroupCounts(**parts, weighted=self.weighted and self.weighted.some(groups))

    @property
    def negatives(self) -> np.ndarray:
        """People of each group whose label is negative."""
        return self.people - self.positives

    @property
    def selection_rate(self) -> np.ndarray:
        """Share of each group that is decided positive."""
        return self._rate(lambda of: of.selected, "people")

    @property
    def true_positive_rate(self) -> np.ndarray:
        """Share of each group's positives that is decided positive."""
        return self._rate(lambda of: of.true_positives, "positives")

    @property
    def false_positive_rate(self) -> np.ndarray:
        """Share of each group's negatives that is decided positive."""
        return self._rate(lambda of: of.selected - of.true_positives, "negatives")

    @property
    def error_rate(self) -> np.ndarray:
        """Share of each group that is decided wrongly."""
        return self._rate(lambda of: of.positives + of.selected - 2 * of.true_positives, "people")

    @property
    def precision(self) -> np.ndarray:
        """Share of each group's positive decisions that are right."""
        return self._rate(lambda of: of.true_positives, "selected")

    @property
    def base_rate(self) -> np.ndarray:
        """Share of each group whose label is positive."""
        return self._rate(lambda of: of.positives, "people")

    @property
    def residual(self) -> np.ndarray:
        """Mean of label - probability in each group: above 0, the group is underrated."""
        return self._rate(lambda of: of.positives - of.scores, "people")

    @property
    def squared_error(self) -> np.ndarray:
        """Mean of (label - probability)^2 in each group, the Brier score."""
        return self._rate(lambda of: of.squared_errors, "people")

    def _rate(self, part: Callable[["GroupCounts"], np.ndarray], whole: Denominator) -> np.ndarray:
        of, enough = self.weighted or self, getattr(self, whole) >= SMALLEST_CELL
        return np.where(enough, part(of) / np.where(enough, getattr(of, whole), 1), np.nan)


# Of which results keep each group's, and with survey weights their sums of these too.
COUNTS = tuple(field.name for field in fields(GroupCounts) if field.name != "weighted")
WEIGHTED = "weighted_"  # before the name of such a sum


@translates(
    "title", "axis", "gap_title", "words", "help", "unit", "explanation", "under_privacy", "formula"
)
@dataclass(frozen=True, kw_only=True, slots=True)
class Notion:
    """One meaning of "groups are treated alike", as a catalogue entry.

    Training holds rates by name (see engine/constraint.py): each group's rate near the rate of
    all, or for the `largest_` ones every group's below the bound.

    Attributes:
        name: key of the catalogue.
        title: for people.
        axis: what the number is, as an axis says it; smaller is what the bound asks for.
        gap_title: what a sentence calls the number.
        words: what less of it is, as an axis says it.
        help: one or two sentences.
        metric: name in fairlearn.metrics where it has one, and of the column.
        unit: of the number, with its range.
        denominators: whom its rates are about.
        constrained_rates: rates that training holds; () where it can only be measured.
        rates: rates of decisions whose largest spread it is; () where it is another number.
        decide: how decisions keep the bound, from (models, rows) logits, (rows, groups) membership
            and the bound; None where training keeps it.
        explanation: what that does to explanations.
        sensitivity: what one person adds to what is watched, or that nothing is.
        under_privacy: how privacy bears on it.
        formula: of the number, for groups g: label Y, decision D, predicted probability S.
        source: where it is defined.
        gap: (models,) of the counts of the groups that are compared, NaN where they are fewer than
            two or a rate of one of them is not measurable; None where counts cannot tell and each
            person is asked about instead.
        reference: number at and beyond which a model adds nothing to a hypervolume. A gap is at its
            largest where one group always gets the answer and another never; a worst group's error
            is that of tossing a coin. (A constant answer has no gap, and where the other answer is
            rare its errors are few: some models without constraint make more.)
    """

    name: str
    title: str
    axis: str
    gap_title: str = "gap"
    words: str = "groups treated alike"
    help: str
    metric: str
    unit: str
    denominators: tuple[Denominator, ...] = ("people",)
    constrained_rates: tuple[Rate, ...]
    rates: tuple[Rate, ...] = ()
    decide: Decide | None = None
    explanation: str = ""
    sensitivity: str
    under_privacy: str
    formula: str
    source: str
    gap: Callable[[GroupCounts], np.ndarray] | None
    reference: float = 1.0

    @property
    def at_decision(self) -> bool:
        """Whether the bound is kept by the decisions, not by training."""
        return self.decide is not None

    @property
    def can_be_bounded(self) -> bool:
        """Whether `max_gap` means something for this notion."""
        return bool(self.constrained_rates) or self.at_decision

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What decides which groups are compared, from the data alone.

        Whom a model selects is its own choice; a group is compared where a model without error
        would select enough of it.
        """
        return tuple("positives" if one == "selected" else one for one in self.denominators)

    def compared(self, counts: GroupCounts) -> np.ndarray:
        """Return (groups,) bool: the groups of which the counted table has enough people."""
        enough = [(getattr(counts, cell) >= SMALLEST_CELL).all(0) for cell in self.cells]
        return np.logical_and.reduce(enough)

    def measure(self, counts: GroupCounts) -> np.ndarray:
        """Return (models,): the gap between the groups of which the counted table has enough.

        Raises:
            ValueError: counts cannot tell it.
        """
        if self.gap is None:
            raise ValueError(f"{self.name} is no gap between groups")
        return self.gap(counts.some(self.compared(counts)))


def spread(rates: np.ndarray) -> np.ndarray:
    """Return (models,): largest minus smallest rate; NaN with fewer than two or a missing one."""
    return rates.max(1) - rates.min(1) if rates.shape[1] >= 2 else np.full(len(rates), np.nan)


def worst(rates: np.ndarray) -> np.ndarray:
    """Return (models,): the largest rate; NaN with fewer than two or a missing one."""
    return rates.max(1) if rates.shape[1] >= 2 else np.full(len(rates), np.nan)
