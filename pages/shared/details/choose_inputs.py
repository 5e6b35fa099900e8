"""Inputs of a wish: points, values wished for, worst accepted values, and utilities."""

from collections.abc import Callable
from dataclasses import astuple, replace

import streamlit as st

from pages.shared.settings.address import mark
from pages.shared.settings.visitor_table import own_name
from tradeoffs.fronts import Objective
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.report.alternatives import Alternatives
from tradeoffs.report.choice import Choice
from tradeoffs.report.sentences.value_text import level_text, value_text
from tradeoffs.report.text import percent
from tradeoffs.report.titles import label
from tradeoffs.values.preferences.patterns.catalogue import PATTERNS
from tradeoffs.values.preferences.utility import UtilityMatrix
from tradeoffs.values.preferences.wish import BY, LARGEST_UTILITY, OUTCOMES, POINTS, Wish, weights

WAYS = {"points": "Points", "aspiration": "Target values", "pattern": "Whose utilities"}
RIGHT = "Predicted “{told}”, correctly"
WRONG = "Predicted “{told}”, though “{true}” is correct"
MOVED = "wish moved"  # in the session: the address and the pictures do not know it yet


def choice() -> Choice:
    """Return what the visitor marked, the wish among it."""
    return Choice.of(st.session_state["setting"], own_name() or "")


def inputs(among: Alternatives) -> Choice:
    """Draw the inputs of a wish; return what the visitor marked."""
    if st.session_state.pop(MOVED, False):
        st.rerun()  # the address and the pictures are outside of this fragment
    made = choice()
    counted = [one for one in among.objectives if one.name in made.counted]
    _put("wish-by", made.wish.by)
    st.segmented_control(
        say("What matters to you?"),
        BY,
        format_func=lambda by: translate(WAYS[by]),
        required=True,
        key="wish-by",
        on_change=lambda: _wish(by=st.session_state["wish-by"]),
    )
    if made.wish.by == "points":
        _points(made.wish, counted)
    elif made.wish.by == "aspiration":
        _aspiration(made.wish, counted)
    else:
        _pattern(made.wish, among)
    _worst_accepted(made, among)
    return made


def number_input(
    one: Objective,
    title: str,
    value: float | None,
    key: str,
    change: Callable[[float | None], None],
) -> None:
    """Draw the input of a value of an objective; in per cent where it is a share.

    Args:
        one: the objective.
        title: what is asked for.
        value: in the unit of the column; None where none is given.
        key: of the input.
        change: called with the new value, in the unit of the column.
    """
    factor = 100.0 if one.is_share else 1.0
    _put(key, None if value is None else round(factor * value, 6))

    def changed() -> None:
        typed = st.session_state[key]
        change(None if typed is None else typed / factor)

    st.number_input(
        say("{title}, %", title=title) if one.is_share else title,
        min_value=0.0 if one.is_share else 1e-3,
        max_value=100.0 if one.is_share else 1e9,
        step=1.0 if one.is_share else None,
        format="%g" if not one.is_share else "%.1f",
        value=None,
        key=key,
        placeholder=say("any"),
        on_change=changed,
    )


def side(one: Objective) -> str:
    """Return the title of an objective with the side on which its values are good."""
    if one.better == "high":
        return say("{objective} at least", objective=one.title)
    return say("{objective} at most", objective=one.title)


def _points(wish: Wish, counted: list[Objective]) -> None:
    """Draw a slider of points for each objective that counts."""
    names = [one.name for one in counted]
    shares = dict(zip(names, weights(wish, names), strict=True))
    given = {name: wish.points.get(name, 0.0) for name in names} if wish.points else None
    shown = given or {name: POINTS * one for name, one in shares.items()}
    for column, one in zip(_columns(len(counted)), counted, strict=True):
        key = f"wish-points-{one.name}"
        _put(key, round(shown[one.name]))
        with column:
            st.slider(
                say("{objective}: points", objective=one.title),
                0,
                round(POINTS),
                key=key,
                help=say(
                    "{help} More points: {words}. Its scale goes from {ideal} to {reference}.",
                    help=one.help,
                    words=one.words,
                    ideal=value_text(one, one.ideal),
                    reference=value_text(one, one.reference),
                ),
                on_change=_share_out,
                args=(names,),
            )
    total = sum(shown.values())
    parts = ", ".join(f"{one.lower} {percent(shares[one.name], 0)}" for one in counted)
    st.caption(
        say(
            "Only the shares count, whatever the sum. Shares of the {total:.0f} points that you "
            "gave: {shares}.",
            total=total,
            shares=parts,
        )
    )


def _share_out(names: list[str]) -> None:
    _wish(points={name: float(st.session_state[f"wish-points-{name}"]) for name in names})


def _aspiration(wish: Wish, counted: list[Objective]) -> None:
    """Draw the value wished for of each objective that counts."""
    for column, one in zip(_columns(len(counted)), counted, strict=True):

        def change(value: float | None, name: str = one.name) -> None:
            kept = {key: old for key, old in wish.aspiration.items() if key != name}
            _wish(aspiration=kept if value is None else {**kept, name: value})

        value = wish.aspiration.get(one.name)
        with column:
            number_input(one, side(one), value, f"wish-aspiration-{one.name}", change)
    st.caption(
        say(
            "Whether or not the values can be reached, the setting that comes closest is "
            "picked; where a value is reached with room to spare, it is exceeded as far as "
            "possible. What you leave empty only decides ties."
        )
    )


def _worst_accepted(made: Choice, among: Alternatives) -> None:
    """Draw the worst accepted value of each objective, as the scales have them too."""
    with st.expander(say("Worst values that you accept")):
        for column, one in zip(_columns(len(among.objectives)), among.objectives, strict=True):

            def change(value: float | None, name: str = one.name) -> None:
                kept = {key: old for key, old in made.at_least.items() if key != name}
                lines = kept if value is None else {**kept, name: value}
                _mark("at_least", "+".join(f"{k}:{v:.10g}" for k, v in lines.items()))

            with column:
                value = made.at_least.get(one.name)
                number_input(one, side(one), value, f"wish-accepted-{one.name}", change)
        st.caption(
            say(
                "These red lines hold whatever you wish for; they are the ones that you brush "
                "on the scales."
            )
        )
    if made.at_least:
        every = [
            level_text(one, made.at_least[one.name])
            for one in among.objectives
            if one.name in made.at_least
        ]
        told = semicolon_text(every)
        st.caption(say("You accept nothing worse than this: {levels}.", levels=told))


def _pattern(wish: Wish, among: Alternatives) -> None:
    """Draw the pattern of distribution and what each outcome is worth to whom."""
    _put("wish-pattern", wish.pattern)
    st.selectbox(
        say("What makes a distribution good?"),
        [*PATTERNS],
        format_func=lambda name: PATTERNS[name].title,
        key="wish-pattern",
        on_change=lambda: _wish(pattern=st.session_state["wish-pattern"], parameter=None),
    )
    st.caption(say("{help} Source: {source}.", help=wish.ranking.help, source=wish.ranking.source))
    if (of := wish.ranking.parameter) is not None:
        _put("wish-parameter", float(wish.degree))
        st.number_input(
            of.title,
            of.low,
            of.high,
            key="wish-parameter",
            help=of.help,
            on_change=lambda: _wish(parameter=st.session_state["wish-parameter"]),
        )
    _matrix(wish, "person", say("What each outcome is worth to the person"), among)
    _matrix(wish, "decision_maker", say("What it is worth to the one who decides"), among)


def _matrix(wish: Wish, whose: str, title: str, among: Alternatives) -> None:
    """Draw the worth of the four outcomes."""
    matrix: UtilityMatrix = getattr(wish, whose)
    with st.expander(title):
        told = zip(_columns(4), OUTCOMES, _outcomes(among), astuple(matrix), strict=True)
        for column, name, words, worth in told:
            key = f"wish-{whose}-{name}"
            _put(key, float(worth))

            def changed(name: str = name, key: str = key) -> None:
                worth = st.session_state[key]
                _wish(**{whose: replace(matrix, **{name: worth})})

            with column:
                st.number_input(
                    words, -LARGEST_UTILITY, LARGEST_UTILITY, step=0.5, key=key, on_change=changed
                )
        st.caption(say("In units of your own: only the differences count."))


def _outcomes(among: Alternatives) -> tuple[str, str, str, str]:
    """Return the four outcomes in words, yes being the favourable answer."""
    of = label(among.here)
    no = of.negative if of.wanted == of.positive else of.positive
    return (
        say(RIGHT, told=of.wanted),
        say(WRONG, told=of.wanted, true=no),
        say(WRONG, told=no, true=of.wanted),
        say(RIGHT, told=no),
    )


def _columns(count: int) -> list:
    """Return as many places, two in a row."""
    rows = [st.columns(2) for _ in range((count + 1) // 2)]
    return [column for row in rows for column in row][:count]


def _put(key: str, value: object) -> None:
    """Set an input that is about to be drawn."""
    if st.session_state.get(key, ...) != value:
        st.session_state[key] = value


def _wish(**changes: object) -> None:
    """Change the wish, in a callback."""
    _mark("wish", replace(choice().wish, **changes).text)  # pyright: ignore[reportArgumentType]


def _mark(field: str, text: str) -> None:
    mark({field: text})
    st.session_state[MOVED] = True
