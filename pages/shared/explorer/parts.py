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
const screen = import(folder + "frontend/screen.js?v={version}");
const chart = import(folder + "frontend/chart.js?v={version}");
const plotly = folder + "plotly/plotly.min.js?v={plotly_version}";
"""
_DRAW = """
export default async function (component) {{
  return (await screen).{name}(component, await chart, plotly);
}}
"""


def part(name: str, shown: Screen) -> Any:
    """Mount what draws a part of a screen; see screen.js.

    Args:
        name: front (status and chart), cards, words, or brief (status and first words).
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


_PARTS = {
    name: component(
        f"tradeoffs_{name}", js=loader(_LOADER) + _DRAW.format(name=name), isolate_styles=False
    )
    for name in ("front", "cards", "words", "brief")
}
