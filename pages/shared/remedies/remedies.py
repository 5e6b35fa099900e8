"""The screen of the page Remedies: who somebody is and with whom, and what a way would bring.

A run draws the controls and mounts what the browser draws of a part; results that arrive cause no
run.  remedies.css places the containers for the width of the window.
"""

import streamlit as st

from pages.shared.explorer import live
from pages.shared.kit.channel import channel
from pages.shared.kit.chart import preload
from pages.shared.kit.download import download
from pages.shared.kit.visit import pace_notices
from pages.shared.remedies import address
from pages.shared.remedies.composition import describe_composition
from pages.shared.remedies.controls import buttons, control, controls
from pages.shared.remedies.panel import KEY, draw_panel
from pages.shared.remedies.source import PanelSource, panel_source
from pages.shared.remedies.way import define_way, describe_way
from pages.shared.room.opening_button import front_button
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word
from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.experiments.plan import resolve
from tradeoffs.field import LEVELS
from tradeoffs.language.translation import say, translate
from tradeoffs.report.remedies.at_home import AT_HOME
from tradeoffs.report.remedies.catalogue import OF_THE_WAY, PART, PARTS, TOPICS, topic_of
from tradeoffs.report.remedies.community_gain import alone
from tradeoffs.report.remedies.home_front import HOME_FRONT
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.refusal import refusal_sentence
from tradeoffs.report.remedies.selection import Values
from tradeoffs.report.remedies.selection_sentences import (
    kept_sentence,
    made_up_sentence,
    table_sentence,
    unit_sentence,
)
from tradeoffs.report.remedies.selections import LISTED, members_of, scenario_of
from tradeoffs.report.text import capital
from tradeoffs.report.titles import units

INTRODUCTION = (
    "A community with few records can train on them alone, use a model that somebody else "
    "trained, or train together with others. Here real tables are divided into "
    "communities; the models of each way are trained, and measured on the community's own "
    "people. Communities are simulated on one machine; no record leaves it."
)

TOPIC = "remedies-topic"  # key of the choice of a topic


def remedies() -> None:
    """Draw the whole screen; moving a control runs only this fragment again."""
    address.arrive()
    _screen()


@st.fragment
def _screen() -> None:
    values = address.read_values()
    with st.container(key="remedies"):
        with st.container(key="remedies-head"):
            _head(values)
        with st.container(key="remedies-you"):
            _who(values)
            _caption(values)
            if values["level"] != "story":
                define_way(values)
        with st.container(key="remedies-answer"):
            _answer(values)
        with st.container(key="remedies-way"):
            if values["level"] != "story":
                describe_way(values)
                controls("lab", values)
    address.write(values)


def _head(values: Values) -> None:
    """Draw how much is shown, the question, and what there is to tell of the link."""
    with st.container(key="levels", horizontal=True, horizontal_alignment="right"):
        buttons(LISTED["level"], values)
    home = capital(word(values["home"]))
    st.title(say("{home}: alone, or with others?", home=home), anchor=False)
    if values["level"] == "story":
        st.caption(translate(INTRODUCTION))
    if told := address.notice():
        st.warning(told)


def _who(values: Values) -> None:
    """Draw who somebody is, with whom, and by which way."""
    if values["level"] == "story":
        controls("you", values)
        return
    table, cut = (LISTED[name].words(values[name], values) for name in ("dataset", "communities"))
    title = say("Table and communities: {table}, by {cut}", table=table, cut=cut)
    with st.expander(title, key="remedies-data"):
        controls("data", values)
    controls("you", values)
    controls("way", values)


def _caption(values: Values) -> None:
    """Say what is asked, of whom, and what is chosen that no control here shows."""
    story = values["level"] == "story"
    told = [
        say(
            "{question} Each model predicts this for {units} of “{home}”.",
            question=question_of(values),
            units=units(values["dataset"]),
            home=word(values["home"]),
        ),
        table_sentence(values) if story else "",
        unit_sentence(values),
        made_up_sentence(values),
        kept_sentence(values),
    ]
    st.caption(" ".join(one for one in told if one))


def question_of(values: Values) -> str:
    """Return the question that models answer of a person at home."""
    every = members_of(values["dataset"], values["label"], values["communities"])
    own = next((one.label for one in every if one.name == values["home"]), values["label"])
    return dataset(values["dataset"]).label(own).question


def _answer(values: Values) -> None:
    part = _part(values)
    if values["level"] != "story":
        with st.container(key="remedies-topics"):
            _topics(values)
        with st.container(key="remedies-parts", horizontal=True):
            buttons(PART, values, [one.name for one in TOPICS[topic_of(part.name)]])
            if part.by_measure:
                controls("answer", values)
            for one in part.selections:
                control(one, values)
        st.caption(part.question)
    for notice in pace_notices():
        st.warning(notice)
    try:
        shown = panel_source(part, _look(part, values))
        shown.submit(live.owner(), live.payer())
    except TradeoffsError as refusal:
        channel().hide(KEY)
        told = st.error if isinstance(refusal, InvalidInput) else st.warning
        told(refusal_sentence(refusal))
        return
    draw_panel(shown)
    if part is AT_HOME:
        describe_composition(shown)
    if part is HOME_FRONT:
        front_button(shown.job, alone(shown.look.here))
    _numbers(shown)


def _look(part: Part, values: Values) -> Look:
    """Return what is looked at: training alone where the part can do without the chosen way.

    Raises:
        InvalidInput: the setting is not possible, and the part shows nothing without it.
    """
    try:
        here = resolve(scenario_of(values)).scenario
    except InvalidInput as refusal:
        if part.name in OF_THE_WAY:
            raise
        here = resolve(scenario_of({**values, "remedy": "alone", "dial": ""})).scenario
        st.warning(refusal_sentence(refusal))
    return Look(here=here, values=values)


def _topics(values: Values) -> None:
    """Draw the choice of a topic, which opens its first part."""
    st.session_state[TOPIC] = topic_of(values["part"])
    st.segmented_control(
        say("Topic"),
        list(TOPICS),
        format_func=translate,
        required=True,
        key=TOPIC,
        label_visibility="collapsed",
        on_change=_open_topic,
    )


def _open_topic() -> None:
    st.session_state[address.key(PART.name)] = TOPICS[st.session_state[TOPIC]][0].name


def _part(values: Values) -> Part:
    """Return the part that is open: at the simplest level the first, which has no tab."""
    part = PARTS[values["part"]]
    able = LEVELS.index(part.level) <= LEVELS.index(values["level"])
    return part if able else next(iter(PARTS.values()))


@st.fragment
def _numbers(shown: PanelSource) -> None:
    """Offer the numbers of what is shown as a file."""
    preload("preload")
    download(shown.numbers, f"{shown.part.name}.csv")
