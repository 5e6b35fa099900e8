"""The address of the page Remedies: every selection is in the URL, and a link brings it back."""

from collections.abc import Mapping

import streamlit as st

from pages.shared.kit import language
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.language.translation import say
from tradeoffs.legacy import parameters
from tradeoffs.messages.wording import LONGEST_MESSAGE
from tradeoffs.report.remedies.catalogue import EVERY, values_of
from tradeoffs.report.remedies.selection import Values, refusals

LEFT = "remedies left"  # in the session: the selections when the page was left
NOTICE = "remedies notice"  # in the session: what there is to tell, and of which selections
OF_WAY = ("dial", "temperature", "provider")  # each way has its own
KEY = "remedies-{}"  # of a control: other pages have controls of the same fields


def arrive() -> None:
    """Take the selections from the link if one was followed, or as the page was left.

    Call it in full runs, before the controls.
    """
    if key("home") in st.session_state:
        return
    link = parameters(st.query_params.to_dict())
    if link or LEFT not in st.session_state:
        st.session_state[LEFT] = values_of(link)
        told = [f"- {plain(one, LONGEST_MESSAGE)}" for one in refusals(EVERY, link)]
        _tell(
            "\n".join(
                [
                    say("These parts of the link cannot be used; the default is used instead:"),
                    "",
                    *told,
                ]
            )
            if told
            else ""
        )


def read_values() -> dict[str, str]:
    """Return every selection as the visitor left the controls; what no longer fits is told."""
    saved: Mapping[str, str] = st.session_state[LEFT]
    asked = {one.name: _state(one.name, saved.get(one.name, "")) for one in EVERY}
    values = values_of(asked)
    wrong = [one for one in EVERY if one.shown(values) and asked[one.name] != values[one.name]]
    faults = [one.refusal(asked[one.name], values) for one in wrong if not one.options(values)]
    if faults:  # what is typed and cannot be used leaves what was there before
        typed = {one.name for one in wrong if not one.options(values)}
        kept = {name: saved[name] for name in typed if name in saved}
        values = values_of({**asked, **kept})
    moved = [one for one in wrong if one.options(values) and one.name not in OF_WAY]
    st.session_state[LEFT] = values
    told = [
        say("{fault}. The previous setting is kept.", fault=plain(one, LONGEST_MESSAGE))
        for one in faults
    ]
    if moved:
        now = (f"{one.label(values)} ({one.words(values[one.name], values)})" for one in moved)
        told.append(say("Not offered with this choice, so changed: {names}.", names=", ".join(now)))
    if told:
        _tell(" ".join(told))
    return values


def write(values: Values) -> None:
    """Let the URL say these selections, where they are not the default."""
    shown = (one for one in EVERY if one.shown(values))
    said = {one.name: values[one.name] for one in shown if values[one.name] != one.default(values)}
    st.query_params.from_dict(language.kept(said))


def put(name: str, values: Values) -> None:
    """Set a control that is about to be drawn."""
    state = values[name]
    if st.session_state.get(key(name)) != state:
        st.session_state[key(name)] = state


def notice() -> str:
    """Return what there is to tell of the selections, until the visitor moves on."""
    values, told = st.session_state.get(NOTICE, (None, ""))
    return told if values == st.session_state[LEFT] else ""


def key(name: str) -> str:
    """Return the key of a selection's control."""
    return KEY.format(name)


def _state(name: str, saved: str) -> str:
    found = st.session_state.get(key(name), saved)
    return "+".join(found) if isinstance(found, list | tuple) else str(found)


def _tell(told: str) -> None:
    st.session_state[NOTICE] = (st.session_state[LEFT], told)
