"""Way: what happens when a community comes to its model this way, in the words of the catalogue."""

from html import escape

import streamlit as st

from tradeoffs.data.catalogue import dataset
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.remedy import SECTIONS, Remedy
from tradeoffs.report.remedies.selection import Values

LATER = {  # what the small picture does not say
    "changes": "Who can change the model",
    "withdraws": "Can one withdraw",
    "decides": "Needed for a decision",
}


def define_way(values: Values) -> None:
    """Draw what the chosen way is; on a phone it stands before what it brings."""
    one = REMEDIES[values["remedy"]]
    st.html(f'<p class="way-help"><strong>{SECTIONS[one.section]}.</strong> {escape(one.help)}</p>')


def describe_way(values: Values) -> None:
    """Draw who holds what by the chosen way, and where it comes from."""
    one = REMEDIES[values["remedy"]]
    rows = "".join(
        f"<dt>{title}</dt><dd>{escape(getattr(one.control, name))}</dd>"
        for name, title in LATER.items()
    )
    privacy = escape(promise(one, values["dataset"]))
    st.html(
        f"{_flow(one, values['home'])}"
        f'<dl class="way-control">{rows}<dt>With a privacy budget</dt><dd>{privacy}</dd></dl>'
    )
    with st.expander("Formula, source and limits"):
        st.text(one.formula)
        st.caption(f"{one.source}. {one.limits}")


def _flow(one: Remedy, home: str) -> str:
    """Return a small picture of what leaves home, and who sees it."""
    return (
        f'<figure class="way-flow"><span class="place">{escape(home)}</span>'
        f'<span class="arrow"><small>leaves home:</small> {escape(one.control.leaves)}</span>'
        f'<span class="place"><small>seen by:</small> {escape(one.control.sees)}</span></figure>'
    )


def promise(one: Remedy, table: str) -> str:
    """Return whom the promise protects in a table and whom one trusts, or why there is none."""
    if "dp" not in one.mechanisms:
        return f"not possible: {one.reason}"
    unit = one.unit.replace("person", dataset(table).codebook.unit)
    return f"protects {unit}; trusted: {one.trusts}"
