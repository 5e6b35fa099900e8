"""Panels: each community is labelled by annotators of its own."""

from tradeoffs.data.communities.cut import Cut, plain_name
from tradeoffs.data.communities.towns import deal, equal_shares
from tradeoffs.data.dataset import Dataset

LOT = "community of a label"


def label_titles(data: Dataset, labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return names of communities that each go by one label."""
    return tuple(plain_name(data.label(name).title) for name in labels)


PANELS = Cut(
    name="panels",
    title="panels of annotators",
    help=(
        "Each community asks annotators of its own what the answer is. Rows are dealt to the "
        "communities by lot, so that they differ in nothing but whom they ask."
    ),
    source="Gordon et al. 2022, arXiv 2202.02950 (Jury Learning)",
    kind="values",
    names=lambda data, option: label_titles(data, data.panels),
    codes=lambda table, option, count: deal(table, equal_shares(count), LOT),
    labels=lambda data: data.panels,
)
