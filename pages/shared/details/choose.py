"""Choose: what matters to somebody, the setting that it picks, and what would have to give."""

from collections.abc import Mapping, Sequence
from itertools import permutations

import streamlit as st

from pages.shared.details.choose_inputs import inputs, number_input, side
from pages.shared.explorer.screen import Screen
from pages.shared.room.opening_button import front_button
from pages.shared.settings.address import go
from pages.shared.settings.fields import texts
from pages.shared.settings.wording import sentence
from tradeoffs.errors import InvalidInput
from tradeoffs.fronts import ACCURACY
from tradeoffs.fronts.replicates import REPORT
from tradeoffs.language.translation import mark, say, translate
from tradeoffs.report.alternatives import Alternatives, alternatives, scale_costs
from tradeoffs.report.pick import Pick, by_view, pick, utility_intervals
from tradeoffs.report.sentences.pick_reasons import (
    decider,
    equals,
    impossible,
    reasons,
    scale_note,
    title,
)
from tradeoffs.report.sentences.step_text import step_text, step_title
from tradeoffs.report.sentences.value_text import behind, utility_text, with_range
from tradeoffs.report.step import halfway, known_here, step
from tradeoffs.report.text import describe
from tradeoffs.values.preferences.classification import CLASSES, Classified
from tradeoffs.values.preferences.patterns.catalogue import PATTERNS

CLASS_WORDS = {
    "improve": "get better",
    "improve until": "get better, up to a value",
    "keep": "stay as it is",
    "may fall until": "get worse, down to a value",
    "free": "be anything",
}
ONE, MANY = True, False  # setting on screen
BEST = {
    ONE: mark("best of the one setting on screen"),
    MANY: mark("best of the {n} settings on screen"),
}
NO_STEP = {
    ONE: mark(
        "None of the one setting on screen is better in one of them by more than chance over seeds."
    ),
    MANY: mark(
        "None of the {n} settings on screen is better in one of them by more than chance over "
        "seeds."
    ),
}
NO_CLASSIFIED = {
    ONE: mark(
        "None of the one setting on screen gets better in that by more than chance over seeds, "
        "with the rest as you chose."
    ),
    MANY: mark(
        "None of the {n} settings on screen gets better in that by more than chance over seeds, "
        "with the rest as you chose."
    ),
}


def choose(shown: Screen) -> None:
    """Draw what can be wished for, what it picks, and steps from the setting."""
    among = alternatives(shown.job, shown.here, shown.who)
    if among is None:
        st.info(say("There are no models to choose from yet."))
        return
    made = inputs(among)
    if shown.job.active:
        st.caption(
            say("Models are still being trained: the pick is made among those that are ready.")
        )
    found = pick(among, made.wish, made.counted, made.at_least)
    if found.row is None:
        st.markdown(f"**{title(found)}**")
        _bullets(impossible(found, made.at_least))
    else:
        _picked(found)
    _steps(found)
    front_button(shown.job, shown.here, shown.who)


def _picked(found: Pick) -> None:
    """Draw the setting, why it is picked, and its values beside yours and the best."""
    among, row = found.among, found.row
    assert row is not None
    st.markdown(f"**{title(found)}**")
    if found.more_frequent is None:
        _place(among, row, "wish-go")
    else:
        told = zip((row, found.more_frequent), ("wish-go", "wish-go-other"), strict=True)
        for words, (at, key) in zip(equals(found), told, strict=True):
            st.markdown(words)
            _place(among, at, key)
    if row != among.now or found.more_frequent is not None:
        st.caption(
            say(
                "The settings on screen are those around yours. They change when you move to "
                "another setting, and another one may then meet your wish best."
            )
        )
    if found.more_frequent is not None:
        st.markdown(say("About the first one, called the pick below:"))
    _bullets(reasons(found))
    _values(found, row)
    if found.wish.by == "pattern":
        _utilities(found, row)
    st.caption(scale_note(found))


def _place(among: Alternatives, row: int, key: str) -> None:
    """Draw the way to a setting, or that it is yours."""
    if row == among.now:
        st.caption(say("It is your current setting."))
    else:
        _go(among, row, say("Go there"), key)


def _values(found: Pick, row: int) -> None:
    """Draw the pick's values beside yours and the best of each."""
    import pandas as pd

    among = found.among
    lines = {}
    for place, one in enumerate(among.objectives):
        best = int(found.best[place])
        shown = [row, *([] if among.now is None else [among.now]), best]
        cells = [with_range(one, among.intervals[at, place].tolist()) for at in shown]
        values = [float(among.means[REPORT, at, place]) for at in (row, best)]
        lines[one.title] = [*cells, behind(one, *values)]
    now = [] if among.now is None else [say("your setting")]
    columns = [say("the pick"), *now, _of(among, BEST), say("behind the best")]
    shown = pd.DataFrame.from_dict(lines, orient="index", columns=columns)
    st.table(shown.rename_axis(say("objective")))


def _utilities(found: Pick, row: int) -> None:
    """Draw the mean utility of each group at the pick and at your setting."""
    import pandas as pd

    among = found.among
    columns = {say("the pick"): row}
    if among.now is not None:
        columns[say("your setting")] = among.now
    cells = {
        title: [utility_text(one) for one in utility_intervals(found, at)]
        for title, at in columns.items()
    }
    st.markdown(say("**Mean utility of a person by group, with 95 % intervals**"))
    st.table(pd.DataFrame(cells, index=list(among.groups)).rename_axis(say("group")))
    if told := decider(found):
        st.markdown(told)
    st.markdown(say("**The same settings in each view**"))
    picks = {PATTERNS[name].title: [_named(by_view(found, name))] for name in PATTERNS}
    shown = pd.DataFrame.from_dict(picks, orient="index", columns=[say("picks")])
    st.table(shown.rename_axis(say("view")))


def _named(found: Pick) -> str:
    return say("none") if found.row is None else describe(found.among.settings[found.row])


def _steps(found: Pick) -> None:
    """Draw steps from the setting: one objective gets better, another one may get worse.

    Where accuracy counts, it is one of the two.
    """
    among = found.among
    st.markdown(say("**One step from your setting**"))
    if among.now is None:
        st.caption(say("The models for your setting are not trained yet."))
        return
    own, known = among.places([ACCURACY.name])[0], known_here(among, found.counted)
    if len(known) < 2:
        st.caption(
            say(
                "Too few of the objectives that count are measurable at your setting to step from "
                "it."
            )
        )
        return
    drawn = [
        _step(found, known, *one)
        for one in permutations(known, 2)
        if own in one or own not in known
    ]
    if not any(drawn):
        st.caption(_of(among, NO_STEP))
    with st.expander(say("Improve, keep or relax each objective yourself")):
        _classify(found, known)


def _step(found: Pick, known: Sequence[int], place: int, falls: int) -> bool:
    """Draw a step with where it leads; return whether there is one."""
    among = found.among
    better, other = among.objectives[place], among.objectives[falls]
    there = step(among, known, {place: halfway(among, place), falls: Classified(to="free")})
    if there is None:
        return False
    left, right = st.columns([2, 3], vertical_alignment="center")
    with left:
        words = step_title(among, there, place, falls)
        _go(among, there, words, f"wish-step-{better.name}-{other.name}")
    with right:
        st.caption(step_text(among, there, (place, falls)))
    return True


def _classify(found: Pick, known: Sequence[int]) -> None:
    """Draw a class for each objective that counts and is known here, and where that leads."""
    among = found.among
    wanted: dict[int, Classified] = {}
    for place in known:
        one = among.objectives[place]
        left, right = st.columns(2)
        with left:
            to = st.selectbox(
                say("{objective} may", objective=one.title),
                CLASSES,
                index=CLASSES.index("keep"),
                format_func=lambda name: translate(CLASS_WORDS[name]),
                key=f"wish-class-{one.name}",
            )
        wanted[place] = Classified(to=to)
        if to.endswith("until"):
            with right:
                key = f"wish-until-{one.name}"
                kept = f"{key}-kept"
                number_input(
                    one,
                    side(one),
                    st.session_state.get(kept),
                    key,
                    lambda value, kept=kept: st.session_state.__setitem__(kept, value),
                )
            value = st.session_state.get(kept)
            until = float("nan") if value is None else float(scale_costs(one, value))
            wanted[place] = Classified(to=to, until=until)
    _classified(among, known, wanted)


def _classified(
    among: Alternatives, known: Sequence[int], wanted: Mapping[int, Classified]
) -> None:
    try:
        there = step(among, known, wanted)
    except InvalidInput as refusal:
        st.caption(sentence(refusal))
        return
    if there is None:
        st.caption(_of(among, NO_CLASSIFIED))
        return
    st.caption(step_text(among, there, known))
    _go(among, there, say("Go there"), "wish-step")


def _go(among: Alternatives, row: int, title: str, key: str) -> None:
    """Draw a button that moves the sliders to a setting."""
    values = {**st.session_state["setting"], **texts(among.settings[row])}
    if st.button(title, key=key, on_click=go, args=(values,)):
        st.rerun()  # the controls are outside of this fragment


def _of(among: Alternatives, words: Mapping[bool, str]) -> str:
    """Return what is told of as many settings as are on screen."""
    count = len(among.settings)
    return say(words[count == 1], n=count)


def _bullets(told: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {text}" for text in told))
