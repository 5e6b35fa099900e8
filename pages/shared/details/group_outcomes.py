"""Who pays: people and rates of each group, and whose decisions changed."""

from collections.abc import Sequence

import streamlit as st

from pages.shared.details.conditional_rates import at_equal_levels
from pages.shared.explorer import live
from pages.shared.kit.download import download
from tradeoffs.experiments.designs import is_baseline
from tradeoffs.jobs.job import Job
from tradeoffs.language.translation import say
from tradeoffs.report.group_outcomes import EVERYBODY, display_table, sentences, titles
from tradeoffs.report.titles import attribute, favourable, favourable_answer, label, weighting
from tradeoffs.report.view import Row
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL

BEYOND = ("accuracy", "true_positive_rate", "false_positive_rate")  # a window lacks room for them


def group_outcomes(job: Job, here: Scenario) -> None:
    """Draw sentences and the tables, crossings last; icons of people are above."""
    import pandas as pd

    first, *crossings = live.attributes(here)
    table = live.group_outcomes(job, job.version, here, first)
    if table is None:
        still = say("The models at your setting are still being trained.")
        st.info(live.why_no_outcomes(job, here) or still)
        return
    told = sentences(table, favourable_answer(here), favourable(here), is_baseline(here))
    st.markdown("\n".join(f"- {sentence}" for sentence in told))
    with st.container(key="scroll"):
        st.caption(say("Swipe a table sideways to see all of its columns."))
    _table(table, here, first)
    rows = [{**row, "attribute": first} for row in table]
    for name in crossings:
        crossed = live.group_outcomes(job, job.version, here, name)
        if crossed is not None:
            crossed = [row for row in crossed if row["group"] != EVERYBODY]
            rows += [{**row, "attribute": name} for row in crossed]
            _table(crossed, here, name)
    _legend(here)
    download(pd.DataFrame(rows), "who_pays.csv")
    at_equal_levels(
        job, here, {row["group"]: row["people"] for row in table if row["group"] != EVERYBODY}
    )


def _table(table: Sequence[Row], here: Scenario, name: str) -> None:
    import pandas as pd

    st.markdown(say("**By {attribute}**", attribute=attribute(here, name)))
    told, headers = pd.DataFrame(display_table(table)), titles()
    more = [headers[name] for name in BEYOND]
    st.dataframe(told.drop(columns=more), hide_index=True)
    beyond = say(
        "By {attribute}: accuracy, true positive rate and false positive rate",
        attribute=attribute(here, name),
    )
    with st.expander(beyond):
        st.dataframe(told[[headers["group"], *more]], hide_index=True)


def _legend(here: Scenario) -> None:
    told = say(
        "Yes is “{positive}”. Means over seeds with their 95 % interval, over seeds and test "
        "rows. Gain, lose and net: people of 100 whose answer becomes, or is no longer, "
        "“{favourable}”. A rate over fewer than {least} people is not measurable.",
        positive=label(here).positive,
        favourable=favourable_answer(here),
        least=SMALLEST_CELL,
    )
    st.caption(f"{told} {weighting(here, used=True)}")
