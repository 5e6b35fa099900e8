"""Contract tables: what each member gives and gains, as picture, table and numbers."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tradeoffs.data.codebook_words import word
from tradeoffs.fronts.differences import Difference
from tradeoffs.fronts.gains import Gain, count
from tradeoffs.language.notation import localise, percent_text, with_percent
from tradeoffs.language.translation import say, translate
from tradeoffs.report.remedies.community_gain import amount, span, tone, with_span
from tradeoffs.report.remedies.panel import Grid, Line, Mark, Picture
from tradeoffs.report.remedies.scale import difference_ticks

if TYPE_CHECKING:
    import pandas as pd

BAR = "95 % interval, over seeds and test people"
GAINS = {  # by the measure
    "accuracy": "Gain of the community's own people over training alone, in points of accuracy",
    "log_loss": "Gain of the community's own people over training alone, in log-loss",
}
DEPARTURE = {
    "accuracy": "Change for each one's own people when {name} leaves, in points of accuracy",
    "log_loss": "Change for each one's own people when {name} leaves, in log-loss",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """What one who takes part gives and gains.

    Attributes:
        name: of the community.
        rows: people that it trains on.
        given: their share of everybody's.
        gain: over training alone.
        share: of the sum of all gains; None where the sum cannot be told from none.
        without: what the others gain on average when it leaves, below 0 where they lose; None
            where it is not there.
        others: what each of them gains then.
    """

    name: str
    rows: int
    given: float
    gain: Gain
    share: Difference | None
    without: Difference | None
    others: Sequence[Gain]


def picture(found: Sequence[Member], measure: str, home: str) -> Picture:
    """Return a row a member: what it gains, and what becomes of the others when it leaves."""
    lines, seen = [], [0.0]
    for one in found:
        own = one.gain.in_measure(measure)
        low, high = own.interval or (own.mean, own.mean)
        marks = [
            Mark(at=own.mean, low=low, high=high, text=say("gains {amount}", amount=amount(own)))
        ]
        seen += [own.mean, low, high]
        if one.without:
            told = say("the others, if it leaves: {change}", change=with_span(one.without))
            marks.append(Mark(at=one.without.mean, kind="other", text=told))
            seen.append(one.without.mean)
        lines.append(
            Line(
                name=word(one.name),
                note=say("{rows:,} people", rows=one.rows),
                marks=marks,
                value=amount(own),
                detail=span(own),
                tone=tone(own),
                home=one.name == home,
            )
        )
    return Picture(
        title=translate(GAINS[measure]),
        columns=(say("Who takes part"), say("Gain"), say("Gain over alone")),
        lines=lines,
        ticks=difference_ticks(seen, measure),
        references=[(0.0, say("alone"))],
        legend=[
            ("after", say("own gain")),
            ("bar", translate(BAR)),
            ("other", say("mean change of the others when it leaves")),
        ],
    )


def exchange_grid(found: Sequence[Member], measure: str) -> Grid:
    """Return people given beside gains had, as a table of texts."""
    return Grid(
        caption=say("What each community gives and gains"),
        columns=(
            say("Community"),
            say("People given"),
            say("Share of the people"),
            say("Own gain over alone"),
            say("Share of the gains"),
            say("The others, if it leaves"),
        ),
        rows=[
            (
                word(one.name),
                localise(f"{one.rows:,}"),
                percent_text(f"{100 * one.given:.0f}"),
                with_span(one.gain.in_measure(measure)),
                percent(one.share) if one.share else say("not measurable"),
                with_span(one.without) if one.without else "–",
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
    columns = (
        say("Who takes part"),
        say("Gain beyond chance"),
        say("Lose beyond chance"),
        say("Cannot be told apart from zero"),
        say("{home} gains", home=word(home)),
    )
    return Grid(caption=say("Coalitions"), columns=columns, rows=rows)


def departure_picture(one: Member, measure: str) -> Picture:
    """Return a row a community: what becomes of it when one leaves, who is alone then itself."""
    lines, seen = [], [0.0]
    for name, change, people in _after(one, measure):
        low, high = change.interval or (change.mean, change.mean)
        lines.append(
            Line(
                name=word(name),
                note=people,
                marks=[Mark(at=change.mean, low=low, high=high, text=amount(change))],
                value=amount(change),
                detail=span(change),
                tone=tone(change),
                home=name == one.name,
            )
        )
        seen += [low, high]
    return Picture(
        title=say(DEPARTURE[measure], name=word(one.name)),
        columns=(say("Community"), say("Change"), say("Change")),
        lines=lines,
        ticks=difference_ticks(seen, measure),
        references=[(0.0, say("with {name}", name=word(one.name)))],
        legend=[("after", say("change; below 0 is a loss")), ("bar", translate(BAR))],
    )


def departure(one: Member, measure: str, sure: Container[str]) -> Grid:
    """Return what becomes of each when one leaves.

    Args:
        one: who leaves.
        measure: accuracy or log_loss.
        sure: names of those whose change is told apart from none, all looked at together.
    """
    rows = [
        (
            word(name),
            with_span(change),
            _told(change, sure=name in sure) if name != one.name else note,
        )
        for name, change, note in _after(one, measure)
    ]
    columns = (say("Community"), say("Change"), say("Beyond chance?"))
    caption = say("If {name} leaves", name=word(one.name))
    return Grid(caption=caption, columns=columns, rows=rows)


def _after(one: Member, measure: str) -> list[tuple[str, Difference, str]]:
    """Return name, change and a note of each when one leaves; who leaves comes last."""
    found = [(gain.community, gain.in_measure(measure), "") for gain in one.others]
    own = one.name, opposite(one.gain.in_measure(measure)), say("trains alone then")
    return [*found, own]


def opposite(one: Difference) -> Difference:
    """Return the difference the other way round."""
    low, high = one.interval or (0.0, 0.0)
    return replace(one, mean=-one.mean, interval=(-high, -low) if one.interval else None)


def _told(one: Difference, *, sure: bool) -> str:
    if not one.distinguishable:
        return translate("no", "not beyond chance")
    if sure:
        return say("a gain") if one.mean > 0 else say("a loss")
    if one.mean > 0:
        return say("a gain by its own interval, but not with Holm's correction over all")
    return say("a loss by its own interval, but not with Holm's correction over all")


def numbers(found: Sequence[Member], measure: str) -> "pd.DataFrame":
    """Return one row a member: what it gives and gains, and how the others change without it."""
    import pandas as pd

    rows = []
    for one in found:
        own = one.gain.in_measure(measure)
        row = {"community": one.name, "people": one.rows, "share_of_people": one.given}
        for name, value in (
            ("gain", own),
            ("share_of_gains", one.share),
            ("others_without_it", one.without),
        ):
            low, high = (value.interval if value else None) or (None, None)
            row |= {name: value.mean if value else None, f"{name}_low": low, f"{name}_high": high}
        rows.append(row)
    return pd.DataFrame(rows)


def percent(one: Difference) -> str:
    """Return a share with its interval, in whole per cent."""
    value = with_percent(_whole(one.mean))
    if one.interval is None:
        return say("{value} (one seed so far)", value=value)
    low, high = one.interval
    return say("{value} ({low} to {high})", value=value, low=_whole(low), high=_whole(high))


def _whole(share: float) -> str:
    return f"{round(100 * share)}".replace("-", "−")
