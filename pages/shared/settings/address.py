"""The address: the setting of the screen is in the URL, and a link brings it back.

Streamlit can bind widgets to the URL, but then the URL holds an option's words, and a value set by
the program never reaches it.  Here the URL holds the field names and values of a scenario: a
contract that words on screen may not break.
"""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from pages.shared.settings.fields import (
    FIELDS,
    LISTS,
    faults,
    fitted,
    refused,
    scenario,
    texts,
)
from pages.shared.settings.wording import changes
from pages.shared.settings.wording import rephrase as in_words
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.plan import resolve
from tradeoffs.language.translation import say
from tradeoffs.legacy import parameters
from tradeoffs.messages.wording import LONGEST_MESSAGE
from tradeoffs.report.choice import FORMS
from tradeoffs.report.options import Values
from tradeoffs.scenario import Scenario

MARKS = (*FORMS, "place")  # fields that no slider sets
SENTINEL = "epsilon"  # a control of every level: without its state the page was just opened


def arrive() -> None:
    """Take the setting from the link if one was followed; coming back, the setting is still there.

    An address that says nothing opens the story.  Call it in full runs, before the controls.
    """
    if SENTINEL in st.session_state:
        return
    link = parameters(st.query_params.to_dict())
    if link or "setting" not in st.session_state:
        for field in LISTS:  # no control's own: they would outlive the last setting
            st.session_state.pop(field, None)
        st.session_state["setting"] = of_link(link)
        _tell(partial(_of_link, link))


def of_link(link: Values) -> dict[str, str]:
    """Return the values of all fields that an address says; saying nothing is the story."""
    return fitted(parameters(link) or {"level": "story"})


def _of_link(link: Values) -> list[str]:
    """Return what of a link cannot be used."""
    told = [
        say("In the link, {text}. The default is used instead.", text=text)
        for text in refused(link)
    ]
    told += [say("In the link, {text}. The rest is kept.", text=text) for text in faults(link)]
    return _as_one([plain(text, LONGEST_MESSAGE) for text in told])


def read_values() -> dict[str, str]:
    """Return the values of all fields, as the visitor left the controls.

    Where another table does not offer a value, another takes its place, and that is told.
    """
    saved = st.session_state["setting"]
    asked = {field: str(st.session_state.get(field, saved[field])) for field in FIELDS}
    values = fitted(asked | _fitting(asked))
    reset = [field for field in FIELDS if values[field] != asked[field]]
    st.session_state["setting"] = values
    if reset:
        _tell(partial(_of_reset, reset, saved, values))
    return values


def _of_reset(reset: list[str], saved: Values, values: Values) -> list[str]:
    """Return what had to change with another table."""
    told = changes(reset, saved, values)
    return [say("Not offered with this choice, so changed: {changes}.", changes=told)]


def possible() -> tuple[dict[str, str], Scenario]:
    """Return the values of all fields and their scenario.

    Where they are not possible together, the last ones that were take their place, and the reason
    is told.
    """
    values = read_values()
    try:
        here = resolve(scenario(values)).scenario
    except InvalidInput as refusal:
        asked = values
        last = st.session_state.get("possible")
        values = last or fitted({})
        go(values)
        _tell(partial(_of_refusal, refusal, asked, kept=bool(last)))
        # What is told above may be out of sight.
        st.toast(say("Not possible together: {why}.", why=in_words(refusal, asked)))
        here = resolve(scenario(values)).scenario
    st.session_state["possible"] = values
    return values, here


def _of_refusal(refusal: InvalidInput, asked: Values, *, kept: bool) -> list[str]:
    """Return why some values are not possible together, and what takes their place."""
    why = in_words(refusal, asked)
    if kept:
        return [say("Not possible together, so the last setting is kept: {why}.", why=why)]
    return [say("Not possible together, so the default is used: {why}.", why=why)]


def _fitting(asked: Values) -> dict[str, str]:
    """Return what another table or label changes about the data; the bound depends on neither.

    Where the choices are not possible together, nothing: `possible` tells the reason.
    """
    try:
        moved, _ = adapt(scenario({**asked, "max_gap": "none"}))
    except InvalidInput:
        return {}
    return {field: text for field, text in texts(moved).items() if field != "max_gap"}


def go(values: Values) -> None:
    """Move the controls to other values; before they are drawn, as in a callback."""
    for field in FIELDS:
        if field in st.session_state:
            put(field, values[field])
    st.session_state["setting"] = dict(values)


def mark(marks: Mapping[str, object]) -> None:
    """Change what is marked on the screen, as red lines and pins; as in a callback.

    Args:
        marks: field of a `Choice` -> text; a browser may send anything, and the rest is ignored.
    """
    known = {name: text for name, text in marks.items() if name in MARKS and isinstance(text, str)}
    st.session_state["setting"] = fitted({**st.session_state["setting"], **known})


def show(name: str) -> None:
    """Let the Explorer show another table when it is opened; the rest as far as it still applies.

    Call it on another page.
    """
    st.session_state["setting"] = fitted({**st.session_state.get("setting", {}), "dataset": name})


def put(field: str, value: str) -> None:
    """Set a control that is about to be drawn."""
    state = int(value) if field == "seed" else value
    if st.session_state.get(field) != state:
        st.session_state[field] = state


def notices() -> list[str]:
    """Return what there is to tell about the setting, until the visitor moves on."""
    values, tell = st.session_state.get("told", (None, list))
    return tell() if values == st.session_state["setting"] else []


def _as_one(told: list[str]) -> list[str]:
    """Return several notices as one, a line each: they would fill the first screen."""
    return ["\n".join(f"- {text}" for text in told)] if len(told) > 1 else told


def _tell(tell: Callable[[], list[str]]) -> None:
    """Keep what tells it, not what was told: somebody may switch to another language."""
    st.session_state["told"] = (st.session_state["setting"], tell)
