"""Approvals: how many approve of each candidate, and how that moved from one vote to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from tradeoffs.language.translation import say, translate
from tradeoffs.rooms.charts.room_front import band_text

Band = Sequence[int] | None  # bounds of a count; None where it is hidden
ROW, AROUND = 58, 110  # px: a candidate, and what stands around all of them
TEXT = "var(--st-text-color)"
FAINT = "var(--st-text-color/0.35)"
VOTES = ("first vote", "second vote")


@dataclass(frozen=True, kw_only=True, slots=True)
class Vote:
    """One vote over candidates.

    Attributes:
        answered: how many seats voted.
        approve: candidate -> how many approve, from and to; None where that is hidden.
    """

    answered: int
    approve: dict[str, Band]


def approvals(titles: dict[str, str], votes: Sequence[Vote], title: str = "") -> dict[str, Any]:
    """Return candidates as rows of a plotly figure; hollow marks are of a vote before the last.

    Shares are of the answers of each vote, so that a late phone does not look like a change of
    mind.  A count that is known within bounds is a bar between them, a hidden one nothing.
    `height` is in px.

    Args:
        titles: of the candidates by name, from above.
        votes: one, or a first and a second one.
        title: of the scale; empty is of an approval.
    """
    again = len(votes) > 1
    places = dict(zip(titles, range(len(titles) - 1, -1, -1), strict=True))
    data = [_shift(places, votes)] if again else []
    data += [_within(places, one, number) for number, one in enumerate(votes)]
    data += [_marks(places, one, number, hollow=one is not votes[-1]) for number, one in
             enumerate(votes)]  # fmt: skip
    layout = {
        "xaxis": {
            "title": {"text": title or say("Share who approve")},
            "tickformat": ".0%",
            "range": [-0.02, 1.02],
        },
        "yaxis": {
            "range": [-0.4, len(titles) - 0.2],
            "tickvals": list(places.values()),
            "showticklabels": False,
            "fixedrange": True,
        },
        "annotations": [
            {
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place + 0.42,
                "text": escape(_named(titles[name], votes[-1].approve.get(name))),
                "showarrow": False,
            }
            for name, place in places.items()
        ],
        "showlegend": again,
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "hovermode": "closest",
    }
    return {"data": data, "layout": layout, "height": ROW * len(titles) + AROUND}


def _named(title: str, band: Band) -> str:
    """Return what stands above a row: a hidden count has no mark, so it is told."""
    return title if band else say("{title} (hidden)", title=title)


def _of(count: int | str, vote: Vote) -> str:
    """Return a count beside how many voted."""
    return say("{count} of {answered}", count=count, answered=vote.answered)


def _exact(vote: Vote) -> dict[str, int]:
    """Return the counts that are known."""
    known = {name: band for name, band in vote.approve.items() if band}
    return {name: band[0] for name, band in known.items() if band[0] == band[1]}


def _marks(places: dict[str, int], vote: Vote, number: int, *, hollow: bool) -> dict[str, Any]:
    shown = _exact(vote)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": translate(VOTES[number]),
        "uid": f"vote{number}",
        "x": [count / vote.answered for count in shown.values()],
        "y": [places[name] for name in shown],
        "customdata": [_of(count, vote) for count in shown.values()],
        "marker": {
            "size": 13,
            "symbol": "circle-open" if hollow else "circle",
            "color": TEXT,
            "line": {"width": 2},
        },
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _within(places: dict[str, int], vote: Vote, number: int) -> dict[str, Any]:
    """Return the bars of counts that are known within bounds; those of two votes lie apart."""
    x: list[float | None] = []
    y: list[float | None] = []
    told: list[str] = []
    for name, band in vote.approve.items():
        if band and band[0] < band[1]:
            x += [band[0] / vote.answered, band[1] / vote.answered, None]
            y += [places[name] - 0.12 * number] * 2 + [None]
            told += [_of(band_text(band), vote)] * 3
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": f"within{number}",
        "x": x,
        "y": y,
        "customdata": told,
        "line": {"color": TEXT, "width": 4, "dash": "solid" if number else "dot"},
        "hovertemplate": "%{customdata}<extra></extra>",
        "showlegend": False,
    }


def _shift(places: dict[str, int], votes: Sequence[Vote]) -> dict[str, Any]:
    """Return the lines from the first vote to the second, where both are known."""
    first, second = map(_exact, votes)
    x: list[float | None] = []
    y: list[float | None] = []
    for name in (name for name in places if name in first and name in second):
        x += [first[name] / votes[0].answered, second[name] / votes[1].answered, None]
        y += [places[name], places[name], None]
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
