"""Download: the numbers of a figure or table, to take along."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from tradeoffs.language.current import keep_language
from tradeoffs.language.translation import say
from tradeoffs.report.export import csv_text

if TYPE_CHECKING:
    import pandas as pd


def download(
    table: "pd.DataFrame | Callable[[], pd.DataFrame]",
    file_name: str,
    label: str = "",
) -> None:
    """Draw a button that brings the table as CSV; pressing it runs nothing again.

    Args:
        table: the numbers, or what makes them when the button is pressed.
        file_name: of the file.
        label: of the button; “Download these numbers” unless another is given.
    """
    st.download_button(
        f"{label or say('Download these numbers')} (CSV)",
        keep_language(lambda: csv_text(table())) if callable(table) else csv_text(table),
        file_name=file_name,
        mime="text/csv",
        on_click="ignore",
    )
