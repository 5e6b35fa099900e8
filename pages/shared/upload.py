"""Bring a table: a file, what it holds, what to predict, whom to compare; nothing is stored."""

import hashlib

import pandas as pd
import streamlit as st

from pages.shared import own
from pages.shared.columns import choices
from pages.shared.writing import writing
from tradeoffs.data.own.features import MOST_FEATURES
from tradeoffs.data.own.options import Question, Writing
from tradeoffs.data.own.outline import Outline, outline
from tradeoffs.data.own.raw import MOST_COLUMNS, MOST_ROWS
from tradeoffs.data.own.report import ColumnReport, Report
from tradeoffs.data.own.table import own_table
from tradeoffs.data.own.words import cells, column_notes, file_notes
from tradeoffs.errors import TradeoffsError

MOST_MEGABYTES = 10  # here; more at the command line
ASKED = "own asked"  # in the session: whether the file leaves something open
TURN = "own turn"  # in the session: how often a table was forgotten


def upload() -> None:
    """Draw the part: a file, what was read, a few choices, and what was made of them."""
    st.write(
        f"CSV, Excel (.xlsx) or Parquet: at most {MOST_MEGABYTES} MB, {MOST_ROWS:,} rows and "
        f"{MOST_COLUMNS} columns, of which models see {MOST_FEATURES}. The table is held in this "
        "server's memory, for this tab alone, and gone when the tab is closed: it is not written "
        "to disk, to logs or to the store of results."
    )
    file = st.file_uploader(
        "File",
        type=["csv", "tsv", "txt", "xlsx", "parquet"],
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
        _outline.clear()
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1  # empties the uploader
        st.rerun()


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _outline(name: str, stated: str, _content: bytes, _writing: Writing) -> Outline:
    """Return a file's outline; kept for the next choice, and gone with the session."""
    del name, stated  # tell files and statements apart
    return outline(_content, _writing, MOST_MEGABYTES)


def _decide(content: bytes) -> None:
    stated = writing(asked=st.session_state.get(ASKED, False))
    try:
        found = _outline(hashlib.sha256(content).hexdigest(), repr(stated), content, stated)
    except Question as question:
        _ask(question)
        return
    open_questions = any(column.question for column in found.report.columns)
    if open_questions and not st.session_state.get(ASKED):
        st.session_state[ASKED] = True
        st.rerun()
    _tell(found)
    made = choices(found.columns)
    given = st.file_uploader(
        "Codebook (JSON), if you have one that was made without looking at these rows",
        type=["json"],
        max_upload_size=1,
        key="own codebook",
    )
    if st.button("Use this table", type="primary", disabled=made is None) and made:
        book = given.getvalue() if given else None
        own.bring(own_table(content, made, book, writing=stated))
        st.rerun()


def _ask(question: Question) -> None:
    """Show a question where its answers are open to be stated."""
    if not st.session_state.get(ASKED):
        st.session_state[ASKED] = True
        st.rerun()
    st.warning(f"{question.told[:1].upper()}{question.told[1:]}, under “How the file is written”.")


def _tell(found: Outline) -> None:
    """Draw what was read, before anything is decided."""
    for note in file_notes(found.report):
        st.caption(note)
    st.dataframe(pd.DataFrame({part.title: part.first for part in found.columns}), hide_index=True)
    st.markdown("**What the columns hold**")
    st.dataframe(_columns(found.report), hide_index=True)


def _columns(report: Report) -> pd.DataFrame:
    """Return what was found in each column, in words."""

    def noted(column: ColumnReport) -> str:
        return "; ".join(column_notes(column))

    return pd.DataFrame(
        {
            "column": [column.title for column in report.columns],
            "kind": [column.kind for column in report.columns],
            "different values": [column.values for column in report.columns],
            "most frequent": [cells(column.shown) for column in report.columns],
            "noted": [noted(column) for column in report.columns],
        }
    )
