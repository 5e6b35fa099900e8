"""Answer: when the screen shows the setting that a tab moved to.

The server tells a tab of its screen in parts (`pages/shared/explorer/screen.py`): whose
picture it is, the order of its traces, and how far its models are.  This is the only file that
knows what an answer looks like.
"""

import asyncio
import time
from collections.abc import ItemsView, Mapping
from typing import Any

from tradeoffs.scenario import Scenario

SCREEN = "screen"  # key of the parts
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
        self.first: float | None = None
        self.own: float | None = None
        self.all: float | None = None
        self.shown, self.complete = asyncio.Event(), asyncio.Event()

    def hear(self, key: str, parts: Mapping[str, Any]) -> None:
        """Take all parts of what stands under a key."""
        if key != SCREEN or self.complete.is_set() or "order" not in parts:
            return
        if not _stated(parts["setting"]) >= self._wanted:
            return  # the picture of the setting before
        now = time.perf_counter() - self._began
        self.first = self.first or now
        self.shown.set()
        if HERE in parts["order"]:
            self.own = self.own or now
        if parts["status"]["state"] == "done":
            self.all = now
            self.complete.set()


def _stated(fields: Setting) -> ItemsView[str, float | None]:
    """Return the setting that a screen states; a field that it does not name has its default."""
    first = Scenario()
    return {name: fields.get(name, getattr(first, name)) for name in MOVED}.items()
