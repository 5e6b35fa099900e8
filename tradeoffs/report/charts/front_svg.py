"""The front as one static drawing, for paper: SVG without scripts, in black, white and grey."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from tradeoffs.fronts import Objective
from tradeoffs.language.notation import localise, percent_text
from tradeoffs.language.translation import say
from tradeoffs.report.charts.axis import (
    axis,
    column,
    place,
    round_step,
    staircase,
    worst_end,
)
from tradeoffs.report.front_summary import front_name
from tradeoffs.report.view import Row, View

WIDTH, HEIGHT = 720, 400  # units of the drawing
LEFT, RIGHT, TOP, BOTTOM = 66, 24, 14, 52  # margins
SIDES = {"start": 6, "end": -6}  # how far a name stands from what it names, by its anchor
ROOM = 160  # for a name to the right of what it names; a line is named below where it is less
TICKS = 6  # at most, on a linear axis
STYLE = (
    "text{font:12px sans-serif;fill:#222}.grid{stroke:#ddd}.front{fill:none;stroke:#000;"
    "stroke-width:1.6}.band{fill:#000;fill-opacity:.1}.point{fill:none;stroke:#999}"
    ".best{fill:#000}.you{fill:#1d4e79;stroke:#fff}.base{stroke:#000;stroke-width:2}"
    ".name{font-weight:600;paint-order:stroke;stroke:#fff;stroke-width:3px}"
)


@dataclass(frozen=True, slots=True)
class Scale:
    """One axis: from values to places on the drawing."""

    objective: Objective
    drawn: Mapping[str, Any]  # of plotly
    start: float
    stop: float

    def at(self, value: float) -> float:
        """Return where a value stands; within the axis, so that lines end at its ends."""
        low, high = self.drawn["range"]
        number = float(place(self.objective, value))
        if self.drawn.get("type") == "log":
            number = math.log10(number)
        share = (number - low) / (high - low)
        return self.start + min(max(share, 0.0), 1.0) * (self.stop - self.start)

    def ticks(self) -> list[tuple[float, str]]:
        """Return places with their words."""
        if "tickvals" in self.drawn:
            pairs = zip(self.drawn["tickvals"], self.drawn["ticktext"], strict=True)
            return [(self.at(value), text) for value, text in pairs]
        low, high = sorted(self.drawn["range"])
        if self.drawn.get("type") == "log":
            powers = range(math.ceil(low), math.floor(high) + 1)
            return [(self.at(10.0**power), localise(f"{10.0**power:,g}")) for power in powers]
        step = round_step((high - low) / TICKS)
        values = [step * n for n in range(math.ceil(low / step), math.floor(high / step) + 1)]
        if self.objective.is_share:
            return [(self.at(v), percent_text(f"{100 * v:g}")) for v in values]
        return [(self.at(v), localise(f"{v:g}")) for v in values]


def front_svg(shown: View, alternative: str) -> str:
    """Return the front with its band, every setting, yours and the baseline.

    Args:
        shown: what is drawn.
        alternative: the drawing in words, for those who do not see it.
    """
    x = Scale(shown.x, axis(shown.x, shown.points, "right"), LEFT, WIDTH - RIGHT)
    y = Scale(shown.y, axis(shown.y, shown.points, "up"), HEIGHT - BOTTOM, TOP)
    parts = [*_grid(x, y), *_band(shown, x, y), *_points(shown, x, y), *_line(shown, x, y)]
    parts += _landmarks(shown, x, y)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(alternative)}"><style>{STYLE}</style>{"".join(parts)}</svg>'
    )


def _grid(x: Scale, y: Scale) -> list[str]:
    parts = []
    for at, text in x.ticks():
        parts.append(f'<path class="grid" d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
        parts.append(_text(at, HEIGHT - BOTTOM + 18, text, "middle"))
    for at, text in y.ticks():
        parts.append(f'<path class="grid" d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(_text(LEFT - 8, at + 4, text, "end"))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, _title(x), "middle"))
    turned = f'transform="rotate(-90 16 {middle:.0f})"'
    parts.append(_text(16, middle, _title(y), "middle", turned))
    return parts


def _title(scale: Scale) -> str:
    return scale.drawn["title"]["text"]


def _band(shown: View, x: Scale, y: Scale) -> list[str]:
    stairs = shown.band.stairs
    if len(stairs) < 2:
        return []
    low, high = (
        _steps(stairs[edge][:, 0], stairs[edge][:, 1], x, y) for edge in (min(stairs), max(stairs))
    )
    return [f'<path class="band" d="M{_path([*low, *reversed(high)])}Z"/>']


def _line(shown: View, x: Scale, y: Scale) -> list[str]:
    best_first = sorted(shown.front.confirmed, key=lambda row: shown.x.cost(row[shown.x.column]))
    if not best_first:
        return []
    across, up = (column(best_first, one.objective.column) for one in (x, y))
    corners = _steps(across, up, x, y)
    at, high = corners[len(corners) // 2]
    return [
        f'<path class="front" d="M{_path(corners)}"/>',
        _named(at, high + (18 if at > WIDTH - ROOM else -6), front_name(shown), "start"),
    ]


def _steps(across: Any, up: Any, x: Scale, y: Scale) -> list[tuple[float, float]]:
    """Return the corners of what points attain, on the drawing: across first, then down."""
    ends = worst_end(x.drawn), worst_end(y.drawn)
    stair = staircase(place(x.objective, across), place(y.objective, up), ends)
    places = [(x.at(a), y.at(b)) for a, b in zip(*stair, strict=True)]
    corners = places[:1]
    for (_, before), (at, now) in zip(places, places[1:], strict=False):
        corners += [(at, before), (at, now)]
    return corners


def _points(shown: View, x: Scale, y: Scale) -> Iterable[str]:
    for row in shown.points:
        at, high = _where(row, x, y)
        size, kind = (3.6, "best") if row["on_front"] else (2.6, "point")
        yield f'<circle class="{kind}" cx="{at:.1f}" cy="{high:.1f}" r="{size}"/>'


def _landmarks(shown: View, x: Scale, y: Scale) -> Iterable[str]:
    if shown.baseline_row is not None:
        at, high = _where(shown.points[shown.baseline_row], x, y)
        cross = f"M{at - 5:.1f} {high - 5:.1f}l10 10m0 -10l-10 10"
        yield f'<path class="base" d="{cross}"/>'
        yield _named(at, high - 10, say("no constraint, no privacy"))
    if shown.here_row is not None:
        at, high = _where(shown.points[shown.here_row], x, y)
        yield f'<circle class="you" cx="{at:.1f}" cy="{high:.1f}" r="7"/>'
        yield _named(at, high + 20, say("this setting"))


def _where(row: Row, x: Scale, y: Scale) -> tuple[float, float]:
    return x.at(row[x.objective.column]), y.at(row[y.objective.column])


def _named(at: float, high: float, text: str, usual: str = "middle") -> str:
    """Return a name that stays within the drawing."""
    anchor = "end" if at > WIDTH - ROOM else "start" if at < LEFT + 80 else usual
    return _text(at + SIDES.get(anchor, 0), high, text, anchor, 'class="name"')


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{at:.1f} {high:.1f}" for at, high in corners)


def _text(at: float, high: float, text: str, anchor: str, more: str = "") -> str:
    place = f'x="{at:.1f}" y="{high:.1f}" text-anchor="{anchor}"'
    return f"<text {place} {more}>{escape(text)}</text>"
