"""Panels: each community is labelled by annotators of its own."""

from tradeoffs.data.communities.cut import Cut, plain_name
from tradeoffs.data.communities.towns import deal, equal_shares

LOT = "community of a label"


PANELS = Cut(
    name="panels",
    title="panels of annotators",
    help=(
        "Each community asks its own annotators what the answer is. Rows are assigned to "
        "the communities at random, so that they differ in nothing but whom they ask."
    ),
    source="Gordon et al. 2022, arXiv 2202.02950 (Jury Learning)",
    kind="values",
    names=lambda data, option: tuple(plain_name(name) for _, name in data.panels),
    codes=lambda whole, table, option, count: deal(whole, table, equal_shares(count), LOT),
    labels=lambda data: tuple(label for label, _ in data.panels),
)
