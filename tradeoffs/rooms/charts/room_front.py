"""Room front: settings between two objectives, where seats stand, and what red lines leave."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tradeoffs.fronts import Objective
from tradeoffs.fronts.dominance import nondominated
from tradeoffs.fronts.replicates import REPORT
from tradeoffs.language.translation import say
from tradeoffs.report.charts.axis import axis, far_end, place, round_for_chart, staircase
from tradeoffs.rooms.options import Options

TEXT = "var(--st-text-color)"
FAINT = "var(--st-text-color/0.28)"
SEAT = "var(--st-chart-categorical-colors[0])"
EXCLUDED = "var(--st-chart-categorical-colors[3])"
DARKEST = 0.35  # opacity of what all lines of an axis exclude
GOLDEN = math.pi * (3 - math.sqrt(5))  # radians, from one dot of a sunflower to the next
SPREAD = 0.009  # of an axis: the radius of the second dot of a sunflower


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Plane:
    """Settings between two objectives.

    Attributes:
        x: objective to the right.
        y: objective upwards.
        values: (2 splits, settings, 2) means over seeds of x and y, in the units of the columns.
        words: of each setting.
        baseline: row of the untouched model; None if it is not among them.
        here: row of the setting that the room was opened on; None if it is not among them.
    """

    x: Objective
    y: Objective
    values: np.ndarray
    words: Sequence[str]
    baseline: int | None = None
    here: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """What a room adds to a plane.

    Attributes:
        seats: rows of settings, one a seat, in any order.
        lines: objective -> worst values accepted, one a seat that drew a line.
        inside: of each setting, inside the lines of how many seats it is, from and to; None where
            that is hidden.
        answered: how many seats that is of.
        chosen: row -> what it is called beside it, as the picks of rules.
    """

    seats: Sequence[int] = ()
    lines: Mapping[str, Sequence[float]] = field(default_factory=dict)
    inside: Sequence[Sequence[int] | None] = ()
    answered: int = 0
    chosen: Mapping[int, str] = field(default_factory=dict)


NOTHING = Marks()


def plane_of(options: Options, x: str, y: str) -> Plane:
    """Return the settings of a room between two of its objectives, by their names."""
    places = [options.names.index(name) for name in (x, y)]
    return Plane(
        x=options.objectives[places[0]],
        y=options.objectives[places[1]],
        values=options.means[..., places],
        words=[one["words"] for one in options.settings],
        baseline=options.now,
        here=options.here,
    )


def room_front(plane: Plane, marks: Marks = NOTHING) -> dict[str, Any]:
    """Return the plane as a plotly figure: every setting, the front of the two, and the marks.

    Values are means on report; the line joins what no other setting dominates on either half.  Each
    red line shades the side that it excludes, so a place is the darker the more lines exclude it.
    Where several seats stand at a setting, their dots lie around it.
    """
    drawn = [
        row for row in range(len(plane.words)) if np.isfinite(_costs(plane)[REPORT, row]).all()
    ]
    axes = {"x": axis(plane.x, _rows(plane, drawn, 0), "right")}
    axes["y"] = axis(plane.y, _rows(plane, drawn, 1), "up")
    at = dict(zip(drawn, _places(plane, drawn), strict=True))
    data = [*_line(plane, drawn, axes), _settings(plane, at, marks)]
    data += [*_landmarks(plane, at), *_chosen(at, marks)]
    if marks.seats:
        data.append(_seats(at, marks.seats, axes))
    layout = {
        "xaxis": axes["x"],
        "yaxis": axes["y"],
        "shapes": [*_shades(plane.x, "x", marks, axes), *_shades(plane.y, "y", marks, axes)],
        "showlegend": True,
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "hovermode": "closest",
        "uirevision": f"{plane.x.name} {plane.y.name}",
    }
    return {"data": data, "layout": layout}


def sunflower(count: int) -> list[tuple[float, float]]:
    """Return places around a point that do not cover each other, as shares of both axes.

    >>> [tuple(round(v, 3) for v in one) for one in sunflower(2)]
    [(0.0, 0.0), (-0.007, 0.009)]
    """
    return [
        (
            SPREAD * math.sqrt(k) * math.cos(k * GOLDEN),
            1.5 * SPREAD * math.sqrt(k) * math.sin(k * GOLDEN),
        )
        for k in range(count)
    ]


def _costs(plane: Plane) -> np.ndarray:
    """Return (2 splits, settings, 2) costs, infinite ones at the end of the axis."""
    both = [
        one.cost(place(one, plane.values[..., number]))
        for number, one in enumerate((plane.x, plane.y))
    ]
    return np.stack(both, axis=-1)


def _rows(plane: Plane, drawn: Sequence[int], number: int) -> list[dict[str, float]]:
    """Return settings as the axis needs them."""
    one = (plane.x, plane.y)[number]
    return [
        {one.column: plane.values[REPORT, row, number], f"{one.column}_sd": 0.0} for row in drawn
    ]


def _places(plane: Plane, drawn: Sequence[int]) -> list[tuple[float, float]]:
    x, y = (
        round_for_chart(place(one, plane.values[REPORT, drawn, number]))
        for number, one in enumerate((plane.x, plane.y))
    )
    return list(zip(x, y, strict=True))


def _line(
    plane: Plane, drawn: Sequence[int], axes: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the steps that bound what the settings of the front attain."""
    costs = _costs(plane)[:, drawn]
    if not drawn or not np.isfinite(costs).all():
        return []
    best = nondominated(costs[0]) & nondominated(costs[1])
    rows = sorted((one for one, on in zip(drawn, best, strict=True) if on), key=lambda row: (
        _costs(plane)[REPORT, row, 0]
    ))  # fmt: skip
    if not rows:
        return []
    x, y = zip(*_places(plane, rows), strict=True)
    across, up = staircase(x, y, (far_end(axes["x"]), far_end(axes["y"])))
    line = {"color": TEXT, "width": 1.5, "shape": "hv"}
    return [_trace(say("front"), "lines", across, up, line=line, hoverinfo="skip")]


def _settings(plane: Plane, at: Mapping[int, tuple[float, float]], marks: Marks) -> dict[str, Any]:
    """Return every setting, stronger the more seats it is inside the lines of."""
    shares = [_share(marks, row) for row in at]
    told = [_told(plane.words[row], marks, row) for row in at]
    return _trace(
        say("settings"),
        "markers",
        [x for x, _ in at.values()],
        [y for _, y in at.values()],
        text=told,
        hovertemplate="%{text}<extra></extra>",
        marker={
            "size": 8,
            "color": TEXT,
            "symbol": ["x-thin" if one is None else "circle" for one in shares],
            "opacity": [0.3 if one is None else 0.15 + 0.85 * one for one in shares],
            "line": {"width": 1.5, "color": FAINT},
        },
    )


def _share(marks: Marks, row: int) -> float | None:
    """Return the middle of the share of seats inside whose lines a setting is; None if hidden."""
    if not marks.inside:
        return 0.5
    band = marks.inside[row]
    return None if band is None else sum(band) / 2 / marks.answered


def _told(words: str, marks: Marks, row: int) -> str:
    if not marks.inside:
        return words
    band = marks.inside[row]
    if band is None:
        return f"{words}<br>{say('inside the lines of: hidden')}"
    count = band_text(band)
    told = say(
        "inside the lines of {count} of {answered} seats", count=count, answered=marks.answered
    )
    return f"{words}<br>{told}"


def band_text(band: Sequence[int]) -> str:
    """Return the bounds of a count in words.

    >>> band_text((7, 7)), band_text((0, 4))
    ('7', '0 to 4')
    """
    low, high = band
    return f"{low}" if low == high else say("{low} to {high}", low=low, high=high)


def _landmarks(plane: Plane, at: Mapping[int, tuple[float, float]]) -> list[dict[str, Any]]:
    found = []
    for name, row, symbol in (
        (say("no constraint, no privacy"), plane.baseline, "x-thin"),
        (say("where the room was opened"), plane.here, "star-open"),
    ):
        if row is not None and row in at:
            x, y = at[row]
            marker = {"size": 15, "symbol": symbol, "color": TEXT, "line": {"width": 2}}
            found.append(_trace(name, "markers", [x], [y], marker=marker, hoverinfo="name"))
    return found


def _chosen(at: Mapping[int, tuple[float, float]], marks: Marks) -> list[dict[str, Any]]:
    found = []
    for number, (row, name) in enumerate(marks.chosen.items()):
        if row in at:
            x, y = at[row]
            colour = f"var(--st-chart-categorical-colors[{1 + number % 3}])"
            marker = {"size": 17, "symbol": "circle-open", "color": colour, "line": {"width": 3}}
            found.append(_trace(name, "markers", [x], [y], marker=marker, hoverinfo="name"))
    return found


def _seats(
    at: Mapping[int, tuple[float, float]],
    seats: Sequence[int],
    axes: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Return a dot a seat, around the setting where it stands."""
    x: list[float] = []
    y: list[float] = []
    for row, count in Counter(one for one in seats if one in at).items():
        for right, up in sunflower(count):
            x.append(_moved(at[row][0], right, axes["x"]))
            y.append(_moved(at[row][1], up, axes["y"]))
    marker = {"size": 10, "color": SEAT, "opacity": 0.9, "line": {"width": 0}}
    return _trace(
        say("one seat each"), "markers", round_for_chart(x), round_for_chart(y),
        marker=marker, hoverinfo="skip",
    )  # fmt: skip


def _moved(value: float, share: float, along: Mapping[str, Any]) -> float:
    """Return a value moved along an axis by a share of its length."""
    low, high = along["range"]
    if along.get("type") == "log":
        return 10 ** (math.log10(value) + share * (high - low))
    return value + share * (high - low)


def _shades(
    one: Objective, letter: str, marks: Marks, axes: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return an area for each different line of an objective: what it excludes."""
    lines = marks.lines.get(one.name, ())
    other = "y" if letter == "x" else "x"
    return [
        {
            "type": "rect",
            f"{letter}0": float(place(one, value)),
            f"{letter}1": far_end(axes[letter]),
            f"{other}0": 0,
            f"{other}1": 1,
            f"{other}ref": "paper",
            f"{letter}ref": letter,
            "fillcolor": EXCLUDED,
            "opacity": DARKEST * count / len(lines),
            "line": {"width": 0},
            "layer": "below",
        }
        for value, count in sorted(Counter(lines).items())
    ]


def _trace(
    name: str, mode: str, x: Sequence[float], y: Sequence[float], **style: Any
) -> dict[str, Any]:
    uid = name.replace(",", "").replace(" ", "-")
    return {"type": "scatter", "name": name, "uid": uid, "mode": mode, "x": x, "y": y, **style}
