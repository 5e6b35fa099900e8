"""Bring a table: a file, what it holds, what to predict, whom to compare; nothing is stored."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.typing import UploadedFile

from pages.shared.data.columns import choices
from pages.shared.data.file_format import writing
from pages.shared.explorer import live
from pages.shared.kit import visit
from pages.shared.kit.bars import bars
from pages.shared.kit.channel import follow
from pages.shared.kit.sources import FileSource
from pages.shared.settings import address, visitor_table
from pages.shared.settings.wording import rephrase, sentence
from pages.shared.shifts.choices import LEFT
from tradeoffs.data.upload import uploaded_files
from tradeoffs.data.upload.features import MOST_FEATURES
from tradeoffs.data.upload.import_messages import column_notes, file_notes
from tradeoffs.data.upload.import_report import KINDS, ColumnReport, Report
from tradeoffs.data.upload.options import Choices, Question, Writing
from tradeoffs.data.upload.outline import Outline, outline
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.data.upload.raw_columns import MEGABYTE, MOST_COLUMNS, MOST_ROWS
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.jobs.parser import ParseTask
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.messages.wording import WORDING
from tradeoffs.report.data_panels import outline_panels

if TYPE_CHECKING:
    import pandas as pd

MOST_MEGABYTES = 10  # here; more at the command line
TYPES = ["csv", "tsv", "txt", "xlsx", "parquet"]
ASKED = "own asked"  # in the session: whether the file leaves something open
TURN = "own turn"  # in the session: how often the uploaders were emptied
PRESSED = "own pressed"  # in the session: whether a table is wanted of what is chosen
WANTED = "own wanted"  # in the session: files and choices of which a table is being made
PATIENCE_SECONDS = 0.5  # for a file that takes no longer, no progress is shown


def upload() -> None:
    """Draw the part: a file, what was read, a few choices, and what was made of them."""
    st.write(
        say(
            "CSV, Excel (.xlsx) or Parquet: at most {megabytes} MB, {rows:,} rows and {columns} "
            "columns, of which models see {features}. The file is held in this server's memory "
            "until the table is made from it; the table is kept for this tab alone. Both are "
            "gone when the tab is closed or loses its connection; neither is written to disk, "
            "to logs or to the store of results.",
            megabytes=MOST_MEGABYTES,
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
            features=MOST_FEATURES,
        )
    )
    if f"own file {st.session_state.get(TURN, 0)}" not in st.session_state:
        _leave_files()  # left behind when this page was left: the uploader is a new one
    file = _file(say("File"), TYPES, MOST_MEGABYTES, "own file")
    try:
        if file is not None:
            _decide(file)
        elif full := uploaded_files.full(MOST_MEGABYTES * MEGABYTE) or visit.no_file():
            st.warning(sentence(full))
    except TradeoffsError as error:
        st.error(sentence(error))
    if visitor_table.own_name() is not None:
        st.button(say("Forget my table"), on_click=_forget)


@st.cache_resource(scope="session", show_spinner=False)
def _outlines() -> dict[Hashable, Outline]:
    """Return the outline of the file that was read last; gone with the session."""
    return {}


def _file(label: str, types: list[str], most: int, key: str) -> UploadedFile | None:
    key = f"{key} {st.session_state.get(TURN, 0)}"
    return st.file_uploader(label, type=types, max_upload_size=most, key=key)


def _content(file: UploadedFile) -> bytes:
    """Return what a file holds: the border keeps it apart from what Streamlit does of it.

    Raises:
        InvalidInput: it is gone.
    """
    content = file.getvalue() or uploaded_files.find(_session(), file.file_id)
    if content is None:
        raise InvalidInput("file_is_gone", name=plain(file.name))
    return content


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _forget() -> None:
    """Forget the table and the files; a callback."""
    visitor_table.discard()
    _empty()


def _leave_files() -> None:
    uploaded_files.drop(_session())
    live.manager().reader.cancel(live.owner())
    st.session_state.pop(WANTED, None)


def _empty() -> None:
    """Forget the files, and empty the uploaders."""
    _leave_files()
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.rerun()


def _read(key: Hashable, function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a process makes of a file; None while it is at work, which is shown."""
    visitor_table.watch()
    reading = live.manager().reader.read(live.owner(), key, function, *arguments)
    if reading.wait(PATIENCE_SECONDS):
        return reading.result()
    _progress(reading)
    return None


@st.fragment
def _progress(reading: ParseTask) -> None:
    follow("file", FileSource(reading, live.manager().reader))
    if reading.wait(0):
        st.rerun()
    if reading.elapsed is None:
        before = live.manager().reader.before(reading)
        st.progress(0.0, say("Waiting: {files} files are ahead of yours.", files=before))
    else:
        share = min(reading.elapsed / reading.seconds, 1.0)
        st.progress(
            share,
            say(
                "The file is being read, for {elapsed:.0f} s of at most {most:.0f} s.",
                elapsed=reading.elapsed,
                most=reading.seconds,
            ),
        )
    st.button(say("Stop reading"), key="own stop", on_click=_empty)


def _decide(file: UploadedFile) -> None:
    stated = writing(asked=st.session_state.get(ASKED, False))
    try:
        found = _outline(file, stated)
    except Question as question:
        _open()
        st.warning(sentence(question))
        return
    if found is None:
        return
    if any(column.question for column in found.report.columns):
        _open()
    _tell(found)
    made = choices(found.columns)
    book = _file(
        say("Codebook (JSON), if you have one that was made without looking at these rows"),
        ["json"],
        1,
        "own codebook",
    )
    files = (file.file_id, book.file_id if book else None)
    st.button(say("Use this table"), type="primary", disabled=made is None, on_click=_press)
    if st.session_state.get(PRESSED):
        if made:
            st.session_state[WANTED] = (files, made, stated)
        st.session_state[PRESSED] = False
    if st.session_state.get(WANTED, [None])[0] == files:
        _make(file, book, *st.session_state[WANTED][1:])


def _press() -> None:
    """Note that a table is wanted, by a run that knows the choices; a callback."""
    st.session_state[PRESSED] = True


def _outline(file: UploadedFile, stated: Writing) -> Outline | None:
    """Return a file's outline, kept for the next choice; None while it is read."""
    kept, key = _outlines(), (file.file_id, repr(stated))
    if key not in kept:
        found = _read(("outline", key), outline, _content(file), stated, MOST_MEGABYTES)
        if found is None:
            return None
        kept.clear()
        kept[key] = found
    return kept[key]


def _make(file: UploadedFile, book: UploadedFile | None, made: Choices, stated: Writing) -> None:
    """Make the table that was asked for, and forget the files."""
    given = _content(book) if book else None
    key = ("table", repr(st.session_state[WANTED]))
    try:
        table = _read(key, own_table, _content(file), made, given, stated)
    except TradeoffsError:
        del st.session_state[WANTED]
        raise
    if table is not None:
        visitor_table.bring(table)
        address.show(table.book.name)
        st.session_state.pop(LEFT, None)
        _empty()


def _open() -> None:
    """Let the place where things are stated be open."""
    if not st.session_state.get(ASKED):
        st.session_state[ASKED] = True
        st.rerun()


def _tell(found: Outline) -> None:
    """Draw what was read, before anything is decided."""
    import pandas as pd

    for note in file_notes(found.report):
        st.caption(rephrase(note))
    st.dataframe(pd.DataFrame({part.title: part.first for part in found.columns}), hide_index=True)
    st.markdown(say("**What the columns hold**"))
    bars(outline_panels(found.columns))
    st.dataframe(_columns(found.report), hide_index=True)


def _columns(report: Report) -> "pd.DataFrame":
    """Return what was found in each column, in words."""
    import pandas as pd

    def noted(column: ColumnReport) -> str:
        return semicolon_text(map(rephrase, column_notes(column)))

    return pd.DataFrame(
        {
            say("column"): [column.title for column in report.columns],
            say("kind"): [translate(KINDS[column.kind]) for column in report.columns],
            say("different values"): [column.values for column in report.columns],
            say("most frequent"): [WORDING.cells(column.shown) for column in report.columns],
            say("noted"): [noted(column) for column in report.columns],
        }
    )
