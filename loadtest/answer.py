"""Answer: when the screen shows the setting that a tab moved to.

Streamlit sends no number that says which move a drawing belongs to, and drawings of the setting
before may still be on their way.  So the order within the one connection decides.  Each run of the
screen first writes the setting into the address (`pages/shared/address.py`); a chart
(`pages/shared/chart.py`) that comes after an address with the wanted setting is drawn for it.
This is the only file that knows what an answer looks like.
"""

import asyncio
import json
import time
from collections.abc import ItemsView, Mapping

from streamlit.proto.Element_pb2 import Element

from tradeoffs.scenario import Scenario

ADDRESS, CHART = "tradeoffs_address", "tradeoffs_chart"
HERE = "you are here"  # the trace of the setting's own point
MOVED = ("epsilon", "max_gap", "seed")  # fields of a scenario
Setting = Mapping[str, float | None]  # of those fields


class Answer:
    """What has come of a move, in seconds after it; None until it comes.

    Attributes:
        first: a chart of the setting, with whatever models are there.
        own: a chart with the setting's own point.
        all: a chart with all its models.
        shown: set with `first`.
        complete: set with `all`.
    """

    def __init__(self, wanted: Setting) -> None:
        """Start the clock."""
        self._wanted, self._began = wanted.items(), time.perf_counter()
        self._arrived = self._trained = False
        self.first: float | None = None
        self.own: float | None = None
        self.all: float | None = None
        self.shown, self.complete = asyncio.Event(), asyncio.Event()

    def hear(self, element: Element) -> None:
        """Take an element that was drawn."""
        kind = element.WhichOneof("type")
        if kind == "progress":
            self._trained = self._arrived and element.progress.value == 100
        elif kind == "bidi_component":
            name = element.bidi_component.component_name
            if name.endswith(ADDRESS):
                self._arrived = _stated(json.loads(element.bidi_component.json)) >= self._wanted
            elif name.endswith(CHART) and self._arrived and not self.complete.is_set():
                self._charted(json.loads(element.bidi_component.bytes))

    def _charted(self, figure: Mapping[str, list[dict]]) -> None:
        now = time.perf_counter() - self._began
        self.first = self.first or now
        self.shown.set()
        if any(trace.get("name") == HERE for trace in figure["data"]):
            self.own = self.own or now
        if self._trained:
            self.all = now
            self.complete.set()


def _stated(fields: Mapping[str, str | None]) -> ItemsView[str, float | None]:
    """Return the setting that an address states; a field that it does not name has its default."""
    first = Scenario()
    return {
        name: getattr(first, name) if (text := fields.get(name)) is None else number(text)
        for name in MOVED
    }.items()


def number(text: str) -> float | None:
    """Return a value as an address writes it."""
    return None if text == "none" else float(text)
