"""First: what the first visitor would wait for, made ready while the server starts."""

import threading

from pages.shared.explorer.screen import screen
from pages.shared.kit.frame import settle
from pages.shared.remedies.source import panel_source
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.plan import resolve
from tradeoffs.fields import FIELDS
from tradeoffs.report.remedies.catalogue import PARTS, values_of
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.selections import scenario_of
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
    _compute_remedies()
    _read_lessons()
    settle()


def _compute_remedies() -> None:
    """Compute what the page Remedies opens with, in a name of its own."""
    values = values_of({})
    look = Look(here=resolve(scenario_of(values)).scenario, values=values)
    found = panel_source(PARTS[values["part"]], look)
    found.submit("first remedies")
    found.parts()


def _read_lessons() -> None:
    """Import what a lesson is drawn with, and draw the index of them all."""
    import pages.shared.lesson.lesson  # noqa: F401
    from pages.shared.lessons.card import cards

    cards()
