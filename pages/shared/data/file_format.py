"""Writing: how a file is written, where a visitor knows better than looking can tell."""

import streamlit as st

from tradeoffs.data.upload.options import DECIMALS, ENCODINGS, SEPARATORS, Writing, missing_of
from tradeoffs.language.translation import say, translate

LOOK = "detected automatically"
HEADER = {None: LOOK, True: "holds the names of the columns", False: "is a row like any other"}


def writing(*, asked: bool) -> Writing:
    """Draw what can be stated of a file, open where something is asked, and return it."""
    with st.expander(say("How the file is written"), expanded=asked):
        decimal = _sign(say("Decimal sign"), DECIMALS, "own decimal")
        separator = _sign(say("Separator of cells"), SEPARATORS, "own separator")
        encoding = st.selectbox(
            say("Encoding"),
            [None, *ENCODINGS],
            format_func=lambda one: one or translate(LOOK),
            key="own encoding",
        )
        header = st.selectbox(
            say("The first row"),
            list(HEADER),
            format_func=lambda one: translate(HEADER[one]),
            key="own header",
        )
        words = st.text_area(
            say("Words of missing cells, other than NA, N/A, NaN, null or ?"),
            key="own missing",
            help=say("One line for all columns (unknown, refused), or for one: country=refused"),
        )
        nominal = st.text_input(
            say("Columns of codes, whose digits are names"), key="own nominal", help="zip, region"
        )
        numeric = st.text_input(
            say("Columns of amounts, in spite of leading zeros"), key="own numeric", help="age"
        )
    everywhere, single = missing_of(line for line in words.splitlines() if line.strip())
    return Writing(
        encoding=encoding,
        separator=separator,
        decimal=decimal,
        header=header,
        missing=everywhere,
        missing_in=single,
        nominal=_listed(nominal),
        numeric=_listed(numeric),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _sign(label: str, known: dict[str, str], key: str) -> str | None:
    return st.selectbox(
        label, [None, *known], format_func=lambda one: translate(known.get(one, LOOK)), key=key
    )
