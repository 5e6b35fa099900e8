"""Panels: each community is labelled by annotators of its own."""

from tradeoffs.data.communities.cut import Cut, plain_name
from tradeoffs.data.communities.towns import deal, equal_shares

LOT = "community of a label"


PANELS = Cut(
    name="panels",
    title="panels of annotators",
    help=(
        "Each community asks annotators of its own what the answer is. Rows are dealt to the "
        "communities by lot, so that they differ in nothing but whom they ask."
    ),
    source="Gordon et al. 2022, arXiv 2202.02950 (Jury Learning)",
    kind="values",
    names=lambda data, option: tuple(plain_name(name) for _, name in data.panels),
    codes=lambda whole, table, option, count: deal(whole, table, equal_shares(count), LOT),
    labels=lambda data: tuple(label for label, _ in data.panels),
)
