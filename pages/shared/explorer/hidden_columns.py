"""The control of hidden columns; the setting holds their names as one text."""

import streamlit as st

from pages.shared.settings.fields import HIDE
from tradeoffs.fields import FIELDS
from tradeoffs.language.translation import translate
from tradeoffs.report.options import Values, columns_on_offer
from tradeoffs.scenario import as_text

PICKED = f"{HIDE} picked"


def hide_columns(values: Values) -> None:
    """Draw the choice of columns that the model does not see; one at least is left.

    Args:
        values: of all fields.
    """
    columns = columns_on_offer(values)
    now = [name for name in columns if name in values[HIDE].split("+")]
    if set(st.session_state.get(PICKED, ())) != set(now):
        st.session_state[PICKED] = now
    st.multiselect(
        FIELDS[HIDE].title,
        list(columns),
        format_func=columns.__getitem__,
        key=PICKED,
        on_change=_write,
        max_selections=len(columns) - 1,
        placeholder=translate("none", "of columns"),
        help=FIELDS[HIDE].help,
    )


def _write() -> None:
    """Take what the visitor picked into the setting."""
    st.session_state[HIDE] = as_text(tuple(sorted(st.session_state[PICKED])))
