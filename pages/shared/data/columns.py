"""Columns: what becomes of those of an own table, decided by its visitor; nothing is preset."""

from collections.abc import Callable, Sequence

import streamlit as st

from tradeoffs.data.upload.features import MOST_FEATURES
from tradeoffs.data.upload.label_values import AT_LEAST
from tradeoffs.data.upload.options import Choices, bins_of, merges_of
from tradeoffs.data.upload.outline import Part
from tradeoffs.data.upload.own_table import MOST_PROTECTED
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.language.translation import say, translate

Titled = Callable[[str], str]
ANSWERS = {"favourable": "Favourable answers", "unfavourable": "Unfavourable answers"}


def choices(parts: Sequence[Part]) -> Choices | None:
    """Draw what to predict, whom to compare and what models see; None until that is complete."""
    columns = {part.name: part for part in parts}

    def titled(name: str) -> str:
        return columns[name].title if name in columns else name

    label = st.selectbox(
        say("Column to predict"),
        list(columns),
        index=None,
        placeholder=say("Choose a column"),
        format_func=titled,
        key="own label",
    )
    if label is None or label not in columns:
        st.caption(say("Choose what to predict."))
        return None
    favourable, unfavourable = _answers(columns[label])
    others = [name for name in columns if name != label]
    protected = st.multiselect(
        say("Protected attributes: compare groups by"),
        others,
        format_func=titled,
        max_selections=MOST_PROTECTED,
        placeholder=say("Choose options"),
        key="own protected",
    )
    more = _more(others, titled)
    if not (favourable and protected):
        st.caption(say("Choose the favourable answers and at least one protected attribute."))
        return None
    return Choices(
        label=label,
        favourable=favourable,
        unfavourable=unfavourable,
        protected=tuple(protected),
        **more,
    )


def _answers(part: Part) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Draw which answers are favourable and which are not; the others are left out."""
    if part.amount:
        bound = st.number_input(
            say("Favourable is at least"), value=None, key=f"own bound {part.name}"
        )
        return (() if bound is None else (f"{AT_LEAST}{bound!r}",)), ()
    values = list(part.values)

    def told(place: int) -> str:
        value = plain(values[place]) or say("blank")
        return say("{value} ({rows:,} rows)", value=value, rows=part.values[values[place]])

    def chosen(label: str, among: list[int]) -> list[int]:
        key = f"own {ANSWERS[label]} {part.name}"
        return st.multiselect(
            translate(ANSWERS[label]),
            among,
            format_func=told,
            key=key,
            placeholder=say("Choose options"),
        )

    places = list(range(len(values)))
    yes = chosen("favourable", places)
    no = chosen("unfavourable", [one for one in places if one not in yes])
    left = [told(one) for one in places if one not in (*yes, *no)]
    if yes and no and left:
        st.caption(say("Left out, with their rows: {values}.", values=", ".join(left)))
    return tuple(values[one] for one in yes), tuple(values[one] for one in no)


def _more(others: list[str], titled: Titled) -> dict:
    """Draw what may be decided besides."""
    with st.expander(say("Columns, bins, persons and weights")):
        seen = st.multiselect(
            say("Columns that models see (none chosen: all that can be used)"),
            others,
            format_func=titled,
            max_selections=MOST_FEATURES,
            placeholder=say("Choose options"),
            key="own columns",
        )
        drop = st.multiselect(
            say("Columns to leave out"),
            others,
            format_func=titled,
            key="own drop",
            placeholder=say("Choose options"),
        )
        person = _one(say("Whose row it is, if persons have several"), others, titled, "own id")
        weight = _one(say("Survey weight"), others, titled, "own weight")
        bins = st.text_area(say("Where numbers are cut"), key="own bins", placeholder="age=30,50")
        merge = st.text_area(
            say("Values to take together"), key="own merge", placeholder="town=North|South=>other"
        )
    return {
        "columns": tuple(seen) or None,
        "drop": tuple(drop),
        "id": person,
        "weight": weight,
        "bins": bins_of(line for line in bins.splitlines() if line.strip()),
        "merge": merges_of(line for line in merge.splitlines() if line.strip()),
    }


def _one(label: str, others: list[str], titled: Titled, key: str) -> str | None:
    return st.selectbox(
        label, others, index=None, format_func=titled, key=key, placeholder=say("none")
    )
