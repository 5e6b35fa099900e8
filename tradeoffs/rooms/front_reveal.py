"""Reveal on the front: where seats stand, what red lines leave, and what three rules pick."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tradeoffs.language.notation import labelled, quote, semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.messages.message import Message
from tradeoffs.report.sentences.value_text import value_text
from tradeoffs.rooms.charts.dot_rows import DotRow, dot_rows
from tradeoffs.rooms.charts.room_front import Marks, band_text, plane_of, room_front
from tradeoffs.rooms.hidden_counts import hidden_text
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.record_writer import points
from tradeoffs.rooms.room_reveal import Results, Reveal
from tradeoffs.rooms.round_texts import text
from tradeoffs.rooms.rules import TOTAL
from tradeoffs.values.preferences.aggregation import RULES

FRONT_HEIGHT = 520  # px
SHADE = (
    "Each red line shades what it excludes: the more lines of the two axes exclude a place, the "
    "stronger its shade. The more seats' lines a setting keeps, in all objectives, the clearer it "
    "is drawn."
)
Axes = tuple[str, str]  # names of two objectives: to the right, upwards
Decision = Mapping[str, Any]  # of `rules.decide`


def reveal_point(options: Options, axes: Axes, results: Results) -> Reveal:
    """Return where the seats stand: a dot a seat, around the setting that it chose."""
    seats = [row for row in results["points"] if row is not None]
    drawn = room_front(plane_of(options, *axes), Marks(seats=seats))
    return Reveal(
        sentences=(_stand(seats, results["answered"]),),
        figure=drawn,
        text=say(
            "The settings of the room, and a dot for each seat beside the setting that it chose."
        ),
        height=FRONT_HEIGHT,
        columns=(say("setting"), say("seats")),
        rows=[(words_of(options, row), str(seats.count(row))) for row in sorted(set(seats))],
    )


def reveal_lines(options: Options, axes: Axes, results: Results) -> Reveal:
    """Return what red lines exclude, as shade, and which settings keep everybody's."""
    lines = measured_lines(options, results["lines"])
    overlap = results["overlap"]
    marks = Marks(lines=lines, inside=overlap["within"], answered=results["answered"])
    return Reveal(
        sentences=_overlap(options, lines, overlap),
        figure=room_front(plane_of(options, *axes), marks),
        text=say("The settings of the room; shade covers what red lines exclude."),
        height=FRONT_HEIGHT,
        columns=(say("objective"), say("lines"), say("strictest"), say("loosest")),
        rows=[_line_row(options, name, drawn) for name, drawn in lines.items()],
        note=translate(SHADE),
    )


def reveal_rules(
    options: Options,
    candidates: Sequence[Mapping[str, Any]],
    decision: Decision,
) -> Reveal:
    """Return what each rule picks, with what each seat loses by it, a dot a seat.

    Args:
        options: that the room chooses from.
        candidates: of the vote.
        decision: of `rules.decide`.
    """
    titles = {one["name"]: one["title"] for one in candidates}
    names = {one["rule"]: text(f"rule.{one['rule']}") for one in decision["rules"]}
    rows, table, told = [], [], []
    for one in decision["rules"]:
        rule, row = names[one["rule"]], one["setting"]
        if row is None:
            told.append(Message("workshop_rule_none", rule=rule))
            continue
        title = titles.get(one["candidate"]) or words_of(options, row)
        ends, largest, mean = one["largest"], loss_text(one["largest"]), loss_text(one["mean"])
        rows.append(_losses(labelled(rule, title), one["losses"], ends))
        told.append(Message("workshop_rule", rule=rule, title=title, largest=largest, mean=mean))
        table.append((rule, title, largest, mean, _broken(options, one.get("broken", {}))))
    drawn = _drawn(rows)
    return Reveal(
        sentences=[*told, *_between(names, decision["between"])],
        figure=drawn,
        text=say("By each rule, what every seat loses, a dot a seat, and the largest loss."),
        height=drawn["height"] if drawn else 0,
        columns=_rule_columns(),
        rows=table,
    )


def _rule_columns() -> tuple[str, ...]:
    losses = say("largest loss"), say("mean loss")
    return say("rule"), say("picks"), *losses, say("lines that it breaks")


def reveal_picks(options: Options, axes: Axes, decision: Decision) -> Reveal:
    """Return where on the front the picks of the rules stand."""
    rules: dict[int, list[str]] = {}
    for one in decision["rules"]:
        if one["setting"] is not None:
            rules.setdefault(one["setting"], []).append(text(f"rule.{one['rule']}"))
    chosen = {row: ", ".join(names) for row, names in rules.items()}
    return Reveal(
        sentences=(),
        figure=room_front(plane_of(options, *axes), Marks(chosen=chosen)),
        text=say("The settings of the room, with a ring around each that a rule picks."),
        height=FRONT_HEIGHT,
    )


def _stand(seats: Sequence[int], answered: int) -> Message:
    """Return at how many settings seats stand, and how many chose none of them."""
    settings, none = len(set(seats)), answered - len(seats)
    if not seats:
        return Message("workshop_points_none", answered=answered)
    if not none:
        return Message("workshop_points_all", answered=answered, settings=settings)
    return Message(
        "workshop_points", chosen=len(seats), answered=answered, settings=settings, none=none
    )


def words_of(options: Options, row: int) -> str:
    """Return how a setting differs from the others, in words."""
    return str(options.settings[row]["differs"])


def measured_lines(
    options: Options, lines: Mapping[str, Sequence[float | None]]
) -> dict[str, list[float]]:
    """Return the lines that were drawn, in the units of the columns: shares come in per cent."""
    return {
        one.name: [
            value / 100 if one.is_share else value
            for value in lines.get(one.name, ())
            if value is not None
        ]
        for one in options.objectives
    }


def _overlap(
    options: Options, lines: Mapping[str, Sequence[float]], overlap: Mapping[str, Any]
) -> list[Message]:
    """Return which settings are inside all lines, or what excludes what."""
    settings, kept = overlap["settings"], len(overlap["all"])
    if not any(lines.values()):
        return [Message("workshop_no_line")]
    if kept == settings:
        return [Message("workshop_inside_all", settings=settings)]
    if kept:
        outside = settings - kept
        return [Message("workshop_inside", broken=outside, settings=settings, kept=kept)]
    titles = [one.title for one in options.objectives if one.name in overlap["clash"]]
    found = [Message("workshop_inside_none", settings=settings)]
    if len(titles) == 1:
        return [*found, Message("workshop_clash_alone", title=titles[0])]
    return [*found, Message("workshop_clash", titles=tuple(map(quote, titles)))]


def _line_row(options: Options, name: str, drawn: Sequence[float]) -> tuple[str, ...]:
    one = options.objectives[options.names.index(name)]
    if not drawn:
        return one.title, "0", "", ""
    order = np.argsort(one.cost(drawn), kind="stable")
    ends = (value_text(one, float(drawn[k])) for k in (order[0], order[-1]))
    return one.title, str(len(drawn)), *ends


def _losses(title: str, values: Sequence[float], ends: Mapping[str, Any]) -> DotRow:
    """Return a row of what seats lose, with the largest loss and its interval."""
    low, high = ends["low"], ends["high"]
    return DotRow(title=title, values=values, mean=ends["value"], low=low, high=high)


def _drawn(rows: Sequence[DotRow]) -> dict[str, Any] | None:
    """Return the losses by each rule on one scale, that shows 1 point at least."""
    if not rows:
        return None
    ends = [v for row in rows for v in (*row.values, row.mean, row.low, row.high) if v is not None]
    scale = min(0.0, *ends), min(max(1.0, *ends), TOTAL)
    title = say("Loss in the seat's own points")
    mean = say("largest loss, 95 % over training runs")
    return dot_rows(rows, title=title, ends=scale, mean=mean)


def loss_text(ends: Mapping[str, Any]) -> str:
    """Return a loss with its interval, in points.

    >>> loss_text({"value": 12.34, "low": -1.0, "high": 25.68})
    '12.3 (95 %: −1.0 to 25.7)'
    """
    value, low, high = (ends[name] for name in ("value", "low", "high"))
    if low is None or high is None:
        return points(value)
    ends = {"low": points(low), "high": points(high)}
    return say("{value} (95 %: {low} to {high})", value=points(value), **ends)


def _broken(options: Options, breaches: Mapping[str, Sequence[int] | None]) -> str:
    """Return of each objective how many seats' lines a setting breaks."""
    bands = ((one.lower, breaches.get(one.name)) for one in options.objectives)
    return semicolon_text(
        labelled(title, band_text(band) if band else hidden_text()) for title, band in bands
    )


def _between(names: Mapping[str, str], pairs: Sequence[Mapping[str, Any]]) -> list[Message]:
    """Return which rules pick the same, and whether the others can be told apart."""
    if len(pairs) == len(RULES) and all(one["same"] for one in pairs):
        return [Message("workshop_same_pick")]
    found = []
    for one in pairs:
        first, second = (names[rule] for rule in one["rules"])
        if one["same"]:
            found.append(Message("workshop_pair_same", first=first, second=second))
        else:
            found.append(_largest(first, second, one["largest"]))
            found.append(_mean(first, second, one["mean"]))
    return found


def _largest(first: str, second: str, size: Mapping[str, Any]) -> Message:
    if not size["apart"]:
        change = loss_text(size)
        return Message("workshop_largest_open", first=first, second=second, change=change)
    less, more, change = _ordered(first, second, size)
    return Message("workshop_largest_apart", less=less, more=more, change=change)


def _mean(first: str, second: str, size: Mapping[str, Any]) -> Message:
    if not size["apart"]:
        return Message("workshop_mean_open", first=first, second=second, change=loss_text(size))
    less, more, change = _ordered(first, second, size)
    return Message("workshop_mean_apart", less=less, more=more, change=change)


def _ordered(first: str, second: str, size: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return by which rule less is lost, by which more, and how much more."""
    if size["value"] > 0:
        return first, second, loss_text(size)
    ends = {"value": -size["value"], "low": -size["high"], "high": -size["low"]}
    return second, first, loss_text(ends)
