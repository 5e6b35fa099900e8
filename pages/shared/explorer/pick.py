"""Pick: the number of the setting that a wish picks, for the pictures of the screen to mark."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from streamlit.components.v2 import component

from pages.shared.explorer.screen import Screen
from pages.shared.kit.channel import channel, mount
from pages.shared.kit.chart import loader, serve_files
from tradeoffs.language.current import in_own_language
from tradeoffs.report.alternatives import alternatives
from tradeoffs.report.choice import Choice
from tradeoffs.report.payload import as_json
from tradeoffs.report.pick import pick
from tradeoffs.values.preferences.wish import Wish

KEY = "pick"
_LOAD = """
const pick = import(folder + "frontend/pick.js?v={version}");
"""
_DRAW = """
export default async function (component) {
  return (await pick).default(component);
}
"""


@dataclass(frozen=True, slots=True)
class PickSource:
    """What a wish picks of a screen's settings, anew whenever some arrive."""

    screen: Screen
    wish: Wish
    counted: tuple[str, ...]
    at_least: tuple[tuple[str, float], ...]

    def __hash__(self) -> int:
        """Return a number of the wish as a link says it, which has mappings."""
        return hash((self.screen, self.wish.text, self.counted, self.at_least))

    @property
    def language(self) -> str:
        """In which it is told."""
        return self.screen.language

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to draw."""
        return self.screen.version()

    def touch(self) -> None:
        """Renew the lease."""
        self.screen.touch()

    @in_own_language
    def parts(self) -> Mapping[str, bytes]:
        """Return the number; null where nothing is there yet that the wish accepts."""
        among = alternatives(self.screen.job, self.screen.here, self.screen.who)
        row = among and pick(among, self.wish, self.counted, dict(self.at_least)).row
        return {KEY: as_json(None if among is None or row is None else among.numbers[row])}


def mark_pick(shown: Screen, made: Choice) -> None:
    """Let the pictures of a screen mark what the visitor's wish picks, if there is one.

    Args:
        shown: the screen.
        made: what the visitor marked.
    """
    if not made.wish.text:
        channel().hide(KEY)
        return
    at_least = tuple(made.at_least.items())
    serve_files()
    mount(
        _PICK,
        key=KEY,
        source=PickSource(shown, made.wish, made.counted, at_least),
        height=1,
    )


_PICK = component("tradeoffs_pick", js=loader(_LOAD) + _DRAW, isolate_styles=False)
