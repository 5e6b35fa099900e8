"""Who pays, at equal levels: rates of groups within a column that may count."""

from collections.abc import Mapping

import streamlit as st

from pages.shared.explorer import live
from pages.shared.kit.bars import bars, legend
from pages.shared.kit.download import download
from tradeoffs.data.codebook_words import word
from tradeoffs.jobs.job import Job
from tradeoffs.language.translation import say
from tradeoffs.report.conditional_rates import display_table, export_table, rate_panel
from tradeoffs.report.control_levels import control_columns
from tradeoffs.report.sentences.equal_levels import equal_levels
from tradeoffs.report.titles import attribute
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL

NONE = "none"


def at_equal_levels(job: Job, here: Scenario, groups: Mapping[str, int]) -> None:
    """Draw the choice of a column and of a reference group, and what is left of differences.

    Args:
        job: with the setting's results.
        here: the setting.
        groups: how many people are of each.
    """
    import pandas as pd

    st.markdown(say("**By {attribute}, at equal levels of a column**", attribute=attribute(here)))
    chosen = _choices(here, groups)
    if chosen is None:
        return
    column, reference = chosen
    found = live.rates_at_equal_levels(job, job.version, here, column, reference)
    if found is None:
        return
    st.markdown("\n".join(f"- {text}" for text in equal_levels(found)))
    panel = rate_panel(found)
    if len(panel.of.parts) == 2:
        legend(panel.of.parts)
    bars([panel])
    st.dataframe(pd.DataFrame(display_table(found)), hide_index=True)
    st.caption(
        say(
            "Each level of “{column}” is weighted by the number of people at it. 95 % intervals "
            "are over seeds and test rows; a rate over fewer than {least} people is not "
            "measurable. Whether the column may count is a choice: it can itself be a result of "
            "unequal treatment.",
            column=found.control,
            least=SMALLEST_CELL,
        )
    )
    download(pd.DataFrame(export_table(found)), "conditional_rates.csv")


def _choices(here: Scenario, groups: Mapping[str, int]) -> tuple[str, str] | None:
    """Return the column and the reference group; None where no column is chosen."""
    columns = {NONE: say("none"), **control_columns(here)}
    left, right = st.columns(2)
    column = left.selectbox(
        say("Compare at equal"),
        list(columns),
        format_func=lambda name: columns[name],
        key=f"control {here.dataset} {here.protected}",
        persist_state="session",
        help=say(
            "A column that may legitimately affect the decision, such as hours worked. "
            "Groups are then compared within each of its levels (conditional demographic "
            "parity)."
        ),
    )
    reference = right.selectbox(
        say("Reference group"),
        list(groups),
        format_func=word,
        index=list(groups).index(max(groups, key=groups.__getitem__)),
        key=f"reference {here.dataset} {here.protected}",
        persist_state="session",
        help=say(
            "The reference group: differences and ratios of the other groups are relative to it."
        ),
    )
    known = column in columns and column != NONE and reference in groups
    return (column, reference) if known else None
