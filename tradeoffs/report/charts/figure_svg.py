"""A figure of plotly as one static drawing: SVG without scripts, for paper and for slides.

It knows what the figures of lessons are made of: lines and marks with whiskers, lines that lie
across, and names; axes of numbers, of powers of ten, and of words.
"""

import math
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import numpy as np

from tradeoffs.language.notation import localise, percent_text
from tradeoffs.report.charts.axis import round_step
from tradeoffs.report.charts.light_theme import CATEGORICAL, colour

WIDTH, HEIGHT = 720, 400  # units of the drawing
LEFT, RIGHT, TOP, BOTTOM = 66, 24, 16, 52  # margins
LETTER, ROW = 6.6, 20  # of a text: width of a letter, at most; height of a row of the legend
KEY = 34  # what a sign of the legend takes to the right, with what is left free around it
Figure = Mapping[str, Any]  # `data` and `layout` of plotly
TICKS = 6  # at most, on an axis of numbers
PAD = 0.05  # of what values span, beyond them
LINE_DASHES = {
    "dash": "7 4",
    "dot": "2 3",
    "dashdot": "7 3 2 3",
    "longdash": "12 4",
    "longdashdot": "12 3 2 3",
}
CORNERS = {  # of marks, as far from their middle as their size is
    "square": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "diamond": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
    "triangle-up": ((0, -1), (1, 0.8), (-1, 0.8)),
    "star": ((0, -1.2), (0.35, -0.4), (1.2, -0.3), (0.5, 0.3), (0.7, 1.1), (0, 0.6))
    + ((-0.7, 1.1), (-0.5, 0.3), (-1.2, -0.3), (-0.35, -0.4)),
    "hexagon": ((0, -1), (0.9, -0.5), (0.9, 0.5), (0, 1), (-0.9, 0.5), (-0.9, -0.5)),
}
STROKES = {"cross": "M{w} {y}H{e}M{x} {n}V{s}", "x": "M{w} {n}L{e} {s}M{w} {s}L{e} {n}"}
STYLE = (
    "text{font:12px sans-serif;fill:#222}.grid{stroke:#ddd}.across{stroke:#666;"
    "stroke-dasharray:2 3}.name{paint-order:stroke;stroke:#fff;stroke-width:3px}"
)


@dataclass(frozen=True, slots=True)
class _Axis:
    """From values to places on the drawing.

    Attributes:
        spec: of plotly.
        names: words of an axis of words, in their order; () for one of numbers.
        ends: lowest and highest place, the first at `start`; logarithms on an axis of powers.
        start: where the first end stands, in units of the drawing.
        stop: where the last stands.
    """

    spec: Mapping[str, Any]
    names: tuple[str, ...]
    ends: tuple[float, float]
    start: float
    stop: float

    @property
    def is_log(self) -> bool:
        """Whether it has powers of ten."""
        return self.spec.get("type") == "log"

    def at(self, value: Any) -> float | None:
        """Return where a value stands, within the axis; None for one that has no place."""
        if self.names:
            number = float(self.names.index(str(value))) if str(value) in self.names else math.nan
        else:
            number = math.nan if value is None else float(value)
            if self.is_log:
                number = math.log10(number) if number > 0 else math.nan
        if math.isnan(number):
            return None
        low, high = self.ends
        share = (number - low) / (high - low)
        return self.start + min(max(share, 0.0), 1.0) * (self.stop - self.start)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield places with their words."""
        low, high = sorted(self.ends)
        if self.names:
            values: Sequence[Any] = self.names
            texts = list(self.names)
        elif "tickvals" in self.spec:
            values, texts = self.spec["tickvals"], list(self.spec["ticktext"])
        elif self.is_log:
            values = [10.0**n for n in range(math.ceil(low), math.floor(high) + 1)]
            texts = [localise(f"{value:,g}") for value in values]
        else:
            step = round_step((high - low) / TICKS)
            first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
            values = [step * n for n in range(first, last + 1)]
            texts = [self._write(value) for value in values]
        for value, text in zip(values, texts, strict=True):
            where = self.at(value)
            if where is not None:
                yield where, text

    def _write(self, value: float) -> str:
        if self.is_share:
            return percent_text(f"{100 * value:.6g}").replace("-", "−")
        return localise(f"{value:.6g}").replace("-", "−")

    @property
    def is_share(self) -> bool:
        """Whether its numbers are shares."""
        return "%" in (self.spec.get("tickformat") or "")


def figure_svg(figure: Figure, alternative: str, *, empty: bool = False) -> str:
    """Return a figure as a drawing.

    Args:
        figure: of plotly.  An axis that is `fixed` has ends that tell no value already.
        alternative: the drawing in words, for those who do not see it.
        empty: leave out what was measured: axes alone, to draw into.  Their ends then follow
            from what could be measured, a share from 0 to 100 %, and tell no value.
    """
    data, layout = figure["data"], figure["layout"]
    legend = [] if empty or not layout.get("showlegend") else [*_legend(data)]
    top = TOP + ROW * (1 + max((row for row, *_ in legend), default=-1))
    height = max(HEIGHT, layout.get("height") or 0) + top - TOP
    x = _axis(figure, "x", LEFT, WIDTH - RIGHT, empty=empty)
    y = _axis(figure, "y", height - BOTTOM, top, empty=empty)
    parts = [*_grid(x, y, top, height), *_key(legend, data)]
    if not empty:
        parts += _across(layout, x, y, top, height)
        for place, trace in enumerate(data):
            parts += _trace(trace, x, y, place)
    parts += _names(layout, x, y, top, empty=empty)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(alternative)}"><style>{STYLE}</style>{"".join(parts)}</svg>'
    )


def _axis(figure: Figure, name: str, start: float, stop: float, *, empty: bool) -> _Axis:
    spec = figure["layout"].get(f"{name}axis", {})
    values = [value for trace in figure["data"] for value in _plain(trace.get(name))]
    words = spec.get("type") == "category" or any(isinstance(one, str) for one in values)
    if words:
        order = spec.get("categoryarray")
        order = values if order is None else _plain(order)
        names = tuple(dict.fromkeys(map(str, order)))
        low, high = spec.get("range") or (-0.5, max(len(names), 1) - 0.5)
        return _Axis(spec, names, (low, high), start, stop)
    drawn = _Axis(spec, (), (0.0, 1.0), start, stop)
    found = spec.get("range") or _span(figure, name, drawn)
    if empty and not drawn.is_log and not spec.get("fixed"):
        found = _blank(found, share=drawn.is_share)
    low, high = found
    return _Axis(spec, (), (low, high), start, stop)


def _span(figure: Figure, name: str, drawn: _Axis) -> tuple[float, float]:
    """Return the lowest and highest place of all that is drawn along an axis."""
    values = [float(s[f"{name}0"]) for s in _shapes(figure["layout"], name)]
    for trace in figure["data"]:
        for value, low, high in _whiskers(trace, name):
            values += [value, value - low, value + high]
    if drawn.is_log:
        values = [math.log10(value) for value in values if value > 0]
    known = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    pad = PAD * (max(known) - min(known) or abs(known[0]) or 1.0)
    return min(known) - pad, max(known) + pad


def _blank(ends: Sequence[float], *, share: bool) -> tuple[float, float]:
    """Return ends that tell no value; the first stays the larger one where it is.

    >>> _blank((0.31, 0.42), share=True), _blank((-3, 7.2), share=False)
    ((0.0, 1.0), (-10.0, 10.0))
    >>> _blank((9, 2), share=False)
    (10.0, 0.0)
    """
    most = max(map(abs, ends))
    most = 1.0 if share and most <= 1.1 else round_step(most)
    low = -most if min(ends) < -PAD * most * 2 else 0.0
    return (most, low) if ends[0] > ends[1] else (low, most)


def _plain(values: Any) -> list[Any]:
    """Return an array of a figure, which plotly may have packed."""
    if isinstance(values, Mapping):
        values = np.frombuffer(b64decode(values["bdata"]), dtype=values["dtype"])
    return [] if values is None else np.asarray(values).tolist()


def _whiskers(trace: Mapping[str, Any], name: str) -> Iterator[tuple[float, float, float]]:
    """Yield each number along an axis with how far its whisker goes down and up."""
    values, error = _plain(trace.get(name)), trace.get(f"error_{name}") or {}
    up = _plain(error.get("array")) or [0.0] * len(values)
    down = _plain(error.get("arrayminus")) or up
    for value, low, high in zip(values, down, up, strict=True):
        yield (math.nan if value is None else float(value)), float(low or 0), float(high or 0)


def _shapes(layout: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the lines that lie across an axis: both ends at one of its values."""
    shapes = layout.get("shapes") or ()
    return [s for s in shapes if s.get(f"{name}ref", name) == name and s["type"] == "line"]


def _grid(x: _Axis, y: _Axis, top: float, height: float) -> Iterator[str]:
    foot = height - BOTTOM
    for at, text in x.ticks():
        yield f'<path class="grid" d="M{at:.1f} {top}V{foot}"/>'
        yield _text(at, foot + 18, text, "middle")
    for at, text in y.ticks():
        yield f'<path class="grid" d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}"/>'
        if y.spec.get("showticklabels") is not False:
            yield _text(LEFT - 8, at + 4, text, "end")
    yield _text((LEFT + WIDTH - RIGHT) / 2, height - 10, _title(x), "middle")
    middle = (top + foot) / 2
    turned = f'transform="rotate(-90 16 {middle:.0f})"'
    yield _text(16, middle, _title(y), "middle", turned)


def _title(axis: _Axis) -> str:
    title = axis.spec.get("title") or {}
    return (title if isinstance(title, str) else title.get("text")) or ""


def _legend(data: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, float, int]]:
    """Yield row, place to the right and number of the trace of each entry."""
    row, at = 0, float(LEFT)
    for place, trace in enumerate(data):
        if trace.get("showlegend") is False or not trace.get("name"):
            continue
        length = KEY + LETTER * len(str(trace["name"]))
        if at > LEFT and at + length > WIDTH:
            row, at = row + 1, float(LEFT)
        yield row, at, place
        at += length


def _key(
    legend: Sequence[tuple[int, float, int]], data: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    for row, at, place in legend:
        trace, high = data[place], TOP + ROW * row
        if "lines" in trace["mode"]:
            yield f'<path d="M{at:.1f} {high}h22" {_line_style(trace, place)}/>'
        if "markers" in trace["mode"]:
            yield _mark(at + 11, high, trace, place)
        yield _text(at + 26, high + 4, str(trace["name"]), "start")


def _trace(trace: Mapping[str, Any], x: _Axis, y: _Axis, place: int) -> Iterator[str]:
    points = [
        (x.at(a), y.at(b))
        for a, b in zip(_plain(trace.get("x")), _plain(trace.get("y")), strict=True)
    ]
    if "lines" in trace["mode"]:
        stepped = (trace.get("line") or {}).get("shape") == "hv"
        path = _path(points, stepped=stepped)
        yield f'<path d="{path}" fill="none" {_line_style(trace, place)}/>'
    if "markers" not in trace["mode"]:
        return
    yield from _bars(trace, x, y, place)
    for across, up in points:
        if across is not None and up is not None:
            yield _mark(across, up, trace, place)


def _path(points: Sequence[tuple[float | None, float | None]], *, stepped: bool) -> str:
    """Return a line through points, broken where one has no place."""
    path, before = "", None
    for at, high in points:
        if at is None or high is None:
            before = None
            continue
        corner = f"L{at:.1f} {before[1]:.1f}" if stepped and before else ""
        path += f"{corner}{'L' if before else 'M'}{at:.1f} {high:.1f}"
        before = at, high
    return path


def _bars(trace: Mapping[str, Any], x: _Axis, y: _Axis, place: int) -> Iterator[str]:
    """Yield the whiskers of a trace along both axes."""
    xs, ys = _plain(trace.get("x")), _plain(trace.get("y"))
    style = f'stroke="{_colour(trace, place)}" stroke-width="1.2"'
    if (trace.get("error_y") or {}).get("array") is not None:
        for across, (value, low, high) in zip(xs, _whiskers(trace, "y"), strict=True):
            at, ends = x.at(across), (y.at(value - low), y.at(value + high))
            if at is not None and None not in ends and low + high:
                yield f'<path d="M{at:.1f} {ends[0]:.1f}V{ends[1]:.1f}" {style}/>'
    if (trace.get("error_x") or {}).get("array") is not None:
        for up, (value, low, high) in zip(ys, _whiskers(trace, "x"), strict=True):
            at, ends = y.at(up), (x.at(value - low), x.at(value + high))
            if at is not None and None not in ends and low + high:
                yield f'<path d="M{ends[0]:.1f} {at:.1f}H{ends[1]:.1f}" {style}/>'


def _mark(at: float, high: float, trace: Mapping[str, Any], place: int) -> str:
    marker = trace.get("marker") or {}
    symbol, _, hollow = str(marker.get("symbol") or "circle").partition("-open")
    radius, ink = float(marker.get("size") or 8) / 2, _colour(trace, place)
    open_one = str(marker.get("symbol")).endswith("-open")
    style = f'fill="{"#fff" if open_one else ink}" stroke="{ink}" stroke-width="1.5"'
    if marker.get("opacity") is not None:
        style += f' opacity="{marker["opacity"]}"'
    if symbol in STROKES:
        ends = {"w": at - radius, "e": at + radius, "n": high - radius, "s": high + radius}
        ends = {name: f"{value:.1f}" for name, value in (ends | {"x": at, "y": high}).items()}
        return f'<path d="{STROKES[symbol].format(**ends)}" {style}/>'
    if symbol in CORNERS:
        corners = (f"{at + radius * a:.1f} {high + radius * b:.1f}" for a, b in CORNERS[symbol])
        return f'<path d="M{"L".join(corners)}Z" {style}/>'
    return f'<circle cx="{at:.1f}" cy="{high:.1f}" r="{radius:g}" {style}/>'


def _line_style(trace: Mapping[str, Any], place: int) -> str:
    dash = LINE_DASHES.get((trace.get("line") or {}).get("dash") or "")
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{_colour(trace, place)}" stroke-width="2"{dashes}'


def _colour(trace: Mapping[str, Any], place: int) -> str:
    own = [(trace.get(part) or {}).get("color") for part in ("marker", "line")]
    return colour(next(filter(None, own), CATEGORICAL[place % len(CATEGORICAL)]))


def _across(
    layout: Mapping[str, Any], x: _Axis, y: _Axis, top: float, height: float
) -> Iterator[str]:
    """Yield the lines that lie across: levels to compare with."""
    for shape in _shapes(layout, "y"):
        at = y.at(shape["y0"])
        yield f'<path class="across" d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}"/>'
    for shape in _shapes(layout, "x"):
        at = x.at(shape["x0"])
        yield f'<path class="across" d="M{at:.1f} {top}V{height - BOTTOM}"/>'


def _names(
    layout: Mapping[str, Any], x: _Axis, y: _Axis, top: float, *, empty: bool
) -> Iterator[str]:
    """Yield the annotations; of an empty drawing those alone that name rows of an axis of words."""
    for one in layout.get("annotations") or ():
        row = one.get("yref", "y") == "y" and y.names
        if empty and not row:
            continue
        at = _along(x, one, "x", (LEFT, WIDTH - RIGHT))
        high = _along(y, one, "y", (y.start, y.stop))
        if at is None or high is None:
            continue
        anchor = "start" if at < WIDTH / 3 else "end" if at > 2 * WIDTH / 3 else "middle"
        lift = one.get("yshift") or (0 if row else 5 if high > top + 5 else -12)
        yield _text(
            at, high - lift + (4 if row else 0), unescape(one["text"]), anchor, 'class="name"'
        )


def _along(
    axis: _Axis, one: Mapping[str, Any], name: str, ends: tuple[float, float]
) -> float | None:
    """Return where an annotation stands: at a value, or at a share of the whole."""
    if one.get(f"{name}ref", name) == name:
        return axis.at(one[name])
    return ends[0] + float(one[name]) * (ends[1] - ends[0])


def _text(at: float, high: float, text: str, anchor: str, more: str = "") -> str:
    place = f'x="{at:.1f}" y="{high:.1f}" text-anchor="{anchor}"'
    return f"<text {place} {more}>{escape(text)}</text>"
