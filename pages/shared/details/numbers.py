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
from tradeoffs.language.notation import labelled, semicolon_text
from tradeoffs.language.translation import mark, say
from tradeoffs.report.charts.hover import others, value_format
from tradeoffs.report.front_summary import absent, bend, hypervolume
from tradeoffs.report.front_table import points_table
from tradeoffs.report.text import describe, setting
from tradeoffs.report.view import View, scenario_of
from tradeoffs.values.explanations.catalogue import FIDELITY

if TYPE_CHECKING:
    import pandas as pd

MEASURES = {
    "accuracy": mark("accuracy"),
    "gap": mark("gap"),
    FIDELITY.name: mark("fidelity of rules"),
}


def as_table(shown: Screen) -> None:
    """Draw the figure's numbers behind a word; they cost nothing while nobody looks.

    The figure's menu of files presses the button, which figure.css hides.
    """
    with st.container(key="figure-csv"):
        download(lambda: _taken(shown), "figure.csv", say("Numbers of the figure"))
    opened = st.expander(say("As a table"), key="table", on_change="rerun")
    with opened:
        if not opened.open:
            return
        if shown.job.active:
            follow("end of table", End(shown.job))
        picture = shown.picture()
        if picture is None:
            st.info(say("There are no numbers yet, or none that can be measured."))
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
        say(
            "Means over seeds and their standard deviation, measured on report. Models with "
            "another deployment population are no alternatives to yours, so they are on no "
            "front."
        )
    )
    _ways(shown)


def _told(table: "pd.DataFrame", more: list[Objective]) -> "pd.DataFrame":
    """Return the table with settings in words and headers for people."""
    import pandas as pd

    shown = pd.DataFrame({say("standing"): table["standing"].tolist()})
    for field in CURVES:
        shown[FIELDS[field].lower] = [setting(field, value) for value in table[field]]
    for name, title in MEASURES.items():
        shown[say(title)] = 100 * table[name].to_numpy()
        shown[_spread(say(title))] = 100 * table[f"{name}_sd"].to_numpy()
    absent = say("not measurable")
    for axis in more:
        for title, name in ((axis.title, axis.column), (_spread(axis.title), f"{axis.column}_sd")):
            write = value_format(axis)
            shown[title] = [absent if pd.isna(v) else write(v) for v in table[name]]
    rest = {say("seeds"): table["seeds"], say("remarks"): table["remarks"].map(_remarks)}
    return shown.assign(**{title: column.to_numpy() for title, column in rest.items()})


def _remarks(names: str) -> str:
    """Return the remarks that a cell names, for people."""
    titles = {remark.name: remark.title for remark in REMARKS}
    return semicolon_text(titles.get(name, name) for name in names.split("; "))


def _spread(title: str) -> str:
    """Return the header of a standard deviation."""
    return say("{measure}, sd", measure=title)


def _columns() -> dict:
    """Return how the columns are drawn: percentages, and what each remark means."""
    titles = [say(title) for title in MEASURES.values()]
    titles += [_spread(title) for title in titles]
    rules = "\n".join(f"- {labelled(remark.title, remark.when)}." for remark in REMARKS)
    remarks = st.column_config.TextColumn(width="medium", help=rules)
    return {say("remarks"): remarks} | {
        title: st.column_config.NumberColumn(format="%.1f %%") for title in titles
    }


def _ways(shown: View) -> None:
    links = [scenario_of(row, shown.here) for row in shown.front.confirmed]
    names = [describe(scenario) for scenario in links]
    picked = st.selectbox(
        say("Go to a setting on the front"), range(len(names)), format_func=lambda i: names[i]
    )
    values = None if picked is None else values_of(links[picked], st.session_state["setting"])
    if st.button(say("Go there"), disabled=values is None, on_click=go, args=(values,)):
        st.rerun()  # the controls are outside of this fragment
