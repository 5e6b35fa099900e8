"""Cost: who pays at which prices, what the setting comes to, and where the numbers are from."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from pages.shared.explorer.screen import Screen
from pages.shared.settings.address import mark
from tradeoffs.experiments.plan import deployment
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.fields import FIELDS
from tradeoffs.language.translation import say
from tradeoffs.report.affordability import within_budget
from tradeoffs.report.cost_table import (
    actor_table,
    cost_table,
    range_table,
    scale_sentences,
)
from tradeoffs.report.sentences.setting_price import (
    cost_sentences,
    rows_sentence,
    settings_within_budget,
)
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.prices import NUMBERS, Prices
from tradeoffs.resources.purse import Purse, purse

PURSE = FIELDS["purse"]
ACTOR = "purse-actor"
NONE = "none"
MOVED = "purse moved"  # in the session: the address and the pictures do not know it yet


def cost(shown: Screen) -> None:
    """Draw who pays, what the setting costs, and where each number is from."""
    if st.session_state.pop(MOVED, False):
        st.rerun()  # the address and the pictures are outside of this fragment
    who = _purse()
    here = shown.here
    needed = setting_cost(here)
    st.markdown(_bullets(cost_sentences(here, needed, who or purse(""))))
    place = deployment(here)
    every = {n: one for n, one in enumerate(shown.settings) if deployment(one) == place}
    if who is not None:
        told = [settings_within_budget(within_budget(every, who), len(every), who)]
        told.append(rows_sentence(here, needed, who))
        st.markdown(_bullets(filter(None, told)))
        st.caption(
            say("Settings that the budget does not cover are drawn faintly in the charts above.")
        )
    heads = (
        *(say("Who"), say("It costs"), say("Budget")),
        *(say("Your setting"), say("Settings covered"), say("Rows covered")),
    )
    st.html(_table(say("Your setting for each actor"), heads, actor_table(here, every)))
    heads = (say("What"), say("How much"), say("Where the figure comes from"))
    st.html(_table(say("Cost of your setting"), heads, cost_table(here)))
    st.markdown(_bullets(scale_sentences(needed)))
    with st.expander(say("Published ranges from which energy and carbon dioxide are computed")):
        heads = (say("What"), say("Range"), say("Source"))
        st.html(_table(say("Published ranges"), heads, range_table()))


def who_pays() -> Purse | None:
    """Return the purse that is chosen."""
    text = st.session_state["setting"][PURSE.name]
    return purse(text) if text else None


def _purse() -> Purse | None:
    """Draw the choice of an actor and its numbers; the pictures follow it."""
    who = who_pays()
    st.session_state[ACTOR] = who.actor.name if who else NONE
    st.selectbox(
        PURSE.title,
        (NONE, *ACTORS),
        format_func=lambda one: ACTORS[one].title if one in ACTORS else say("no purse"),
        key=ACTOR,
        help=f"{PURSE.help} {PURSE.limits}",
        on_change=_take,
    )
    if who is not None:
        example = say("These are example numbers, in a currency of your choice.")
        st.caption(f"{who.actor.help} {example}")
        with st.expander(say("Its budget and prices")):
            _numbers(who)
    return who


def _numbers(who: Purse) -> None:
    """Draw an input for each number of a purse."""
    columns = st.columns(3)
    for place, (name, one) in enumerate(NUMBERS.items()):
        key = _key(name)
        st.session_state[key] = float(getattr(who.prices, name))
        with columns[place % len(columns)]:
            st.number_input(
                f"{one.title}, {one.unit}",
                min_value=float(one.low or 0.0),
                max_value=float(one.high or 0.0),
                format="%g",
                key=key,
                help=one.help,
                on_change=_change,
                args=(who,),
            )


def _key(name: str) -> str:
    return f"purse-{name}"


def _take() -> None:
    """Take another actor with its own numbers, in a callback."""
    actor = st.session_state[ACTOR]
    _mark("" if actor == NONE else actor)


def _change(who: Purse) -> None:
    """Take the numbers that were typed, in a callback."""
    typed = {name: st.session_state[_key(name)] for name in NUMBERS}
    _mark(Purse(actor=who.actor, prices=Prices(**typed)).text)


def _mark(text: str) -> None:
    mark({PURSE.name: text})
    st.session_state[MOVED] = True


def _bullets(told: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in told)


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row"><b>{escape(first)}</b></th>'
        + "".join(
            f'<td data-head="{escape(head)}">{escape(one)}</td>'
            for head, one in zip(heads[1:], rest, strict=True)
        )
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<table class="rules" aria-label="{escape(title)}"><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
