"""Several shifts at once, each with its intensity; the setting holds them as one text."""

import streamlit as st

from tradeoffs.data.shifts.catalogue import shift, title_of
from tradeoffs.fields import FIELDS
from tradeoffs.language.translation import say
from tradeoffs.report.options import Values, shifts_of, shifts_on_offer
from tradeoffs.report.text import percent
from tradeoffs.scenario import Scenario, as_text

STEPS = (0.25, 0.5, 0.75, 1.0)
FIRST = 0.5  # intensity of a shift that was just picked


def several(field: str, values: Values) -> None:
    """Draw the shifts of one side.

    Args:
        field: `other_shifts` or `training_shifts`.
        values: of all fields.
    """
    now = shifts_of(field, values[field])
    picked = f"{field} picked"
    if set(st.session_state.get(picked, ())) != set(now):
        st.session_state[picked] = list(now)
    st.multiselect(
        FIELDS[field].title,
        shifts_on_offer(field, values),
        format_func=title_of,
        key=picked,
        on_change=_write,
        args=(field,),
        placeholder=say("Choose options"),
        help=say(
            "{help} Several shifts are applied in causal order: selection first, measurement last.",
            help=FIELDS[field].help,
        ),
    )
    for name, intensity in now.items():
        key = _dial(field, name)
        if st.session_state.get(key) != intensity:
            st.session_state[key] = intensity
        st.select_slider(
            say("Intensity of {shift}", shift=title_of(name)),
            sorted({*STEPS, intensity}),
            format_func=lambda t: percent(t, 0),
            key=key,
            on_change=_write,
            args=(field,),
        )


def _write(field: str) -> None:
    """Take what the visitor picked into the setting."""
    names, left = one_each(st.session_state[f"{field} picked"])
    if left:
        told = ", ".join(map(title_of, left))
        st.toast(
            say("One shift can have only one target at a time. Left out: {shifts}.", shifts=told)
        )
    stated = [(name, st.session_state.get(_dial(field, name), FIRST)) for name in names]
    st.session_state[field] = as_text(getattr(Scenario.of(**{field: stated}), field))


def one_each(picked: list[str]) -> tuple[list[str], list[str]]:
    """Return the first option picked of each shift, and the others."""
    first = {shift(one).name: one for one in reversed(picked)}
    return [o for o in picked if o in first.values()], [
        o for o in picked if o not in first.values()
    ]


def _dial(field: str, name: str) -> str:
    return f"{field} {name}"
