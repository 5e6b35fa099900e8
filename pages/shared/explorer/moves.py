"""Moves: what the last move of a control did, told once to those who hear the screen."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from pages.shared.explorer.parts import part
from pages.shared.explorer.screen import Screen
from tradeoffs.fields import SEEDS
from tradeoffs.fronts import OBJECTIVES
from tradeoffs.fronts.replicates import REPORT, Key, Replicates
from tradeoffs.language.current import in_own_language
from tradeoffs.report.payload import as_json, results_of
from tradeoffs.report.pins import compare
from tradeoffs.report.points import what_differs
from tradeoffs.report.sentences.move import move
from tradeoffs.report.view import objective_of
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario

KEY = "move"  # in the session's channel
PLACES = "places"  # in the session: the setting that is shown, and the one before


def announce(shown: Screen) -> None:
    """Mount the live region that says what the last move did."""
    here, before = st.session_state.get(PLACES, (None, None))
    if here != shown.here:
        here, before = shown.here, here
        st.session_state[PLACES] = here, before
    part(KEY, MoveSource(shown, before), under=KEY)


@dataclass(frozen=True, slots=True)
class MoveSource:
    """A move from one setting to the one that is shown; it is told when all its models are there.

    Attributes:
        shown: the screen of the setting after.
        before: the setting before; None where there was no move yet.
    """

    shown: Screen
    before: Scenario | None

    @property
    def language(self) -> str:
        """In which it is told."""
        return self.shown.language

    def version(self) -> Hashable:
        """Return whether the sentence can be said, or never will be."""
        return self.shown.job, not self.shown.job.active or self._complete

    def touch(self) -> None:
        """Renew the lease."""
        self.shown.touch()

    @in_own_language
    def parts(self) -> Mapping[str, bytes]:
        """Return the sentence; nothing before it can be said."""
        if self.before is None or not self._complete:
            return {}
        return {KEY: as_json(self._sentence(self.before))}

    @property
    def _complete(self) -> bool:
        """Whether all models of both settings are there, of those that the screen brings."""
        job, settings = self.shown.job, (self.shown.here, self.before)
        wanted = [one for one in settings if one and _key(one) in job.numbers]
        return bool(wanted) and all(len(job.results_of(one)) >= SEEDS for one in wanted)

    def _sentence(self, before: Scenario) -> str:
        job, here = self.shown.job, self.shown.here
        results = results_of(job, here, some=(before, here))
        beside = bool(job.results_of(before))  # a move along a slider is on the same screen
        pair = None
        if beside:
            groups = job.comparison.of_setting(here)
            pair = compare(results, groups, before, here, ("before", "now"), job.decisions_of)
        columns = {name: one.column for name, one in OBJECTIVES.items()}
        values = {
            name: (_mean(results, before, column), _mean(results, here, column))
            for name, column in columns.items()
        }
        return move(
            what_differs(before, here) if beside else "",
            what_differs(here, before) if beside else "",
            {name: objective_of(name, here) for name in columns},
            values,
            pair.differences if pair else {},
        )


def _key(of: Scenario) -> Key:
    return tuple(configuration(of).values())


def _mean(results: Replicates, of: Scenario, column: str) -> float:
    """Return the mean over a setting's seeds on report; NaN where one of them has none."""
    key = _key(of)
    if key not in results.keys:
        return math.nan
    row = results.keys.index(key)
    values = results.of(column)[REPORT, row][results.present[REPORT, row]]
    return float(np.mean(values)) if len(values) else math.nan
