"""Parts of the Explorer's screen that the browser draws by itself, of what the channel brings."""

from collections.abc import Callable
from typing import Any

from streamlit.components.v2 import component

from pages.shared.explorer import live
from pages.shared.kit.channel import mount
from pages.shared.kit.chart import loader, serve_files
from server.source import Source

KEY = "screen"  # in the session's channel

_LOADER = """
const file = import(folder + "frontend/{{file}}.js?v={version}");
export default async function (component) {{{{
  return (await file).{{name}}(component);
}}}}
"""
_LOADER_OF_CHART = """
const figure = import(folder + "frontend/figure.js?v={version}");
const chart = import(folder + "frontend/chart.js?v={version}");
const plotly = folder + "plotly/plotly.min.js?v={plotly_version}";
export default async function (component) {{
  return (await figure).front(component, await chart, plotly);
}}
"""
# Name of a part -> the file that exports a function of that name, which draws it.
FILES = {
    "cards": "screen",
    "words": "screen",
    "sentences": "screen",
    "story": "screen",
    "icons": "icon_array",
    "move": "move",
    "point": "points",
    "comparison": "points",
    "features": "points",
    "scales": "scales",
    "compact": "scales",
    "pairs": "pairs",
}


def part(name: str, shown: Source, under: str = KEY, **callbacks: Callable[[], object]) -> Any:
    """Mount what draws a part of a screen; see screen.js and view.js.

    Args:
        name: front (status and chart), or of FILES.
        shown: the screen, or another source of what is drawn.
        under: key of the source in the channel.
        callbacks: of further triggers.

    Returns:
        The component's result.
    """
    serve_files()
    return mount(
        _PARTS[name],
        key=name,
        under=under,
        source=shown,
        on_again_change=_ask_again,
        **callbacks,
    )


def _ask_again() -> None:
    """Ask anew for what failed, in the run that follows."""
    live.manager().cancel(live.owner())


def _component(name: str, script: str) -> Any:
    return component(f"tradeoffs_{name}", js=script, isolate_styles=False)


_PARTS = {
    name: _component(name, loader(_LOADER).format(file=file, name=name))
    for name, file in FILES.items()
}
_PARTS["front"] = _component("front", loader(_LOADER_OF_CHART))
