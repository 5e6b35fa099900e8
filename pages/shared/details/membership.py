"""What leaks: who can be recognised as trained on, attacked and measured when asked for."""

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.explorer import live
from pages.shared.kit.chart import chart
from pages.shared.kit.download import download
from pages.shared.kit.worker_answers import show_answer
from pages.shared.settings.wording import sentence
from tradeoffs.attacks.leakage import ATTACKED, MembershipInference
from tradeoffs.errors import TradeoffsError
from tradeoffs.experiments.designs import first_training
from tradeoffs.language.translation import say, translate
from tradeoffs.report.charts.roc_chart import roc_figure, roc_table
from tradeoffs.report.leakage_report import (
    ATTACKER,
    display_groups,
    estimates_table,
    group_rows,
    sentences,
)
from tradeoffs.report.text import describe, percent
from tradeoffs.report.titles import weighting
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

REFUSED = "leak refused"  # in the session: why the last click was answered with no attack
HEIGHT = 380  # px, of the ROC
OFFER = {
    "some": "Train {models} models as at your setting, each on a random half of its {people:,} "
    "people, and let an attacker guess of {attacked:,} of them in which halves they were.",
    "each": "Train {models} models as at your setting, each on a random half of its {people:,} "
    "people, and let an attacker guess of each of them in which halves they were.",
}
ATTACKED_PEOPLE = {
    "some": "Attacked: {models} models of {setting}, seed {seed}; {attacked:,} of {people:,} "
    "people, drawn at random.",
    "all": "Attacked: {models} models of {setting}, seed {seed}; all {attacked:,} people.",
}


def membership(here: Scenario) -> None:
    """Draw the measurement of the setting if it was asked for, else the button that asks."""
    st.markdown(say("**Membership inference**"))
    # Training does not know where its models are used.
    attacked = first_training(here.but(shift_intensity=0.0, other_shifts=()))
    asked: dict[Scenario, Future[MembershipInference]] = st.session_state.setdefault("leaks", {})
    if attacked not in asked:
        _offer(attacked, asked)
        return
    show_answer(
        asked[attacked],
        partial(_measured, here=attacked),
        what=say("The leak"),
        meanwhile=say("{models} models are being trained and attacked.", models=live.SHADOWS),
        again=partial(_ask_again, attacked),
    )


def _ask_again(attacked: Scenario) -> None:
    live.attack_again(attacked)
    st.session_state["leaks"].pop(attacked, None)


def _offer(attacked: Scenario, asked: "dict[Scenario, Future[MembershipInference]]") -> None:
    kind = "some" if attacked.rows > ATTACKED else "each"
    st.write(say(OFFER[kind], models=live.SHADOWS, people=attacked.rows, attacked=ATTACKED))
    st.button(say("Measure the leakage"), on_click=_ask, args=(attacked, asked))
    if refusal := st.session_state.pop(REFUSED, None):
        st.warning(sentence(refusal))


def _ask(attacked: Scenario, asked: "dict[Scenario, Future[MembershipInference]]") -> None:
    """Ask for the attack; a callback, and so before anything that ends the run."""
    try:
        asked[attacked] = live.membership_inference(attacked)
    except TradeoffsError as refusal:
        st.session_state[REFUSED] = refusal


def _measured(found: MembershipInference, here: Scenario) -> None:
    st.caption(f"{_attacked(found, here)} {weighting(here, used=False)}")
    told = sentences(found)
    chart(
        roc_figure(found),
        key="roc",
        text=_alternative(roc_table(found), told),
        height=HEIGHT,
    )
    st.markdown("\n".join(f"- {text}" for text in told))
    st.caption(translate(ATTACKER))
    st.dataframe(display_groups(group_rows(found)), hide_index=True)
    download(estimates_table(found), "leak.csv", say("Download the leakage"))


def _attacked(found: MembershipInference, here: Scenario) -> str:
    return say(
        ATTACKED_PEOPLE["some" if found.attacked < found.people else "all"],
        models=found.models,
        setting=describe(here),
        seed=here.seed,
        attacked=found.attacked,
        people=found.people,
    )


def _alternative(table: "pd.DataFrame", told: list[str]) -> str:
    """Return the chart in words."""
    rates = table.dropna(subset=["recognised"])["fpr"].to_numpy()
    if not len(rates):
        return say("Empty chart: nothing could be measured with so few decisions.")
    low, high = (percent(float(rate), 2) for rate in (rates.min(), rates.max()))
    return say(
        "Curves on log axes of the share of members recognised by each attack, for {low} to "
        "{high} of the non-members taken for members. {first}",
        low=low,
        high=high,
        first=told[0],
    )
