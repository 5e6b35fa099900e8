"""Way: what happens when a community comes to its model this way, in the words of the catalogue."""

from html import escape

import streamlit as st

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word
from tradeoffs.language.translates import original
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.remedy import Remedy, section_title
from tradeoffs.report.remedies.selection import Values

LATER = {  # what the small picture does not say
    "changes": "Who can change the model",
    "withdraws": "Can one withdraw",
    "decides": "Needed for a decision",
}
PERSON = "one person's record"
RECORDS = {  # by what a row of the table is, where an entry has PERSON
    "person": PERSON,
    "applicant": "one applicant's record",
    "student": "one student's record",
    "comment": "one comment's record",
    "row": "one row's record",
}


def define_way(values: Values) -> None:
    """Draw what the chosen way is; on a phone it stands before what it brings."""
    one = REMEDIES[values["remedy"]]
    title = section_title(one.section)
    st.html(f'<p class="way-help"><strong>{title}.</strong> {escape(one.help)}</p>')


def describe_way(values: Values) -> None:
    """Draw who holds what by the chosen way, and where it comes from."""
    one = REMEDIES[values["remedy"]]
    rows = "".join(
        f"<dt>{translate(LATER[name])}</dt><dd>{escape(getattr(one.control, name))}</dd>"
        for name in LATER
    )
    privacy = escape(promise(one, values["dataset"]))
    with_budget = say("With a privacy budget")
    st.html(
        f"{_flow(one, word(values['home']))}"
        f'<dl class="way-control">{rows}<dt>{with_budget}</dt><dd>{privacy}</dd></dl>'
    )
    with st.expander(say("Formula, source and limits")):
        st.text(one.formula)
        st.caption(f"{one.source}. {one.limits}")


def _flow(one: Remedy, home: str) -> str:
    """Return a small picture of what leaves home, and who sees it."""
    leaves, sees = escape(one.control.leaves), escape(one.control.sees)
    return (
        f'<figure class="way-flow"><span class="place">{escape(home)}</span>'
        f'<span class="arrow"><small>{say("leaves home:")}</small> {leaves}</span>'
        f'<span class="place"><small>{say("seen by:")}</small> {sees}</span></figure>'
    )


def promise(one: Remedy, table: str) -> str:
    """Return whom the promise protects in a table and whom one trusts, or why there is none."""
    if "dp" not in one.mechanisms:
        return say("not possible: {reason}", reason=one.reason)
    unit = one.unit
    if original(one, "unit") == PERSON:
        unit = translate(RECORDS[dataset(table).codebook.unit])
    return say("protects {unit}; trusted: {who}", unit=unit, who=one.trusts)
