"""Pictures of what shifts change: what is declared, the groups, their outcomes, and features."""

import numpy as np

from tradeoffs.data.distribution import Distribution
from tradeoffs.data.shifts.diagnostics import DIAGNOSTICS
from tradeoffs.experiments.shift_diagnostics import ShiftDiagnostics
from tradeoffs.report.charts.bar_panel import BarPanel
from tradeoffs.report.sentences.shift_headline import declared_sentence, verdict
from tradeoffs.report.text import percent, with_interval
from tradeoffs.report.titles import attribute

SHORT = 6  # features that are drawn at once
READING = (
    "Bars of one chart have the same scale; lines on them are 95 % intervals. “Moved by "
    "10 %” means that one in ten would have to change for the two distributions to be equal."
)


def declared_panel(moved: ShiftDiagnostics) -> BarPanel:
    """Return how much moved of what the shifts declare, and whether it should."""
    found = [part.found for part in moved.parts]
    amounts = np.array([[(one.value, one.low, one.high)] for one in found])
    shares, low, high = np.moveaxis(amounts, 2, 0)
    return BarPanel(
        of=Distribution(
            title="what is declared",
            values=tuple(DIAGNOSTICS[one.name].title for one in found),
            parts=("moved by",),
            shares=shares,
            low=low,
            high=high,
        ),
        title="What should move, and what should stay",
        note=declared_sentence(moved),
        marks=tuple(map(verdict, moved.parts)),
        wide=True,
    )


def people_panels(moved: ShiftDiagnostics) -> list[BarPanel]:
    """Return who the people are, and their outcomes."""
    by = attribute(moved.scenario)
    return [
        BarPanel(of=moved.groups, title=f"Groups by {by}"),
        BarPanel(of=moved.outcomes, title=f"“{moved.outcomes.title}” within groups"),
        *(BarPanel(of=one, title=f"People by {one.title}") for one in moved.marks),
    ]


def feature_panels(moved: ShiftDiagnostics) -> list[BarPanel]:
    """Return the features, the one that moved most first."""
    return [
        BarPanel(
            of=one.shares,
            title=f"{one.shares.title[:1].upper()}{one.shares.title[1:]}",
            note=f"moved by {with_interval(one.value, one.low, one.high, percent)}"
            if one.value
            else "unchanged",
        )
        for one in moved.features
    ]
