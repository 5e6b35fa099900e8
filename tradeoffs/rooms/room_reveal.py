"""Reveal of a workshop's round: what all answered together, as figure, sentences and table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tradeoffs.language.notation import labelled, quote
from tradeoffs.language.translation import say, translate
from tradeoffs.messages.message import Message
from tradeoffs.report.text import number
from tradeoffs.rooms.charts.approvals import Vote, approvals
from tradeoffs.rooms.charts.dot_rows import DotRow, dot_rows
from tradeoffs.rooms.charts.room_front import band_text
from tradeoffs.rooms.hidden_counts import hidden_text, note, why_hidden
from tradeoffs.rooms.leaders import leaders
from tradeoffs.rooms.rounds import POINTS, Round
from tradeoffs.rooms.suppression import LEAST

BANDS = (
    "A bar stands for a count that is told within bounds alone, because fewer than 5 gave this "
    "answer, or did not give it."
)
COLUMNS = {1: ("of {n}",), 2: ("first vote, of {n}", "second vote, of {n}")}  # by how many votes
Results = Mapping[str, Any]  # of `Rooms.results`


@dataclass(frozen=True, kw_only=True, slots=True)
class Reveal:
    """What is shown of a round.

    Attributes:
        sentences: what was answered, the main one first.
        figure: of plotly; None where nothing may be drawn.
        text: in words, what the figure shows.
        height: of the figure in px.
        columns: heads of the table of its numbers.
        rows: of the table, as texts.
        texts: that were written, and approved.
        note: how the figure is read; may be empty.
    """

    sentences: Sequence[Message]
    figure: Mapping[str, Any] | None = None
    text: str = ""
    height: int = 480
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    texts: Sequence[str] = ()
    note: str = ""


def reveal_nothing(results: Results) -> Reveal:
    """Return why nothing is shown of a round."""
    answered = results["answered"]
    if results["kept_back"]:
        return Reveal(sentences=(Message("workshop_kept_back", answered=answered),))
    if answered >= LEAST:
        return Reveal(sentences=(Message("pooled_few_phones", answers=answered, least=LEAST),))
    return Reveal(sentences=(Message("workshop_few", answered=answered),))


def reveal_values(asked: Round, results: Results) -> Reveal:
    """Return how points were divided: a row of dots an objective, and of each large table."""
    titles = {one["name"]: one["title"] for one in asked.asks["objectives"]}
    rows = []
    for name, title in titles.items():
        rows.append((title, results["values"][name]))
        rows += [
            (labelled(title, table), shown[name]) for table, shown in results["by_table"].items()
        ]
    drawn = dot_rows(
        [DotRow(title=title, values=some, mean=median(some)) for title, some in rows],
        title=say("Points of 100"),
        ends=(0.0, float(POINTS)),
        mean=say("median"),
    )
    medians = {titles[name]: median(results["values"][name]) for name in titles}
    return Reveal(
        sentences=(_highest(medians, results["answered"]),),
        figure=drawn,
        text=say("Points that each seat gave to each objective, a dot a seat, with their median."),
        height=drawn["height"],
        columns=(say("objective"), say("lowest"), say("median"), say("highest")),
        rows=[(t, *(number(f(some)) for f in (min, median, max))) for t, some in rows],
        texts=[one["text"] for one in results["else"]],
    )


def reveal_choice(asked: Round, results: Results) -> Reveal:
    """Return how many chose each of several answers."""
    titles = {one["name"]: one["title"] for one in asked.asks["choices"]}
    votes = [Vote(answered=one["answered"], approve=one["bounds"]) for one in _attempts(results)]
    drawn = approvals(titles, votes, title=say("Share who choose it"))
    return Reveal(
        sentences=(_most(titles, votes[-1], exclusive=True),),
        figure=drawn,
        text=say("Share of the seats that chose each answer."),
        height=drawn["height"],
        columns=_columns(votes),
        rows=_counts(titles, votes),
        note=translate(BANDS) if any(map(_within, votes)) else _hidden(votes[-1]),
    )


def reveal_vote(asked: Round, results: Results) -> Reveal:
    """Return how many approve of each candidate, and what moved since the first vote."""
    titles = {one["name"]: one["title"] for one in asked.asks["candidates"]}
    votes = [Vote(answered=one["answered"], approve=one["approve"]) for one in _attempts(results)]
    drawn = approvals(titles, votes)
    told = [_most(titles, votes[-1], exclusive=False)]
    told += [_shift(titles, votes)] if len(votes) > 1 else []
    return Reveal(
        sentences=told,
        figure=drawn,
        text=say("Share of the seats that approve of each candidate."),
        height=drawn["height"],
        columns=_columns(votes),
        rows=_counts(titles, votes),
        note=_why_unsure(votes),
    )


def reveal_words(results: Results, waiting: int = 0) -> Reveal:
    """Return the approved statements, with how many joined each, and how many wait for approval."""
    answered = results["answered"]
    told = [
        Message("workshop_joined", text=one["text"], joined=band_text(one["joined"]), of=answered)
        if one["joined"]
        else Message("workshop_joined_hidden", text=one["text"])
        for one in results["statements"]
    ]
    if waiting:
        told.append(Message("workshop_texts_wait", waiting=waiting))
    return Reveal(sentences=told or (Message("workshop_no_statement"),))


def _attempts(results: Results) -> list[Results]:
    """Return the first attempt, where it may be shown, and the last one."""
    before = results.get("before")
    return [*([before] if before else []), results]


def _highest(medians: Mapping[str, float], answered: int) -> Message:
    """Return which objective has the highest median of points."""
    most = max(medians.values())
    first, *ties = [title for title, value in medians.items() if value == most]
    if ties:
        titles = tuple(map(quote, (first, *ties)))
        return Message("workshop_values_tied", titles=titles, points=number(most))
    return Message("workshop_values", title=first, points=number(most), answered=answered)


def _most(titles: Mapping[str, str], vote: Vote, *, exclusive: bool) -> Message:
    """Return what is known to have most votes."""
    first = leaders(vote.approve, vote.answered, exclusive=exclusive)
    if not first:
        return Message("workshop_most_hidden", answered=vote.answered)
    band = vote.approve[first[0]]
    assert band is not None
    count = band_text(band)
    if len(first) > 1:
        names = tuple(quote(titles[name]) for name in first)
        return Message("workshop_most_tied", titles=names, count=count, answered=vote.answered)
    title = titles[first[0]]
    return Message("workshop_most", title=title, count=count, answered=vote.answered)


def _shift(titles: Mapping[str, str], votes: Sequence[Vote]) -> Message:
    """Return which approval moved most, of those that are told exactly in both votes."""
    first, second = (_shares(one) for one in votes)
    moved = {name: second[name] - first[name] for name in first if name in second}
    name = max(moved, key=lambda one: abs(moved[one]), default="")
    if not name or not moved[name]:
        return Message("workshop_same")
    counts = [
        say("{count} of {answered}", count=round(share * vote.answered), answered=vote.answered)
        for share, vote in zip((first[name], second[name]), votes, strict=True)
    ]
    return Message(
        "workshop_rose" if moved[name] > 0 else "workshop_fell",
        title=titles[name],
        before=counts[0],
        after=counts[1],
    )


def _shares(vote: Vote) -> dict[str, float]:
    return {
        name: band[0] / vote.answered
        for name, band in vote.approve.items()
        if band and band[0] == band[1]
    }


def _within(vote: Vote) -> bool:
    """Return whether some count is told within bounds alone."""
    return any(band and band[0] < band[1] for band in vote.approve.values())


def _why_unsure(votes: Sequence[Vote]) -> str:
    """Return why counts of a vote are told within bounds, or hidden; empty where none is."""
    if any(map(_within, votes)):
        return translate(BANDS)
    return why_hidden() if None in votes[-1].approve.values() else ""


def _hidden(vote: Vote) -> str:
    """Return why counts of choices are hidden, and how many they are together."""
    counts = {name: band[0] if band else None for name, band in vote.approve.items()}
    return note(counts, vote.answered)


def _columns(votes: Sequence[Vote]) -> tuple[str, ...]:
    pairs = enumerate(votes)
    return ("", *(say(COLUMNS[len(votes)][place], n=one.answered) for place, one in pairs))


def _counts(titles: Mapping[str, str], votes: Sequence[Vote]) -> list[tuple[str, ...]]:
    return [
        (
            title,
            *(
                band_text(band) if (band := one.approve.get(name)) else hidden_text()
                for one in votes
            ),
        )
        for name, title in titles.items()
    ]
