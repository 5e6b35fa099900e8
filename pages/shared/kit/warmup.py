"""First: what the first visitor would wait for, made ready while the server starts."""

import threading

from pages.shared.explorer.screen import screen
from pages.shared.kit.frame import settle
from tradeoffs.experiments.adapt import adapt
from tradeoffs.fields import FIELDS
from tradeoffs.scenario import Scenario


def prepare() -> threading.Thread:
    """Start the workers and compute the screen that opens, in a thread of its own; return it."""
    thread = threading.Thread(target=_compute, name="first", daemon=True)
    thread.start()
    return thread


def _compute() -> None:
    """Compute the first screen once, for nobody: what it imports and reads stays."""
    here, _ = adapt(Scenario.of())
    for charted in (False, True):  # first the story, which opens
        found = screen(here, FIELDS["x"].default, FIELDS["y"].default, charted=charted)
        found.submit("first")
        found.parts()
    settle()
