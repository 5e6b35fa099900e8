"""Individual fairness: people who differ only in the attribute are decided alike."""

from tradeoffs.values.fairness.notion import Notion

INDIVIDUAL_FAIRNESS = Notion(
    name="individual_fairness",
    title="individual fairness",
    axis="Share of decisions that change with the attribute",
    help=(
        "The share of people whose decision changes when the attribute, and nothing else, "
        "is changed. It is not measured for a model that does not see the attribute: "
        "nothing could change, although such a model may still treat groups differently "
        "through the columns that correlate with it."
    ),
    metric="flip_rate",
    unit="share, 0 to 1",
    denominators=(),
    constrained_rates=(),
    sensitivity="nothing is measured in training: it is measured on other people",
    under_privacy="Measured, not enforced: withholding the attribute rules it out at any epsilon.",
    formula="P(D(x, g) != D(x, g') for some other value g')",
    source="Dwork et al. 2012, arXiv 1104.3913",
    gap=None,
)
