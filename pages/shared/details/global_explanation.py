"""Explanation: what the models at the setting look at, and whether a few rules repeat them."""

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.kit.chart import chart
from pages.shared.kit.download import download
from tradeoffs.language.translation import say
from tradeoffs.report.global_explanation import (
    attribution_figure,
    attribution_table,
    display_measures,
    display_shares,
    figure_height,
    measures_table,
    missing,
)
from tradeoffs.report.text import percent
from tradeoffs.report.titles import weighting
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


def explanation(own: "pd.DataFrame", here: Scenario) -> None:
    """Draw the measures of explanations, then the features' shares as bars and as a table.

    Args:
        own: complete rows of the setting's seeds.
        here: the setting.
    """
    if own.empty:
        st.info(say("The models at your setting are still being trained."))
        return
    st.markdown(say("**How well can these models be explained?**"))
    measures = measures_table(own, here)
    st.dataframe(display_measures(measures), hide_index=True)
    if unweighted := weighting(here, used=False):
        st.caption(unweighted)
    for reason in missing(measures, here, own):
        st.caption(reason)
    shares = attribution_table(own, here)
    if shares.empty:
        return
    st.markdown(say("**What does the model look at?**"))
    first = shares.iloc[0]
    chart(
        attribution_figure(shares),
        key="attribution",
        text=say(
            "Bar chart of {n} features by their share of the attributions. The largest is "
            "{feature} with {share}. The table below lists all.",
            n=len(shares),
            feature=first["title"],
            share=percent(first["share"]),
        ),
        height=figure_height(len(shares)),
    )
    st.caption(
        say(
            "How much each feature moves the models' output away from that for the average "
            "person, as a share of all features. Means over seeds with their 95 % interval over "
            "seeds."
        )
    )
    st.dataframe(display_shares(shares), hide_index=True)
    download(shares, "attribution.csv")
