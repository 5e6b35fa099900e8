"""Rounds of a workshop: what the room sees of each question, and of what it answered."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.shared.kit.chart import chart
from pages.shared.room.hosted_room import HostedRoom, View
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING
from tradeoffs.rooms.front_reveal import (
    Axes,
    reveal_lines,
    reveal_picks,
    reveal_point,
    reveal_rules,
)
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.record_texts import text
from tradeoffs.rooms.room_reveal import (
    Reveal,
    reveal_choice,
    reveal_nothing,
    reveal_values,
    reveal_vote,
    reveal_words,
)
from tradeoffs.rooms.rooms import rooms
from tradeoffs.rooms.rounds import EPSILON, Kind

RULE = "rule"  # name of the round in which the room chooses how to decide
AXES = ("fairness", "accuracy")  # that a front has at first
Results = Mapping[str, Any]


def _ask_values(hosted: HostedRoom) -> None:
    """Draw what points are given to: from the worst to the best that this front has."""
    _question(hosted)
    spans = [(o["title"], o["from"], o["to"]) for o in hosted.round.asks["objectives"]]
    _table((say("objective"), say("worst of this front"), say("best of this front")), spans)


def _ask(hosted: HostedRoom) -> None:
    _question(hosted)


def _ask_point(hosted: HostedRoom) -> None:
    _question(hosted)
    _same(hosted)


def _ask_choice(hosted: HostedRoom) -> None:
    _question(hosted)
    st.markdown(
        "\n".join(f"- **{one['title']}.** {one['help']}" for one in hosted.round.asks["choices"])
    )


def _ask_vote(hosted: HostedRoom) -> None:
    """Draw the candidates, with why each is one."""
    _question(hosted)
    _candidates(hosted)


def _ask_words(hosted: HostedRoom) -> None:
    _question(hosted)
    if waiting := hosted.waiting:
        st.info(WORDING.sentence(Message("workshop_texts_wait", waiting=waiting)))


def _tell_values(hosted: HostedRoom, results: Results) -> None:
    found = reveal_values(hosted.round, results)
    _draw(hosted, found)
    if found.texts:
        st.markdown(say("**What else matters to somebody here**"))
        for text in found.texts:
            st.text(text)
    if waiting := hosted.waiting:
        st.info(WORDING.sentence(Message("workshop_texts_wait", waiting=waiting)))


def _tell_point(hosted: HostedRoom, results: Results) -> None:
    _same(hosted)
    options, axes = _front(hosted)
    _draw(hosted, reveal_point(options, axes, results))


def _tell_lines(hosted: HostedRoom, results: Results) -> None:
    options, axes = _front(hosted)
    _draw(hosted, reveal_lines(options, axes, results))


def _tell_choice(hosted: HostedRoom) -> None:
    """Draw how many chose what; of the vote on epsilon first what the room chose, as phones do."""
    if hosted.round.name == EPSILON:
        epsilon = hosted.room.epsilon
        told = Message("room_chose", epsilon=epsilon) if epsilon else Message("room_chose_none")
        st.success(WORDING.sentence(told))
    _shown(_tell_counts)(hosted)


def _tell_counts(hosted: HostedRoom, results: Results) -> None:
    _draw(hosted, reveal_choice(hosted.round, results))


def _tell_vote(hosted: HostedRoom, results: Results) -> None:
    """Draw the votes, then the three rules side by side."""
    _draw(hosted, reveal_vote(hosted.round, results))
    _candidates(hosted)
    options, decision = rooms().options(hosted.code), results.get("decision")
    if options is not None and decision:
        st.subheader(say("Three rules side by side"), anchor=False)
        _chosen_rule(hosted)
        some = hosted.round.asks["candidates"]
        _draw(hosted, reveal_rules(options, some, decision), key="rules")
        with st.expander(say("The picks on the front")):
            front, axes = _front(hosted)
            _draw(hosted, reveal_picks(front, axes, decision), key="picks")
        st.caption(
            say(
                "A seat's loss is by how many of its 100 points the pick falls behind what its own "
                "points pick. Picks are made on one half of the test people, and losses measured "
                "on the other. Not building counts as the model without constraint and privacy "
                "does."
            )
        )


def _tell_words(hosted: HostedRoom, results: Results) -> None:
    for told in reveal_words(results, hosted.waiting).sentences:
        st.text(WORDING.sentence(told))


def _shown(tell: Callable[[HostedRoom, Results], None]) -> Callable[[HostedRoom], None]:
    """Return what draws results that may be shown, and else says why they are not."""

    def draw(hosted: HostedRoom) -> None:
        results = hosted.results()
        if results["shown"]:
            tell(hosted, results)
            return
        for told in reveal_nothing(results).sentences:
            st.info(WORDING.sentence(told))
        if hosted.round.kind == "vote" and not hosted.room.counts_shown:
            _candidates(hosted)
            st.button(
                say("Show the counts of the first vote"),
                key="room counts",
                type="tertiary",
                on_click=hosted.act,
                args=("counts",),
                kwargs={"shown": True},
            )

    return draw


def _chosen_rule(hosted: HostedRoom) -> None:
    """Say which rule the room chose, before it knew what each would pick."""
    place = hosted.room.place_of(RULE)
    attempts = [attempt for where, attempt in hosted.room.revealed if where == place]
    if not attempts:
        return
    results = rooms().results(hosted.code, place, max(attempts))
    if results["shown"]:
        told = reveal_choice(hosted.room.rounds[place], results).sentences[0]
        title = say("The room's rule.")
        st.markdown(f"**{title}** {WORDING.sentence(told)}")


def _question(hosted: HostedRoom) -> None:
    st.markdown(hosted.round.question)


def _candidates(hosted: HostedRoom) -> None:
    """Draw what is voted on; its words come from this server and are no text of a seat."""
    some = hosted.round.asks["candidates"]
    _same(hosted)
    rows = [(one["title"], one["words"], semicolon_text(one["reasons"])) for one in some]
    _table((say("candidate"), say("what it is"), say("why it is here")), rows)


def _same(hosted: HostedRoom) -> None:
    """Say once what all settings have."""
    if same := hosted.round.asks["same"]:
        st.caption(text("setting.same", same=same))


def _front(hosted: HostedRoom) -> tuple[Options, Axes]:
    """Draw the choice of two objectives; return them with what the room chooses from."""
    options = rooms().options(hosted.code)
    assert options is not None  # only a workshop has such rounds
    titles = {one.name: one.title for one in options.objectives}
    chosen: list[str] = []
    labels = {"To the right": say("To the right"), "Upwards": say("Upwards")}
    for column, label, name in zip(st.columns(2), labels, AXES, strict=True):
        offered = [one for one in titles if one not in chosen]
        with column:
            chosen.append(
                st.selectbox(
                    labels[label],
                    offered,
                    index=offered.index(name) if name in offered else 0,
                    format_func=lambda one: titles[one],
                    key=f"room axis {label}",
                    persist_state="session",
                )
            )
    return options, (chosen[0], chosen[1])


def _draw(hosted: HostedRoom, found: Reveal, key: str = "round") -> None:
    """Draw sentences, figure and numbers."""
    first, *more = [*map(WORDING.sentence, found.sentences)] or [""]
    if first:
        st.info(first, icon=":material/groups:")
    if found.figure is not None:
        chart(
            found.figure,
            key=f"room {key} {hosted.room.place}",
            text=f"{found.text} {first}".strip(),
            height=found.height,
        )
    if found.note:
        st.caption(found.note)
    if more:
        st.markdown("\n".join(f"- {one}" for one in more))
    if found.rows:
        with st.expander(say("The numbers")):
            _table(found.columns, found.rows)


def _table(columns: Any, rows: Any) -> None:
    import pandas as pd

    first, *others = columns
    shown = pd.DataFrame([one[1:] for one in rows], columns=others, index=[r[0] for r in rows])
    st.table(shown.rename_axis(first or say("answer")))


VIEWS: Mapping[Kind, View] = {
    "values": View(_ask_values, _shown(_tell_values)),
    "point": View(_ask_point, _shown(_tell_point)),
    "lines": View(_ask, _shown(_tell_lines)),
    "choice": View(_ask_choice, _tell_choice),
    "vote": View(_ask_vote, _shown(_tell_vote)),
    "words": View(_ask_words, _shown(_tell_words)),
}
