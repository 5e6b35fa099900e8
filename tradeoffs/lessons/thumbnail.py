"""Thumbnail: the chart of a lesson as a small SVG, without any value that the lesson asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from tradeoffs.fronts import AXES
from tradeoffs.lessons.answer_check import SAME, Opening
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.builder import build_lesson
from tradeoffs.lessons.folder import Folder
from tradeoffs.lessons.step_question import questions
from tradeoffs.paths import SHIPPED_LESSONS

if TYPE_CHECKING:
    import pandas as pd

WIDTH, HEIGHT, MARGIN = 76, 54, 7  # of the picture, in its own units
COLOURS = 4  # classes s0 to s3 of the series, which the page's style fills
MOST = 80  # points; more would be a blot
ENOUGH = 4  # points that are shown make a picture


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A point of a chart.

    Attributes:
        place: along the axis of names, or the first objective of a front.
        value: along the other axis; None where the lesson asks for it.
        low: lower end of its interval; the value itself where there is none.
        high: upper end.
        series: which colour it has, from 0.
    """

    place: float
    value: float | None
    low: float = 0.0
    high: float = 0.0
    series: int = 0


def thumbnail(folder: Folder) -> str:
    """Return the first chart of a lesson that has enough to show; "" while no answer is there."""
    steps = list(openings(folder))
    asked = asked_values(steps)
    kinds = [one.question.picture.chart.kind for one in steps]
    drawn = [marks(one, asked) for one in steps]
    shown = [sum(one.value is not None for one in points) for points in drawn]
    if not any(drawn):
        return ""
    best = max(
        range(len(drawn)), key=lambda n: (0 < len(drawn[n]) <= MOST, min(shown[n], ENOUGH), -n)
    )
    return _svg(drawn[best], kinds[best])


def write_thumbnail(folder: Folder) -> None:
    """Write the picture that is shipped beside a lesson's answers; the index shows it."""
    drawn = f"{thumbnail(folder)}\n"
    (SHIPPED_LESSONS / f"{folder.name}.svg").write_text(drawn, encoding="utf-8")


def asked_values(steps: Sequence[Opening]) -> list[float]:
    """Return every value that a lesson asks for, and those that it is a comparison of."""
    every = [[own, *compared] for one in steps for own, compared in one.asked()]
    return [effect.value for group in every for effect in group if effect is not None]


def marks(opening: Opening, asked: Sequence[float]) -> list[Mark]:
    """Return the points of a step's chart, those without value that are asked for."""
    picture = opening.question.picture.at(opening.state)
    data = picture.data(opening.reading)
    if picture.chart.kind == "front":
        axes = [AXES[str(name)].column for name in (picture.chart.x, picture.chart.y)]
        return _front(data, axes, picture.chart.series, asked)
    first, rest = picture.coordinates[0], picture.coordinates[1:]
    places = list(dict.fromkeys(map(str, data[first])))  # as text: what is absent equals nothing
    series = list(dict.fromkeys(map(str, data[list(rest)].to_numpy().tolist())))
    found = []
    for row in data.to_dict("records"):
        value, low, high = (_number(row, name) for name in ("value", "low", "high"))
        if value is None:
            continue
        hidden = _among(value, asked)
        found.append(
            Mark(
                place=places.index(str(row[first])),
                value=None if hidden else value,
                low=value if low is None else low,
                high=value if high is None else high,
                series=series.index(str([row[name] for name in rest])),
            )
        )
    return found


def _front(
    data: "pd.DataFrame", axes: Sequence[str], series: str | None, asked: Sequence[float]
) -> list[Mark]:
    names = list(dict.fromkeys(map(str, data[series]))) if series else []
    found = []
    for row in data.to_dict("records"):
        x, y = (_number(row, name) for name in axes)
        if x is not None and y is not None:
            value = None if _among(x, asked) or _among(y, asked) else y
            colour = names.index(str(row[series])) if series else 0
            found.append(Mark(place=x, value=value, low=y, high=y, series=colour))
    return found


def openings(folder: Folder) -> Iterator[Opening]:
    """Yield the steps as they open, as far as their answers are shipped."""
    lesson = build_lesson(folder)
    for place, question in enumerate(questions(folder)):
        state = lesson.setting(place)
        table = shipped_answer(lesson.steps[place], state)
        if table is not None:
            reading = question.reading(table, state)
            yield Opening(question=question, place=place, state=state, reading=reading)


def _svg(points: Sequence[Mark], kind: str) -> str:
    """Return points as SVG: upwards what is measured, or to the right where names are rows."""
    known = [end for one in points if one.value is not None for end in (one.low, one.high)]
    known = [end for end in known if abs(end) != float("inf")] or [0.0, 1.0]
    low, high = min(known), max(known)
    first, last = min(one.place for one in points), max(one.place for one in points)
    rows = kind not in ("lines", "front")
    length, across = (WIDTH, HEIGHT) if rows else (HEIGHT, WIDTH)

    def along(value: float) -> float:
        share = (min(max(value, low), high) - low) / (high - low) if high > low else 0.5
        return MARGIN + share * (length - 2 * MARGIN)

    def beside(place: float) -> float:
        share = (place - first) / (last - first) if last > first else 0.5
        return MARGIN + share * (across - 2 * MARGIN)

    def point(place: float, value: float) -> str:
        x, y = (along(value), beside(place)) if rows else (beside(place), HEIGHT - along(value))
        return f"{x:.1f} {y:.1f}"

    parts = [f'<path class="axes" d="M2 2V{HEIGHT - 2}H{WIDTH - 2}"/>']
    if kind == "lines":
        parts += _lines(points, point)
    for one in points:
        colour = f"s{one.series % COLOURS}"
        if one.value is None:
            continue
        if one.high > one.low:
            ends = f"M{point(one.place, one.low)}L{point(one.place, one.high)}"
            parts.append(f'<path class="{colour}" d="{ends}"/>')
        x, y = point(one.place, one.value).split()
        parts.append(f'<circle class="{colour}" cx="{x}" cy="{y}" r="2.2"/>')
    for place in sorted({one.place for one in points if one.value is None})[:6]:
        x, y = point(place, (low + high) / 2).split()
        parts.append(f'<text x="{x}" y="{float(y) + 4:.1f}">?</text>')
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" class="thumbnail">{"".join(parts)}</svg>'


def _lines(points: Sequence[Mark], point: Any) -> Iterator[str]:
    """Yield a line for each series, broken where a value is asked for."""
    for series in sorted({one.series for one in points}):
        own = sorted((one for one in points if one.series == series), key=lambda one: one.place)
        path, pen = "", "M"
        for one in own:
            if one.value is None:
                pen = "M"
                continue
            path, pen = f"{path}{pen}{point(one.place, one.value)}", "L"
        if path:
            yield f'<path class="s{series % COLOURS}" d="{escape(path)}"/>'


def _number(row: Mapping[str, Any], name: str) -> float | None:
    value = row.get(name)
    return float(value) if isinstance(value, int | float) and value == value else None


def _among(value: float, asked: Sequence[float]) -> bool:
    return any(abs(value - one) <= SAME * max(abs(value), abs(one)) for one in asked)
