"""Download: the numbers of a figure or table, to take along."""

from typing import TYPE_CHECKING

import streamlit as st

from tradeoffs.report.export import csv_text

if TYPE_CHECKING:
    import pandas as pd


def download(table: "pd.DataFrame", file_name: str, label: str = "Download these numbers") -> None:
    """Draw a button that brings the table as CSV; pressing it runs nothing again."""
    st.download_button(
        f"{label} (CSV)",
        csv_text(table),
        file_name=file_name,
        mime="text/csv",
        on_click="ignore",
    )
