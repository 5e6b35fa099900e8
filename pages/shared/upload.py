"""Bring a table: a CSV file, what to predict, whom to compare; nothing of it is stored."""

import hashlib

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared import own
from tradeoffs.data.own.plain import plain
from tradeoffs.data.own.proposal import AT_LEAST, MOST_VALUES, is_amount
from tradeoffs.data.own.reading import MOST_COLUMNS, MOST_MEGABYTES, MOST_ROWS, read
from tradeoffs.data.own.sheet import Column, Sheet
from tradeoffs.data.own.table import MOST_PROTECTED, Choices, own_table
from tradeoffs.errors import TradeoffsError

SHOWN = 5  # rows
TURN = "own turn"  # in the session: how often a table was forgotten


def upload() -> None:
    """Draw the part: a file, a few choices, and what was made of them."""
    st.write(
        f"At most {MOST_MEGABYTES} MB, {MOST_ROWS:,} rows and {MOST_COLUMNS} columns, with a "
        "header. The table is held in this server's memory, for this tab alone, and gone when "
        "the tab is closed: it is not written to disk, to logs or to the store of results."
    )
    file = st.file_uploader(
        "CSV file",
        type=["csv", "tsv", "txt"],
        max_upload_size=MOST_MEGABYTES,
        key=f"own file {st.session_state.get(TURN, 0)}",
    )
    if file is not None:
        try:
            _decide(file.getvalue())
        except TradeoffsError as error:
            st.error(str(error))
    if own.own_name() is not None and st.button("Forget my table"):
        own.discard()
        _sheet.clear()
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1  # empties the uploader
        st.rerun()


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _sheet(name: str, _content: bytes) -> Sheet:
    """Return a file's sheet; kept for the next choice, and gone with the session."""
    del name  # tells files apart
    return read(_content)


def _decide(content: bytes) -> None:
    sheet = _sheet(hashlib.sha256(content).hexdigest(), content)
    st.caption(f"{sheet.rows:,} rows, {len(sheet.columns)} columns. {' '.join(sheet.notes)}")
    st.dataframe(_first(sheet), hide_index=True)
    columns = {column.name: column for column in sheet.columns}
    names = list(columns)

    def titled(name: str) -> str:
        return columns[name].title if name in columns else name

    label = st.selectbox(
        "Column to predict", names, index=len(names) - 1, format_func=titled, key="own label"
    )
    favourable = _favourable(columns[label])
    others = [name for name in names if name != label]
    protected = st.multiselect(
        "Protected attributes: compare groups by",
        others,
        format_func=titled,
        max_selections=MOST_PROTECTED,
        key="own protected",
    )
    seen = st.multiselect(
        "Columns that models see (none chosen: all that can be used)",
        others,
        format_func=titled,
        key="own columns",
    )
    given = st.file_uploader(
        "Codebook (JSON), if you have one that was made without looking at these rows",
        type=["json"],
        max_upload_size=1,
        key="own codebook",
    )
    if st.button("Use this table", type="primary", disabled=not protected or not favourable):
        choices = Choices(
            label=label,
            favourable=favourable,
            protected=tuple(protected),
            columns=tuple(seen) or None,
        )
        own.bring(own_table(content, choices, given.getvalue() if given else None, sheet))
        st.rerun()
    if not protected:
        st.caption("Choose at least one protected attribute.")


def _favourable(column: Column) -> str:
    """Draw the choice of the answer that a person would want."""
    if is_amount(column):
        middle = float(np.nanmedian(column.numbers()))
        bound = st.number_input("Favourable is at least", value=middle, key=f"own {column.name}")
        return f"{AT_LEAST}{bound!r}"
    values = [value for value, _ in column.counts.most_common(MOST_VALUES)]
    chosen = st.selectbox(
        "Favourable value",
        range(len(values)),
        format_func=lambda place: plain(values[place]) or "blank",
        key=f"own {column.name}",
    )
    return "" if chosen is None else values[chosen]


def _first(sheet: Sheet) -> pd.DataFrame:
    """Return the first rows in plain words."""
    return pd.DataFrame(
        {c.title: ["" if v is None else plain(v) for v in c.cells[:SHOWN]] for c in sheet.columns}
    )
