"""Download: the numbers of a figure or table, to take along."""

import pandas as pd
import streamlit as st

from tradeoffs.figures.export import csv_text


def download(table: pd.DataFrame, file_name: str, label: str = "Download these numbers") -> None:
    """Draw a button that brings the table as CSV; pressing it runs nothing again."""
    st.download_button(
        f"{label} (CSV)",
        csv_text(table),
        file_name=file_name,
        mime="text/csv",
        on_click="ignore",
    )
