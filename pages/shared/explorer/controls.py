"""The controls: every field of the scenario that the screen offers, by the paper's axes."""

import streamlit as st

from pages.shared.explorer.shift_list import several
from pages.shared.settings.address import put
from pages.shared.settings.fields import (
    LARGEST_SEED,
    SEVERAL,
    TITLES,
    Values,
    options,
    title,
    words,
)
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.shifts.catalogue import shift
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.fronts import AXES
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.report.deployment import moved_people
from tradeoffs.report.test_people import crowd
from tradeoffs.report.text import number
from tradeoffs.report.titles import attribute, label, whom
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.privacy.interpretation import guess

ENDS = {  # what the left end of a slider means, and the right one
    "epsilon": ("more private", "more accurate"),
    "max_gap": ("groups alike", "no limit"),
    "width": ("logistic regression", "larger network"),
    "rows": ("a small town", "everybody in the data"),
    "strength": ("data as they are", "changed as far as it goes"),
    "shift_intensity": ("the same people", "other people"),
}
HELPS = {  # field -> what finds the entry of an option
    "shift": shift,
    "clipping": CLIPPINGS.get,
    "stage": STAGES.get,
    "notion": NOTIONS.get,
    "x": AXES.get,
    "y": AXES.get,
}


def controls(values: Values, here: Scenario) -> None:
    """Draw the controls of the level; moving one runs the script again."""
    if values["level"] == "story":
        _slider("epsilon", values, here)
    else:
        _axes_of_the_paper(values, here)
    _choice("level", values)


def _axes_of_the_paper(values: Values, here: Scenario) -> None:
    st.markdown("**Data**")
    with st.expander(f"{_capital(label(here).title)}, by {attribute(here)}", key="data"):
        st.caption(question(here))
        for field in ("dataset", "label", "protected", "shift"):
            _select(field, values)
    _slider("shift_intensity", values, here)
    for field in SEVERAL:
        put(field, values[field])
        if values["level"] == "lab" or values[field]:
            several(field, values)
    st.markdown("**Resources**")
    _slider("width", values, here)
    _slider("rows", values, here)
    st.markdown("**Values**")
    _slider("epsilon", values, here)
    _select("notion", values)
    _slider("max_gap", values, here)
    _stage(values, here)
    if values["level"] == "lab":
        st.markdown("**Lab**")
        _select("mechanism", values)
        _select("clipping", values)
        _seed(values)


def _stage(values: Values, here: Scenario) -> None:
    _select("stage", values)
    chosen = STAGES[values["stage"]]
    if chosen.has_strength:
        _slider("strength", values, here)
    if chosen.when != "in":
        st.caption(f"{chosen.help} When it decides, it needs {chosen.at_decision}.")


def chosen_axes(values: Values) -> tuple[str, str]:
    """Return objective names (x, y), which differ."""
    x, y = values["x"], values["y"]
    return x, y if x != y else next(name for name in options("y", values) if name != x)


def axes(values: Values) -> None:
    """Draw the two axis choices."""
    left, right = st.columns(2)
    with left:
        _select("x", values)
    with right:
        _select("y", values)
    x, y = chosen_axes(values)
    if values["x"] == values["y"]:
        told = (words("x", name, values) for name in (x, y))
        st.info("Both axes show {}; {} is drawn upwards instead.".format(*told))


def _slider(field: str, values: Values, here: Scenario) -> None:
    left, right = ENDS[field]
    if field == "max_gap" and NOTIONS[here.notion].called != "gap":
        left = "few errors"
    choices = options(field, values)
    if len(choices) < 2:
        st.caption(_meaning(field, values, here))
        return
    put(field, values[field])
    st.select_slider(
        title(field, values),
        options=choices,
        format_func=lambda option: words(field, option, values),
        key=field,
        help=f"Left: {left}. Right: {right}.",
    )
    st.html(f'<div class="ends"><span>← {left}</span><span>{right} →</span></div>')
    st.caption(_meaning(field, values, here))


def _select(field: str, values: Values) -> None:
    """Draw a select box, unless there is nothing to choose."""
    choices = options(field, values)
    if len(choices) < 2:
        return
    put(field, values[field])
    told = HELPS.get(field)
    st.selectbox(
        TITLES[field],
        choices,
        format_func=lambda option: words(field, option, values),
        key=field,
        help=told(values[field]).help if told else None,
    )


def _choice(field: str, values: Values) -> None:
    put(field, values[field])
    st.segmented_control(
        TITLES[field],
        options(field),
        format_func=lambda option: words(field, option, values),
        required=True,
        key=field,
        label_visibility="collapsed",
    )


def _seed(values: Values) -> None:
    put("seed", values["seed"])
    st.number_input(
        TITLES["seed"],
        min_value=0,
        max_value=LARGEST_SEED,
        key="seed",
        help=f"Results follow from the settings and this number alone. Each number has {SEEDS} "
        f"trainings of its own, with seeds from {SEEDS} times the number on.",
    )


def _meaning(field: str, values: Values, here: Scenario) -> str:
    """Return what a slider's value means, in words."""
    value = values[field]
    if field == "epsilon":
        return _promise(here)
    if field == "max_gap":
        return _bound(here)
    if field == "strength":
        return f"{number(100 * here.strength)} % of the change is made to the data."
    if field == "width":
        units = int(value)
        return f"One hidden layer of {units}." if units else "One weight for each answer."
    if field == "rows":
        if value == options("rows", values)[-1]:
            return f"All {int(value):,} people of the training file: seeds differ in noise."
        return f"A town of {int(value):,}: each seed draws its own people."
    if not here.deployment_shifts:
        return "Used where people are as in the data."
    met = here.but(shift_intensity=0.0, other_shifts=())
    return moved_people(crowd(met), crowd(here), here.protected)


def _bound(here: Scenario) -> str:
    chosen = NOTIONS[here.notion]
    if not chosen.can_be_bounded:
        return f"{chosen.axis}, {whom(here)}: it is measured and cannot be bounded here."
    if here.max_gap is None:
        return f"{chosen.axis}: no limit, {whom(here)}."
    return f"{chosen.axis}: at most {number(100 * here.max_gap)} %, {whom(here)}."


def _promise(here: Scenario) -> str:
    if here.epsilon is None:
        return "No privacy: no clipping, no noise, no promise."
    if here.mechanism == "clip_only":
        return "Clipping only: steps are cut as for this budget, no noise is added, no promise."
    return f"A coin-flip guess about one person's presence: right {guess(here.epsilon)}."


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def question(here: Scenario) -> str:
    """Return what each model answers about whom."""
    return f"{label(here).question} Each model guesses. {dataset(here.dataset).title}."
