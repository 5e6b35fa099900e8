"""Individual fairness: people who differ only in the attribute are decided alike."""

from tradeoffs.values.fairness.notion import Notion

INDIVIDUAL_FAIRNESS = Notion(
    name="individual_fairness",
    title="individual fairness",
    axis="Share decided otherwise with another attribute",
    help=(
        "Share of people whose decision changes when the attribute, and nothing else, is changed. "
        "Of a model that does not see the attribute it is not measured: it could change nothing, "
        "and may still treat groups unlike through everything that goes along with it."
    ),
    metric="flip_rate",
    unit="share, 0 to 1",
    denominators=(),
    constrained_rates=(),
    sensitivity="nothing is watched in training: it is measured on other people",
    under_privacy="Measured, not held: withholding the attribute rules it out at any epsilon.",
    formula="P(D(x, g) != D(x, g') for some other value g')",
    source="Dwork et al. 2012, arXiv 1104.3913",
    gap=None,
)
