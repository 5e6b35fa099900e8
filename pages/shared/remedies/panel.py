"""Panel: what the browser draws of a part of the page Remedies, of what the channel brings."""

from typing import Any

from streamlit.components.v2 import component

from pages.shared.explorer import live
from pages.shared.kit.channel import mount
from pages.shared.kit.chart import loader, serve_files
from server.source import Source

KEY = "panel"  # in the session's channel

_LOADER = """
const file = import(folder + "frontend/panel.js?v={version}");
const chart = import(folder + "frontend/chart.js?v={version}");
const plotly = folder + "plotly/plotly.min.js?v={plotly_version}";
export default async function (component) {{
  return (await file).panel(component, chart, plotly);
}}
"""


def draw_panel(shown: Source) -> Any:
    """Mount what draws a panel; see panel.js."""
    serve_files()
    return mount(_PANEL, key=KEY, source=shown, on_again_change=_ask_again)


def _ask_again() -> None:
    """Ask anew for what failed, in the run that follows."""
    live.manager().cancel(live.owner())


_PANEL = component("tradeoffs_panel", js=loader(_LOADER), isolate_styles=False)
