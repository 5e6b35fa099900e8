"""The Privacy part of the Explorer: what is declared, its composition, membership inference."""

from functools import partial

import streamlit as st

from pages.shared.details.membership import membership
from pages.shared.explorer import live
from pages.shared.kit.download import download
from pages.shared.kit.worker_answers import show_answer
from pages.shared.settings.visitor_table import cautions
from pages.shared.settings.wording import rephrase
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.experiments.total_privacy import ComposedLoss, Composition
from tradeoffs.jobs.manager import Job
from tradeoffs.report.composition_table import (
    composition_sentences,
    composition_table,
    display_table,
    selection_sentences,
)
from tradeoffs.report.text import number
from tradeoffs.scenario import Scenario


def privacy(job: Job, here: Scenario) -> None:
    """Draw the part; the price comes when all models are there and a worker has computed it."""
    _declared(resolve(here))
    st.markdown("**Privacy loss under composition**")
    if job.active:
        st.caption("It is computed once all models are trained.")
    else:
        seen = live.composition_on_screen(job, job.version, here)
        show_answer(
            live.composed_loss(seen),
            partial(_price, seen, job.total),
            what="The price",
            meanwhile="The accountants are computing.",
        )
    membership(here)


def _declared(plan: Plan) -> None:
    import pandas as pd

    for caution in cautions(plan.dataset.name):
        st.warning(rephrase(caution))
    spent = plan.budget
    if spent is None:
        st.write("No noise is added, so no epsilon is declared.")
        return
    lines = {
        "unit of protection": spent.unit,
        "epsilon asked": number(spent.epsilon),
        "epsilon spent": f"{spent.epsilon_spent:.4g}",
        "delta": f"{spent.delta:g}",
        "accountant": spent.accountant,
        "noise multiplier sigma": f"{spent.sigma:.4g}",
        "sample rate q": f"{spent.sample_rate:g}",
        "steps": str(spent.steps),
    }
    if spent.sigma_counts is not None:
        lines["noise of the group counts (people)"] = f"{spent.sigma_counts:.4g}"
    st.table(pd.DataFrame({"value": lines}).rename_axis("quantity"))
    st.caption("This is declared for each model alone.")


def _price(seen: Composition, total: int, price: ComposedLoss) -> None:
    table = composition_table(seen, price)
    st.dataframe(display_table(table), hide_index=True)
    different = seen.promised + seen.unpromised
    if different < total:
        st.caption(
            f"{different:,} different models are behind the {total:,} of the screen: one that is "
            "used at several deployments counts once here."
        )
    st.markdown("\n".join(f"- {text}" for text in composition_sentences(seen, price)))
    st.caption(" ".join(selection_sentences(seen, price)))
    download(table, "looking.csv")
