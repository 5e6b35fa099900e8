"""Visits: the settings that this session looked at, with what their screens said of them."""

from collections.abc import Mapping, Sequence
from math import isfinite

import streamlit as st

from pages.shared.explorer.screen import Screen
from tradeoffs.data.table_handle import is_here
from tradeoffs.fronts import OBJECTIVES
from tradeoffs.report.charts.hover import value_format
from tradeoffs.scenario import Scenario

VISITS = "visits"  # in the session
MOST = 50  # that are kept
Values = Mapping[str, str]  # objective -> its value in words; empty while models are missing


def visit(here: Scenario, before: object) -> None:
    """Note that a setting is looked at, and what was there of the one before it.

    Args:
        here: the setting.
        before: what the session looked at until now, if anything.
    """
    found: dict[Scenario, Values] = st.session_state.setdefault(VISITS, {})
    if isinstance(before, Screen) and before.here in found:
        found[before.here] = values(before) or found[before.here]
    found[here] = found.pop(here, {})  # the newest is the last
    for oldest in [*found][:-MOST]:
        del found[oldest]


def visits() -> dict[Scenario, Values]:
    """Return the settings that can be gone to again, the newest first."""
    found: dict[Scenario, Values] = st.session_state.get(VISITS, {})
    return {one: found[one] for one in reversed(found) if is_here(one.dataset)}


def values(shown: Screen) -> Values:
    """Return the values of the setting of a screen, once all of its models are there."""
    if shown.job.state != "done":
        return {}
    return {name: _words(name, value) for name, value in shown.own_values().items()}


def _words(name: str, value: Sequence[float | str | None] | None) -> str:
    """Return a value in words, given mean, low and high, the mean perhaps infinite."""
    if value is None or value[0] is None:
        return "not measurable"
    mean, objective = float(value[0]), OBJECTIVES[name]
    return value_format(objective)(mean) if isfinite(mean) else objective.infinity
