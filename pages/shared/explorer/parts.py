"""Parts of the Explorer's screen that the browser draws by itself, of what the channel brings."""

from collections.abc import Mapping
from typing import Any

from streamlit.components.v2 import component

from pages.shared.explorer import live
from pages.shared.explorer.screen import Screen
from pages.shared.kit.channel import mount
from pages.shared.kit.chart import loader, serve_files

KEY = "screen"  # in the session's channel

_LOADER = """
const file = import(folder + "frontend/{{file}}.js?v={version}");
export default async function (component) {{{{
  return (await file).{{name}}(component);
}}}}
"""
_LOADER_OF_CHART = """
const screen = import(folder + "frontend/screen.js?v={version}");
const chart = import(folder + "frontend/chart.js?v={version}");
const plotly = folder + "plotly/plotly.min.js?v={plotly_version}";
export default async function (component) {{
  return (await screen).front(component, await chart, plotly);
}}
"""
# Name of a part -> the file that exports a function of that name, which draws it.
FILES = {"cards": "screen", "words": "screen", "brief": "screen"}


def part(name: str, shown: Screen) -> Any:
    """Mount what draws a part of a screen; see screen.js and view.js.

    Args:
        name: front (status and chart), or of FILES.
        shown: the screen.

    Returns:
        The component's result: `click` is set in the one run that it causes.
    """
    serve_files()
    return mount(
        _PARTS[name],
        key=name,
        under=KEY,
        source=shown,
        on_again_change=_ask_again,
        on_click_change=_keep,
    )


def clicked_setting(state: Mapping[str, Any], shown: Screen) -> int | None:
    """Return the number of the setting that was clicked just now, of this screen's settings.

    None if none was; a browser may send anything, and of the screen before.
    """
    told = state.get("click")
    if not isinstance(told, Mapping) or told.get("setting") != shown.own:
        return None
    number = told.get("number")
    known = type(number) is int and 0 <= number < len(shown.settings)  # True is none
    return number if known else None


def _ask_again() -> None:
    """Ask anew for what failed, in the run that follows."""
    live.manager().cancel(live.owner())


def _keep() -> None:
    """Leave a click to the run that follows: what a callback draws is the page's first element."""


def _component(name: str, script: str) -> Any:
    return component(f"tradeoffs_{name}", js=script, isolate_styles=False)


_PARTS = {
    name: _component(name, loader(_LOADER).format(file=file, name=name))
    for name, file in FILES.items()
}
_PARTS["front"] = _component("front", loader(_LOADER_OF_CHART))
