"""Way: what happens when a community comes to its model this way, in the words of the catalogue."""

from html import escape

import streamlit as st

from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.selection import Values

COLUMNS = {
    "leaves": "What leaves home",
    "sees": "Who sees it",
    "changes": "Who can change the model",
    "withdraws": "Can one withdraw",
    "decides": "To decide it needs",
}


def describe_way(values: Values) -> None:
    """Draw what the chosen way is, who holds what, and where it comes from."""
    one = REMEDIES[values["remedy"]]
    rows = "".join(
        f"<dt>{title}</dt><dd>{escape(getattr(one.control, name))}</dd>"
        for name, title in COLUMNS.items()
    )
    st.html(f'<p class="way-help">{escape(one.help)}</p><dl class="way-control">{rows}</dl>')
    with st.expander("Formula and source"):
        st.text(one.formula)
        st.caption(one.source)
