"""The parts below the chart; only the one that is looked at is drawn."""

import streamlit as st

from pages.shared.details.choose import choose
from pages.shared.details.cost import cost
from pages.shared.details.global_explanation import explanation
from pages.shared.details.group_outcomes import group_outcomes
from pages.shared.details.local_explanation import person
from pages.shared.details.privacy import privacy
from pages.shared.details.rules import rules
from pages.shared.details.take_home import take_home
from pages.shared.details.visited_settings import visited_settings
from pages.shared.explorer import live
from pages.shared.explorer.parts import part
from pages.shared.explorer.screen import END, End, Screen
from pages.shared.kit.channel import follow
from tradeoffs.data.catalogue import dataset
from tradeoffs.fields import FIELDS
from tradeoffs.language.translates import original
from tradeoffs.language.translation import say, translate
from tradeoffs.scenario import Scenario

TITLES = original(FIELDS["tab"], "words")  # by which a choice is kept, in any language
PARTS = tuple(TITLES.values())
NEEDS_END = PARTS[1:-1]  # are drawn of what is there, and again when a job has come to its end


def details(shown: Screen) -> None:
    """Draw the chosen part: the others cost nothing while nobody looks."""
    chosen = st.segmented_control(
        say("Details"),
        PARTS,
        format_func=translate,
        default=TITLES[st.session_state["setting"]["tab"]],
        required=True,
        key="details",
        persist_state="session",
        label_visibility="collapsed",
        on_change=_note,
    )
    job, here = shown.job, shown.here
    if job.active and chosen in NEEDS_END:
        follow(END, End(job))
    if chosen == "Who pays":
        group_outcomes(job, here)
    elif chosen == "Privacy":
        privacy(job, here)
    elif chosen == "Explanation":
        explanation(live.own_table(job, here), here)
        person(job, here)
    elif chosen == "Choose":
        choose(shown)
    elif chosen == "Rules":
        rules(job, here)
    elif chosen == "Cost":
        cost(shown)
    elif chosen == "Visited":
        visited_settings(shown)
    elif chosen == "Take home":
        take_home(shown)
    elif chosen == "About":
        _about(here)
    else:
        everything = st.session_state["setting"]["level"] == "lab"
        part("sentences" if everything else "words", shown)


def _note() -> None:
    """Let a link say which part is open; of that where links are taken, which one was before.

    Opening a part is no move, so that undoing one leaves the part open.
    """
    opened = next(name for name, title in TITLES.items() if title == st.session_state["details"])
    if opened != "take_home":
        st.session_state["setting"] = {**st.session_state["setting"], "tab": opened}


def _about(here: Scenario) -> None:
    st.write(dataset(here.dataset).help)
    st.write(
        say(
            "This is a teaching tool: with a displayed seed the noise can be subtracted again, "
            "so do not release these models. Fronts are chosen on one half of the test rows "
            "(select), and everything shown is measured on the other half (report)."
        )
    )
