"""Concept shift: the same people, and in a part of them the outcome comes about otherwise."""

from tradeoffs.data.shifts.columns import low
from tradeoffs.data.shifts.shift import Shift, affected_rows, with_label
from tradeoffs.data.table import Table

REFUSED = 0.5  # of the positive outcomes in the part concerned, at full intensity


def raise_bar(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Turn positive outcomes of people low in one column into negative ones."""
    del protected, option
    concerned = table.label & low(table)
    lost = affected_rows(table, REFUSED * concerned, intensity, seed, "concept")
    return with_label(table, table.label & ~lost)


CONCEPT = Shift(
    name="concept",
    title="concept shift",
    family="label and concept shift",
    help=(
        "Of people with low values in one column, up to half of those who would have a "
        "positive outcome no longer have one."
    ),
    moves="the probability of a positive outcome at equal features, among them",
    invariant="everybody's features and groups; the outcomes of everybody else",
    limits=(
        "The new rule is synthetic: it multiplies the probability of a positive outcome by "
        "a factor that goes down to one half."
    ),
    source=(
        "Moreno-Torres et al. 2012, doi 10.1016/j.patcog.2011.06.019 (concept shift); Liu et "
        "al. 2023, arXiv 2307.05284"
    ),
    operator=raise_bar,
    reads=("lever", "label"),
    writes=("label",),
    moved=("answers changed", "outcome at equal lever"),
    still=("features", "groups"),
)
