"""Points: the card of the selected setting, and the pinned ones side by side."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.shared.explorer.parts import part
from pages.shared.explorer.pins import PinsSource
from pages.shared.explorer.screen import Screen
from pages.shared.kit.channel import channel
from tradeoffs.language.current import in_own_language
from tradeoffs.report.payload import as_json
from tradeoffs.report.pins import Pin
from tradeoffs.report.points import feature_shares

COMPARISON, FEATURES = "comparison", "features"  # keys in the session's channel
ASKED = "features asked"  # in the session: whether somebody wants to know what models look at


@dataclass(frozen=True, slots=True)
class FeaturesSource:
    """What the models of each setting of a screen look at."""

    shown: Screen

    @property
    def language(self) -> str:
        """In which it is told."""
        return self.shown.language

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to draw."""
        return self.shown.job, self.shown.job.arrived

    def touch(self) -> None:
        """Renew the lease."""
        self.shown.touch()

    @in_own_language
    def parts(self) -> Mapping[str, bytes]:
        """Return the features with the largest shares, by the number of each setting."""
        job = self.shown.job
        return {FEATURES: as_json(feature_shares(job, job.arrived))}


@st.fragment
def points(shown: Screen, pins: Sequence[Pin]) -> None:
    """Mount what draws the selected point and the pins; see points.js."""
    part("point", shown, on_explain_change=_ask)
    part(COMPARISON, PinsSource(shown, tuple(pins)), under=COMPARISON)
    if ASKED in st.session_state:
        part(FEATURES, FeaturesSource(shown), under=FEATURES)


def leave() -> None:
    """Show no points, where the screen has none."""
    for key in (COMPARISON, FEATURES):
        channel().hide(key)


def _ask() -> None:
    st.session_state[ASKED] = True
