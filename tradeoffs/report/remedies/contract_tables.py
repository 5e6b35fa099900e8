"""Contract tables: what each member gives and gains, as picture, table and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradeoffs.fronts.differences import Difference
from tradeoffs.fronts.gains import Gain, count
from tradeoffs.report.remedies.community_gain import amount, span, tone
from tradeoffs.report.remedies.panel import Grid, Line, Mark, Picture
from tradeoffs.report.remedies.scale import difference_ticks

if TYPE_CHECKING:
    import pandas as pd

UNITS = {"accuracy": "in points of accuracy", "log_loss": "in log-loss"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """What one who takes part gives and gains.

    Attributes:
        name: of the community.
        rows: people that it trains on.
        given: their share of everybody's.
        gain: over training alone.
        share: of the sum of all gains; None where the sum cannot be told from none.
        lost: by the others on average when it leaves; None where it is not there.
        others: what each of them loses then.
    """

    name: str
    rows: int
    given: float
    gain: Gain
    share: Difference | None
    lost: Difference | None
    others: Sequence[Gain]


def picture(found: Sequence[Member], measure: str, home: str) -> Picture:
    """Return a row a member: what it gains, and what the others lose when it leaves."""
    lines, seen = [], [0.0]
    for one in found:
        own = one.gain.in_measure(measure)
        low, high = own.interval or (own.mean, own.mean)
        marks = [Mark(at=own.mean, low=low, high=high, text=f"gains {amount(own)}")]
        seen += [own.mean, low, high]
        if one.lost:
            told = f"the others lose {amount(one.lost)} ({span(one.lost)})"
            marks.append(Mark(at=one.lost.mean, kind="other", text=told))
            seen.append(one.lost.mean)
        lines.append(
            Line(
                name=one.name,
                note=f"{one.rows:,} people",
                marks=marks,
                value=amount(own),
                detail=span(own),
                tone=tone(own),
                home=one.name == home,
            )
        )
    return Picture(
        title=f"Gain of the community's own people over training alone, {UNITS[measure]}",
        columns=("Who takes part", "Gain", "Gain over alone"),
        lines=lines,
        ticks=difference_ticks(seen, measure),
        references=[(0.0, "alone")],
        legend=[
            ("after", "own gain"),
            ("bar", "95 % interval, over seeds and test people"),
            ("other", "what the others lose on average when it leaves"),
        ],
    )


def exchange_grid(found: Sequence[Member], measure: str) -> Grid:
    """Return people given beside gains had, as a table of texts."""
    return Grid(
        caption="What each gives and gains",
        columns=(
            "Community",
            "People given",
            "Share of the people",
            "Own gain over alone",
            "Share of the gains",
            "The others lose when it leaves",
        ),
        rows=[
            (
                one.name,
                f"{one.rows:,}",
                f"{100 * one.given:.0f} %",
                with_span(one.gain.in_measure(measure)),
                percent(one.share) if one.share else "not measurable",
                with_span(one.lost) if one.lost else "–",
            )
            for one in found
        ],
    )


def coalition_grid(found: Mapping[str, Sequence[Gain]], home: str, measure: str) -> Grid:
    """Return for each coalition how many members gain, lose, and what home gains."""
    rows = []
    for title, gains in found.items():
        better, worse, alike = count(gains, measure)
        own = next((one for one in gains if one.community == home), None)
        counts = (str(better), str(worse), str(alike)) if gains else ("–",) * 3
        rows.append((title, *counts, with_span(own.in_measure(measure)) if own else "–"))
    columns = ("Who takes part", "Told to gain", "Told to lose", "Cannot be told", f"{home} gains")
    return Grid(caption="Coalitions", columns=columns, rows=rows)


def departure(one: Member, measure: str) -> Grid:
    """Return what each of the others loses when one leaves."""
    return Grid(
        caption=f"If {one.name} leaves",
        columns=("Community", "Loses by it"),
        rows=[(gain.community, with_span(gain.in_measure(measure))) for gain in one.others]
        + [(one.name, f"{with_span(one.gain.in_measure(measure))}, as it is alone then")],
    )


def numbers(found: Sequence[Member], measure: str) -> "pd.DataFrame":
    """Return one row a member: what it gives, gains, and what the others lose without it."""
    import pandas as pd

    rows = []
    for one in found:
        own = one.gain.in_measure(measure)
        row = {"community": one.name, "people": one.rows, "share_of_people": one.given}
        for name, value in (
            ("gain", own),
            ("share_of_gains", one.share),
            ("others_lose", one.lost),
        ):
            low, high = (value.interval if value else None) or (None, None)
            row |= {name: value.mean if value else None, f"{name}_low": low, f"{name}_high": high}
        rows.append(row)
    return pd.DataFrame(rows)


def with_span(one: Difference) -> str:
    """Return a difference with its interval."""
    return f"{amount(one)} ({span(one)})"


def percent(one: Difference) -> str:
    """Return a share with its interval, in whole per cent."""
    value = f"{_whole(one.mean)} %"
    if one.interval is None:
        return f"{value} (one seed so far)"
    low, high = one.interval
    return f"{value} ({_whole(low)} to {_whole(high)})"


def _whole(share: float) -> str:
    return f"{round(100 * share)}".replace("-", "−")
