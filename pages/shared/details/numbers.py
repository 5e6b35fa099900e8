"""Table: the numbers of every point on the chart, to read, to take along and to go to."""

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.explorer.screen import End, Screen
from pages.shared.kit.channel import follow
from pages.shared.kit.download import download
from pages.shared.settings.address import go
from pages.shared.settings.fields import values_of
from tradeoffs.fields import CURVES, FIELDS
from tradeoffs.fronts import Objective
from tradeoffs.fronts.remarks import REMARKS
from tradeoffs.report.charts.hover import others, value_format
from tradeoffs.report.front_summary import absent, bend, hypervolume
from tradeoffs.report.front_table import points_table
from tradeoffs.report.text import describe, setting
from tradeoffs.report.view import View, scenario_of
from tradeoffs.values.explanations.catalogue import FIDELITY

if TYPE_CHECKING:
    import pandas as pd

MEASURES = {"accuracy": "accuracy", "gap": "gap", FIDELITY.name: "fidelity of rules"}


def as_table(shown: Screen) -> None:
    """Draw the figure's numbers behind a word; they cost nothing while nobody looks.

    The figure's menu of files presses the button, which figure.css hides.
    """
    with st.container(key="figure-csv"):
        download(lambda: _taken(shown), "figure.csv", "Numbers of the figure")
    opened = st.expander("As a table", key="table", on_change="rerun")
    with opened:
        if not opened.open:
            return
        if shown.job.active:
            follow("end of table", End(shown.job))
        picture = shown.picture()
        if picture is None:
            st.info("There are no numbers yet, or none that can be measured.")
        else:
            _numbers(picture.view)


def _taken(shown: Screen) -> "pd.DataFrame":
    """Return the table as it is when somebody asks for it."""
    import pandas as pd

    picture = shown.picture()
    return pd.DataFrame() if picture is None else points_table(picture.view)


def _numbers(shown: View) -> None:
    """Draw the table and a way to each setting on the front."""
    table = points_table(shown)
    st.caption(f"{hypervolume(shown)} {bend(shown)}")
    told = _told(table, others(shown.x, shown.y))
    st.dataframe(told, hide_index=True, height=320, column_config=_columns())
    if left_out := absent(shown):
        st.caption(left_out)
    st.caption(
        "Means over seeds and their standard deviation, measured on report. Models with "
        "another deployment population are no alternatives to yours, so they are on no "
        "front."
    )
    _ways(shown)


def _told(table: "pd.DataFrame", more: list[Objective]) -> "pd.DataFrame":
    """Return the table with settings in words and headers for people."""
    import pandas as pd

    shown = pd.DataFrame({"standing": table["standing"].tolist()})
    for field in CURVES:
        shown[FIELDS[field].lower] = [setting(field, value) for value in table[field]]
    for name, title in MEASURES.items():
        shown[title] = 100 * table[name].to_numpy()
        shown[f"{title}, sd"] = 100 * table[f"{name}_sd"].to_numpy()
    for axis in more:
        for title, name in ((axis.title, axis.column), (f"{axis.title}, sd", f"{axis.column}_sd")):
            write = value_format(axis)
            shown[title] = ["not measurable" if pd.isna(v) else write(v) for v in table[name]]
    return shown.assign(seeds=table["seeds"].to_numpy(), remarks=table["remarks"].to_numpy())


def _columns() -> dict:
    """Return how the columns are drawn: percentages, and what each remark means."""
    titles = [f"{title}{end}" for title in MEASURES.values() for end in ("", ", sd")]
    rules = "\n".join(f"- {remark.name}: {remark.when}." for remark in REMARKS)
    remarks = st.column_config.TextColumn(width="medium", help=rules)
    return {"remarks": remarks} | {
        title: st.column_config.NumberColumn(format="%.1f %%") for title in titles
    }


def _ways(shown: View) -> None:
    links = [scenario_of(row, shown.here) for row in shown.front.confirmed]
    names = [describe(scenario) for scenario in links]
    picked = st.selectbox(
        "Go to a setting on the front", range(len(names)), format_func=lambda i: names[i]
    )
    values = None if picked is None else values_of(links[picked], st.session_state["setting"])
    if st.button("Go there", disabled=values is None, on_click=go, args=(values,)):
        st.rerun()  # the controls are outside of this fragment
