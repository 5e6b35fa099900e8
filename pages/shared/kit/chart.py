"""Plotly charts that update in place, in the app's theme, without losing zoom or legend."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plotly
import streamlit as st
from plotly.io.json import to_json_plotly
from streamlit.components.v1 import declare_component
from streamlit.components.v2 import component

from tradeoffs.errors import InvalidInput

if TYPE_CHECKING:
    import plotly.graph_objects as go

FRONTEND = Path(__file__).parent / "frontend"
PLOTLY = Path(inspect.getfile(plotly)).parent / "package_data"
MIN_HEIGHT = 120  # px; below it axes and legend leave no room for the points

# Streamlit sends this text with every message, so it only imports the real file. The address of
# the app's own script tells where the app lives, whatever base path or proxy is in front of it.
# One promise for all calls keeps them in order: browsers answer several import() in any order.
_FOLDER = """
const script = document.querySelector('script[src*="static/js/index"]').src;
const folder = script.slice(0, script.lastIndexOf("static/js/")) + "component/{module}.";
"""
_LOADER = """
const chart = import(folder + "frontend/chart.js?v={version}");
const plotly = folder + "plotly/plotly.min.js?v={plotly_version}";
"""
_DRAW = """
export default async function (component) {
  return (await chart).default(component, plotly);
}
"""
_PRELOAD = """
export default async function () {
  (await chart).preload(plotly);
}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartState:
    """What the visitor did with a chart.

    `clicked` is the customdata of the point clicked just now: it is set in the one run that the
    click causes and None in all others.  `selected` holds the customdata of the points inside the
    selection; it stays until the selection changes.
    """

    clicked: Any = None
    selected: tuple[Any, ...] = ()


def chart(
    figure: go.Figure | Mapping[str, Any],
    *,
    key: str,
    text: str,
    height: int = 480,
    on_click: Callable[[Any], object] | None = None,
    on_select: Callable[[list[Any]], object] | None = None,
) -> ChartState:
    """Draw `figure`; called again with the same `key`, change the drawing in place.

    Zoom, hover and hidden legend entries survive every update; set `layout.uirevision` to a new
    value when they should not (other axes, say).  Traces are told apart by `uid`, else by name, so
    give each a name of its own.

    Colours: fonts, grid, background and default colours follow the app's theme, whatever template
    the figure has.  A figure uses a theme colour by naming Streamlit's CSS variable wherever plotly
    takes a colour, in traces and layout: `"var(--st-text-color)"`, `"var(--st-primary-color/0.2)"`
    with an opacity, `"var(--st-chart-categorical-colors[2])"` out of a list.  (The opacity may also
    stand behind the bracket, but plotly's own check of colours then refuses it outside a dict.)
    The browser looks the colours up, so the same figure suits light and dark.

    Motion: points glide to a new place if their trace has `ids` and no point is new or gone.

    Clicks: a point with `customdata` can be clicked.  There is no way to click with a keyboard, so
    put a table or a select box beside the chart that reaches the same points.

    Args:
        figure: A plotly figure, or a mapping with `data` and `layout`.
        key: Identity of the chart on the page, also its key in the session state.
        text: Text alternative: in words, what the chart shows.
        height: In px; the width is that of the container.
        on_click: Called before the run that follows a click, with the point's customdata.
        on_select: Offers box and lasso selection; called with the customdata of the points inside.

    Raises:
        InvalidInput: If `text` is blank or `height` is too small.
    """
    if height < MIN_HEIGHT:
        raise InvalidInput("chart_too_low", height=height, least=MIN_HEIGHT)
    serve_files()

    def click() -> None:
        if on_click:
            on_click(st.session_state[key]["click"])

    def select() -> None:
        if on_select:
            on_select(st.session_state[key]["selection"])

    result = _MOUNT(
        key=key,
        data=payload(figure, text=text, select=on_select is not None),
        height=height,
        on_click_change=click,
        on_selection_change=select if on_select else None,
    )
    return ChartState(clicked=result.get("click"), selected=tuple(result.get("selection") or ()))


def preload(key: str) -> None:
    """Let the browser fetch plotly.js while the server still computes what the chart shows."""
    serve_files()
    _FETCH(key=key, height=1)


def payload(figure: go.Figure | Mapping[str, Any], *, text: str, select: bool = False) -> bytes:
    """The JSON that the browser draws: data, layout, text alternative, selection on or off.

    The template is left out, because the browser puts the theme in its place.

    Raises:
        InvalidInput: If `text` is blank.
    """
    if not text.strip():
        raise InvalidInput("no_text", field="text", value=text)
    content = figure if isinstance(figure, Mapping) else figure.to_dict()
    layout = {name: part for name, part in content.get("layout", {}).items() if name != "template"}
    message = {"data": content.get("data", []), "layout": layout, "text": text, "select": select}
    return str(to_json_plotly(message)).encode()


def serve_files() -> None:
    """Let the server hand out our frontend and plotly's JavaScript.

    The only use of the old components API, which alone can serve a folder of another package.  It
    registers with the running server, and AppTest makes a new one for each run, so every call of
    `chart` repeats it: that takes 0.06 ms.
    """
    declare_component("frontend", path=FRONTEND)
    declare_component("plotly", path=PLOTLY)


def loader(files: str) -> str:
    """Fill in where the files are, and versions so that no browser keeps the files of old ones."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(FRONTEND.glob("*.js"))))
    return (_FOLDER + files).format(
        module=__name__,  # declare_component puts it before the name
        version=digest.hexdigest()[:8],
        plotly_version=plotly.__version__,
    )


_MOUNT = component("tradeoffs_chart", js=loader(_LOADER) + _DRAW, isolate_styles=False)
_FETCH = component("tradeoffs_preload", js=loader(_LOADER) + _PRELOAD, isolate_styles=False)
