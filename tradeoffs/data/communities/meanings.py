"""Meanings: each community predicts what it takes the label to mean."""

from tradeoffs.data.communities.cut import Cut, plain_name
from tradeoffs.data.communities.panels import LOT
from tradeoffs.data.communities.towns import deal, equal_shares

MEANINGS = Cut(
    name="meanings",
    title="meanings of the label",
    help=(
        "Each community takes its answer from another recorded value: need, say, from "
        "visits, costs or diagnoses. Rows are assigned to the communities at random, so "
        "that they differ in nothing but what they predict. Columns that define any of the "
        "labels are withheld from all."
    ),
    source="Obermeyer et al. 2019, doi 10.1126/science.aax2342",
    kind="values",
    names=lambda data, option: tuple(plain_name(name) for _, name in data.meanings),
    codes=lambda whole, table, option, count: deal(whole, table, equal_shares(count), LOT),
    labels=lambda data: tuple(label for label, _ in data.meanings),
)
