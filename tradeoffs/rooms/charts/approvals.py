"""Approvals: how many approve of each candidate, and how that moved from one vote to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

ROW, AROUND = 58, 90  # px: a candidate, and what stands around all of them
TEXT = "var(--st-text-color)"
FAINT = "var(--st-text-color/0.35)"
FIRST, AGAIN = "first vote", "after the talk"


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """What is shown of one candidate.

    Attributes:
        title: of the candidate.
        votes: of each vote, how many approve; None where the count is hidden or there is no vote.
    """

    title: str
    votes: tuple[int | None, int | None]


def approvals(rows: Sequence[Approval], answers: tuple[int, int | None]) -> dict[str, Any]:
    """Return candidates as rows of a plotly figure; hollow marks are of a vote before the last.

    Shares are of the answers of each vote, so that a late phone does not look like a change of
    mind.  A candidate whose count is hidden has no mark.  `height` is in px.

    Args:
        rows: the candidates, from above.
        answers: how many answered in each vote; None where there was no second one.
    """
    again = answers[1] is not None
    places = list(range(len(rows)))[::-1]
    data = [_shift(rows, places, answers)] if again else []
    data.append(_marks(rows, places, 0, answers[0], hollow=again))
    if answers[1] is not None:
        data.append(_marks(rows, places, 1, answers[1], hollow=False))
    layout = {
        "xaxis": {"title": {"text": "Share who approve"}, "tickformat": ".0%", "range": [-0.02, 1]},
        "yaxis": {
            "range": [-0.4, len(rows) - 0.2],
            "tickvals": places,
            "showticklabels": False,
            "fixedrange": True,
        },
        "annotations": [
            {
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place + 0.42,
                "text": escape(row.title),
                "showarrow": False,
            }
            for place, row in zip(places, rows, strict=True)
        ],
        "showlegend": again,
        "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "hovermode": "closest",
    }
    return {"data": data, "layout": layout, "height": ROW * len(rows) + AROUND}


def _marks(
    rows: Sequence[Approval], places: Sequence[int], vote: int, answers: int, *, hollow: bool
) -> dict[str, Any]:
    shown = [(row.votes[vote], place) for row, place in zip(rows, places, strict=True)]
    known = [(votes, place) for votes, place in shown if votes is not None and answers]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": (FIRST, AGAIN)[vote],
        "uid": f"vote{vote}",
        "x": [votes / answers for votes, _ in known],
        "y": [place for _, place in known],
        "customdata": [f"{votes} of {answers}" for votes, _ in known],
        "marker": {
            "size": 13,
            "symbol": "circle-open" if hollow else "circle",
            "color": TEXT,
            "line": {"width": 2},
        },
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _shift(
    rows: Sequence[Approval], places: Sequence[int], answers: tuple[int, int | None]
) -> dict[str, Any]:
    """Return the lines from the first vote to the second, where both are shown."""
    x: list[float | None] = []
    y: list[float | None] = []
    first, second = answers
    for row, place in zip(rows, places, strict=True):
        before, after = row.votes
        if before is not None and after is not None and first and second:
            x += [before / first, after / second, None]
            y += [place, place, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": "shift",
        "x": x,
        "y": y,
        "line": {"color": FAINT, "width": 3},
        "hoverinfo": "skip",
        "showlegend": False,
    }
