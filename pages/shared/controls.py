"""The controls: every field of the scenario that the screen offers, bound to the URL."""

import math
from collections.abc import Mapping

import streamlit as st

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.shifts.demographic import STRENGTH
from tradeoffs.errors import InvalidInput
from tradeoffs.figures.words import number
from tradeoffs.fronts import OBJECTIVES
from tradeoffs.pipeline.resolve import resolve
from tradeoffs.pipeline.sections import SLIDERS, rows_on_offer
from tradeoffs.scenario import Scenario, as_text
from tradeoffs.values.privacy.words import guess

AXES = tuple(OBJECTIVES)
DEFAULTS = {name: as_text(getattr(Scenario(), name)) for name in SLIDERS} | {
    "rows": str(Scenario().rows),
    "x": "fairness",
    "y": "accuracy",
}
LABELS = {  # title, what its left end means, what its right end means
    "epsilon": ("Privacy budget ε", "more private", "more accurate"),
    "max_gap": ("Largest allowed gap", "groups alike", "no constraint"),
    "width": ("Model size, hidden units", "logistic regression", "larger network"),
    "rows": ("People in training", "a small town", "everybody in the data"),
    "shift_intensity": ("Shift intensity", "the same people", "other people"),
}
FAMILIES = (
    ("Values", ("epsilon", "max_gap")),
    ("Resources", ("width", "rows")),
    ("Data", ("shift_intensity",)),
)


def options(field: str) -> tuple[str, ...]:
    """Return the choices of a control, as they stand in the URL."""
    if field in ("x", "y"):
        return AXES
    if field == "rows":
        return tuple(map(str, rows_on_offer(Scenario().dataset)))
    return tuple(_plain(value) for value in SLIDERS[field])


def _plain(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"


def default(field: str) -> str:
    """Return the choice that stands for the default scenario."""
    value = DEFAULTS[field]
    return next(o for o in options(field) if o == value or _same_number(o, value))


def _same_number(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def refused(query: Mapping[str, str]) -> list[str]:
    """Return a message for each URL parameter that cannot be used, with name, value and bound."""
    messages = []
    for name, value in query.items():
        if name == "seed":
            if not (value.isascii() and value.isdigit() and int(value) <= LARGEST_SEED):
                messages.append(f"seed={value!r} must be a whole number from 0 to {LARGEST_SEED}")
        elif name not in (*DEFAULTS, "version"):
            known = ", ".join((*DEFAULTS, "seed"))
            messages.append(f"{name!r} is not a setting; known: {known}")
        elif name in DEFAULTS and value not in options(name):
            messages.append(
                f"{name}={value!r} is not offered; use one of: {', '.join(options(name))}"
            )
    return messages


LARGEST_SEED = 9_999


def controls() -> Scenario:
    """Draw the sliders and return the scenario they stand for."""
    chosen: dict[str, object] = {}
    with st.container(key="controls"):
        for family, fields in FAMILIES:
            st.markdown(f"**{family}**")
            for field in fields:
                chosen[field] = _slider(field)
        with st.expander("Seed"):
            chosen["seed"] = st.number_input(
                "Seed of sampling, batches and noise",
                min_value=0,
                max_value=LARGEST_SEED,
                value=0,
                key="seed",
                bind="query-params",
                help="Results follow from the settings and this number alone.",
            )
    scenario = Scenario.of(**chosen)
    resolve(scenario)
    return scenario


def _slider(field: str) -> str:
    title, left, right = LABELS[field]
    value = st.select_slider(
        title,
        options=options(field),
        value=default(field),
        key=field,
        bind="query-params",
        help=f"Left: {left}. Right: {right}.",
    )
    st.html(f'<div class="ends"><span>← {left}</span><span>{right} →</span></div>')
    st.caption(_meaning(field, value))
    return value


def _meaning(field: str, value: str) -> str:
    """Return what a slider's value means, in words."""
    if field == "epsilon":
        if value == "none":
            return "No privacy: no clipping, no noise, no promise."
        return f"A coin-flip guess about one person's presence: right {guess(float(value))}."
    if field == "max_gap":
        if value == "none":
            return "No constraint on how often women and men are selected."
        return f"Women and men selected at rates at most {number(100 * float(value))} points apart."
    if field == "width":
        units = int(value)
        return f"One hidden layer of {units}." if units else "One weight for each answer."
    if field == "rows":
        if value == options("rows")[-1]:
            return f"All {int(value):,} people of the training file: seeds differ in noise."
        return f"A town of {int(value):,}: each seed draws its own people."
    share = float(value)
    if not share:
        return "Used where people are as in training."
    stay = 100 * math.exp(-STRENGTH * share)
    return f"Of 100 people of the largest group (men) {stay:.0f} stay; everybody else does."


def axes() -> tuple[str, str]:
    """Draw the two axis choices and return objective names (x, y), which differ."""
    left, right = st.columns(2)
    with left:
        x = _axis("x", "To the right")
    with right:
        y = _axis("y", "Upwards")
    if x == y:
        other = next(name for name in AXES if name != x)
        st.info(f"Both axes show {x}; {other} is drawn upwards instead.")
        y = other
    return x, y


def _axis(key: str, label: str) -> str:
    return st.selectbox(
        label,
        AXES,
        index=AXES.index(default(key)),
        key=key,
        bind="query-params",
    )


def data_note() -> str:
    """Return what the data are and what to mind about them."""
    entry = dataset(Scenario().dataset)
    return entry.help


def checked(read) -> Scenario | None:
    """Return what `read` returns, or show why its settings cannot be used."""
    try:
        return read()
    except InvalidInput as error:
        st.error(str(error))
        return None
