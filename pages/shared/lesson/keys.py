"""Keys: a clicker goes through the presenter's view; see keys.js."""

from streamlit.components.v2 import component

from pages.shared.kit.chart import loader, serve_files

_LOAD = """
const keys = import(folder + "frontend/keys.js?v={version}");
"""
_DRAW = """
export default async function (component) {
  return (await keys).default(component);
}
"""


def keys() -> None:
    """Let arrow keys, Page Up and Page Down press the way back and the primary button."""
    serve_files()
    _MOUNT(key="keys", height=1)


_MOUNT = component("tradeoffs_keys", js=loader(_LOAD) + _DRAW, isolate_styles=False)
