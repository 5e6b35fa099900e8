"""Pictures of what shifts change: what is declared, the groups, their outcomes, and features."""

import numpy as np

from tradeoffs.data.codebook_words import word
from tradeoffs.data.distribution import Distribution
from tradeoffs.data.shifts.diagnostics import DIAGNOSTICS
from tradeoffs.experiments.shift_diagnostics import ShiftDiagnostics
from tradeoffs.language.translation import say
from tradeoffs.report.charts.bar_panel import BarPanel
from tradeoffs.report.sentences.shift_headline import declared_sentence, verdict
from tradeoffs.report.text import capital, percent, with_interval
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
            title=say("what is declared"),
            values=tuple(DIAGNOSTICS[one.name].title for one in found),
            parts=(say("moved by"),),
            shares=shares,
            low=low,
            high=high,
        ),
        title=say("What should move, and what should stay"),
        note=declared_sentence(moved),
        marks=tuple(map(verdict, moved.parts)),
        wide=True,
    )


def people_panels(moved: ShiftDiagnostics) -> list[BarPanel]:
    """Return who the people are, and their outcomes."""
    by = attribute(moved.scenario)
    return [
        BarPanel(of=moved.groups, title=say("Groups by {attribute}", attribute=by)),
        BarPanel(
            of=moved.outcomes,
            title=say("“{answer}” within groups", answer=word(moved.outcomes.title)),
        ),
        *(
            BarPanel(of=one, title=say("People by {attribute}", attribute=word(one.title)))
            for one in moved.marks
        ),
    ]


def feature_panels(moved: ShiftDiagnostics) -> list[BarPanel]:
    """Return the features, the one that moved most first."""
    return [
        BarPanel(
            of=one.shares,
            title=capital(word(one.shares.title)),
            note=say(
                "moved by {amount}", amount=with_interval(one.value, one.low, one.high, percent)
            )
            if one.value
            else say("unchanged"),
        )
        for one in moved.features
    ]
