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
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say
from tradeoffs.report.composition_table import (
    composition_sentences,
    composition_table,
    display_table,
    export_table,
    selection_sentences,
)
from tradeoffs.report.text import number
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.protected_unit import unit_text


def privacy(job: Job, here: Scenario) -> None:
    """Draw the part; the price comes when all models are there and a worker has computed it."""
    _declared(resolve(here))
    st.markdown(say("**Privacy loss under composition**"))
    if job.active:
        st.caption(say("It is computed once all models are trained."))
    else:
        seen = live.composition_on_screen(job, job.version, here)
        show_answer(
            live.composed_loss(seen),
            partial(_price, seen, job.total),
            what=say("The price"),
            meanwhile=say("The accountants are computing."),
        )
    membership(here)


def _declared(plan: Plan) -> None:
    import pandas as pd

    for caution in cautions(plan.dataset.name):
        st.warning(rephrase(caution))
    spent = plan.budget
    if spent is None:
        st.write(say("No noise is added, so no epsilon is declared."))
        return
    lines = {
        say("unit of protection"): unit_text(spent.unit),
        say("epsilon asked"): number(spent.epsilon),
        say("epsilon spent"): localise(f"{spent.epsilon_spent:.4g}"),
        say("delta"): localise(f"{spent.delta:g}"),
        say("accountant"): spent.accountant,
        say("noise multiplier sigma"): localise(f"{spent.sigma:.4g}"),
        say("sample rate q"): localise(f"{spent.sample_rate:g}"),
        say("steps"): str(spent.steps),
    }
    if spent.sigma_counts is not None:
        lines[say("noise of the group counts (people)")] = localise(f"{spent.sigma_counts:.4g}")
    st.table(pd.DataFrame({say("value"): lines}).rename_axis(say("quantity")))
    st.caption(say("This is declared for each model alone."))


def _price(seen: Composition, total: int, price: ComposedLoss) -> None:
    table = composition_table(seen, price)
    st.dataframe(display_table(table), hide_index=True)
    different = seen.promised + seen.unpromised
    if different < total:
        st.caption(
            say(
                "{different:,} different models are behind the {total:,} of the screen: one that "
                "is used at several deployments counts once here.",
                different=different,
                total=total,
            )
        )
    st.markdown("\n".join(f"- {text}" for text in composition_sentences(seen, price)))
    st.caption(" ".join(selection_sentences(seen, price)))
    download(export_table(seen, price), "looking.csv")
