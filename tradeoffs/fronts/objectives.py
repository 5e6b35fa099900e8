"""The objectives of a front: what is measured, which direction is meant, and on which scale."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tradeoffs.catalogue import Catalogue
from tradeoffs.errors import InvalidInput
from tradeoffs.language.current import ENGLISH, in_language
from tradeoffs.language.translates import original, translates
from tradeoffs.values.explanations.catalogue import FIDELITY, METRICS, ExplanationMetric


@translates("title", "words", "unit", "help", "formula", "undefined", "infinity")
@dataclass(frozen=True, kw_only=True, slots=True)
class Objective:
    """One axis of a front.

    Attributes:
        name: Key of the catalogue.
        column: Column of the results that holds the measured value.
        title: Name on the axis.
        words: What moving along the axis in the optimised direction means.
        better: Which end the front looks for; a convention of this axis, not a judgement.
        scale: "linear", or "log" for decades; infinity has no place on a log axis.
        unit: Unit of the column.
        help: One or two sentences for the person reading the axis.
        formula: In letters: label Y, decision D, groups g; else as its measure has it.
        source: Where the quantity is defined.
        undefined: What a missing value means, in words.
        ideal: Value that hypervolumes count as the best possible one.
        reference: Value at and beyond which a model adds nothing to a hypervolume.
        least_span: Length of the scale that an axis shows at least, in the unit of the column, so
            that chance does not look large; of a log axis, in decades.
        infinity: What an infinite value is called beside the axis; empty where there is none. Such
            an axis shows all of its control.
    """

    name: str
    column: str
    title: str
    words: str
    better: Literal["high", "low"]
    scale: Literal["linear", "log"]
    unit: str
    help: str
    formula: str
    source: str
    undefined: str
    ideal: float
    reference: float
    least_span: float
    infinity: str = ""

    @property
    def is_share(self) -> bool:
        """Whether the value is told in per cent."""
        return original(self, "unit").startswith(("share", "difference of"))

    def __post_init__(self) -> None:
        """Check the direction, the scale and that the reference is worse than the ideal."""
        if self.better not in ("high", "low"):
            raise InvalidInput(
                "not_one_of", field="better", value=self.better, known=("high", "low")
            )
        if self.scale not in ("linear", "log"):
            raise InvalidInput(
                "not_one_of", field="scale", value=self.scale, known=("linear", "log")
            )
        self.check_reference(self.reference)

    def check_reference(self, reference: float) -> None:
        """Raise InvalidInput unless `reference` is finite and worse than the ideal."""
        worse = self.cost(reference) > self.cost(self.ideal)
        if not (worse and self.on_axis(reference)):
            raise InvalidInput(
                "reference_not_worse",
                name=self.name,
                reference=reference,
                ideal=self.ideal,
                better=self.better,
            )

    def cost(self, values: npt.ArrayLike) -> np.ndarray:
        """Return the values as costs to be minimised: the error, the gap, log10 of epsilon, ...

        An infinite epsilon costs infinity, which is worse than every finite one. NaN (undefined)
        stays NaN; so does a negative value on a log scale.

        >>> PRIVACY.cost([1.0, 100.0, float("inf")]).tolist()
        [0.0, 2.0, inf]
        """
        scaled = self._scaled(values)
        return scaled if self.better == "low" else self._scaled(self.ideal) - scaled

    def cost_sd(self, values: npt.ArrayLike, sd: npt.ArrayLike) -> np.ndarray:
        """Return the standard deviation of the costs, to first order on a log scale."""
        if self.scale == "linear":
            return np.asarray(sd, dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(sd, dtype=float) / (np.asarray(values, dtype=float) * np.log(10.0))

    def on_axis(self, values: npt.ArrayLike) -> np.ndarray:
        """Tell which values have a place on the axis: neither undefined nor infinite."""
        return np.isfinite(self.cost(values))

    @property
    def lower(self) -> str:
        """The title within a sentence."""
        return self.title[0].lower() + self.title[1:]

    def normalised(self, values: npt.ArrayLike, reference: float | None = None) -> np.ndarray:
        """Return costs in [0, 1]: 0 at or beyond the ideal, 1 at or beyond the reference.

        `reference` is in the unit of the column and replaces the objective's own. NaN stays NaN.
        """
        ideal = self.cost(self.ideal)
        worst = self.cost(self.reference if reference is None else reference)
        return np.clip((self.cost(values) - ideal) / (worst - ideal), 0.0, 1.0)

    def _scaled(self, values: npt.ArrayLike) -> np.ndarray:
        values = np.asarray(values, dtype=float)
        if self.scale == "linear":
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log10(values)


ACCURACY = Objective(
    name="accuracy",
    column="accuracy",
    title="Accuracy",
    words="more accurate",
    better="high",
    scale="linear",
    unit="share of people, 0 to 1",
    help="Share of people in the test rows whose outcome the model predicts correctly.",
    formula="P(D = Y)",
    source="Hastie, Tibshirani, Friedman 2009, The Elements of Statistical Learning, ch. 7",
    undefined="accuracy was not measured: too few people are left, or a training diverged",
    ideal=1.0,
    # What a constant answer reaches in Adult's test file; each table has its own.
    reference=0.7638,
    least_span=0.025,
)

FAIRNESS = Objective(
    name="fairness",
    column="gap",
    title="Gap between groups",
    words="groups treated alike",
    better="low",
    scale="linear",
    unit="difference of rates, 0 to 1",
    help="Largest difference between two groups in the rate that the chosen notion compares.",
    formula="max_g r_g - min_g r_g, r_g the rate of group g that the notion compares",
    source="Agarwal et al. 2018, A Reductions Approach to Fair Classification, arXiv 1803.02453",
    undefined="the gap cannot be measured",
    ideal=0.0,
    reference=1.0,  # each notion has its own
    least_span=0.025,
)

PRIVACY = Objective(
    name="privacy",
    column="epsilon_spent",
    title="Privacy budget (epsilon)",
    words="less learned about any one person",
    better="low",
    scale="log",
    unit="epsilon, at the stated delta",
    help=(
        "Bound on how much the trained model can depend on one person's record, as declared by "
        "the accountant. Smaller is more private; infinite means that nothing is promised."
    ),
    formula="P(M(T) in O) <= exp(epsilon) P(M(T') in O) + delta, T and T' one person apart",
    source=(
        "Dwork, Roth 2014, The Algorithmic Foundations of Differential Privacy, "
        "doi 10.1561/0400000042, ch. 2"
    ),
    undefined="no epsilon is declared",
    # The range of the privacy control: three decades.
    ideal=0.05,
    reference=50.0,
    least_span=0.0,
    infinity="none",
)


def of_explanations(metric: ExplanationMetric, name: str | None = None) -> Objective:
    """Return a measure of explanations as an axis, under its own name unless told otherwise.

    Raises:
        InvalidInput: it compares models, so that results have no column of it.
    """
    if not metric.column:
        able = tuple(m.name for m in METRICS.values() if m.column)
        raise InvalidInput("compares_models", name=metric.name, known=able)
    with in_language(ENGLISH):  # an entry is as it was written
        return Objective(
            name=name or metric.name,
            column=metric.name,
            title=metric.title,
            words=metric.words,
            better=metric.better,
            scale="linear",
            unit=metric.unit,
            help=metric.help,
            formula=metric.formula,
            source=metric.source,
            undefined=metric.undefined,
            ideal=metric.ideal,
            reference=metric.reference,
            least_span=0.1 * abs(metric.ideal - metric.reference),
        )


EXPLAINABILITY = of_explanations(FIDELITY, "explainability")

COST = Objective(
    name="cost",
    column="parameters",
    title="Model parameters",
    words="a smaller model",
    better="low",
    scale="log",
    unit="numbers a model holds",
    help=(
        "How many numbers training sets. All of them have to be stored, sent and computed with for "
        "a decision, so a larger model costs more memory, time and energy."
    ),
    formula="columns + 1, or (columns + 1) width + width + 1 with width hidden units",
    source=(
        "Hastie, Tibshirani, Friedman 2009, The Elements of Statistical Learning, ch. 11; "
        "Schwartz et al. 2020, Green AI, arXiv 1907.10597"
    ),
    undefined="the number of parameters was not kept",
    # Four decades, from a handful of columns to a network of 256 units on 400 columns.
    ideal=10.0,
    reference=100_000.0,
    least_span=1.0,
)

MONEY = Objective(
    name="money",
    column="money",
    title="Money",
    words="less money",
    better="low",
    scale="log",
    unit="money, in any one currency",
    help=(
        "What a setting costs at the prices of the chosen purse, or at usual ones: labels, values "
        "on paper, experts, computing. Nearly all of it is people's work."
    ),
    formula="sum of hours, days, kWh and gigabytes, each times its price; at most, where a range",
    source="tradeoffs/resources/money.py; Molamohammadi et al. 2023, arXiv 2306.10043, section 2.2",
    undefined="the setting has no price",
    # Five decades, from an afternoon of somebody's work to what a large project costs.
    ideal=10.0,
    reference=1_000_000.0,
    least_span=1.0,
)

OBJECTIVES = Catalogue("objective", (ACCURACY, FAIRNESS, PRIVACY, EXPLAINABILITY, COST, MONEY))
AXES = Catalogue(  # what a chart can show: the six, and the other measures of explanations
    "axis",
    (
        *OBJECTIVES.values(),
        *(of_explanations(m) for m in METRICS.values() if m.column and m is not FIDELITY),
    ),
)
