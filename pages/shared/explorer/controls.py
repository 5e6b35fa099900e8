"""The controls of the Explorer: the fields of its level, by the three axes of the paper."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.shared.explorer.hidden_columns import hide_columns
from pages.shared.explorer.shift_list import several
from pages.shared.settings.address import put
from pages.shared.settings.fields import FIELDS, HIDE, LISTS, options, words
from tradeoffs.data.catalogue import dataset
from tradeoffs.experiments.designs import row_choices
from tradeoffs.field import LEVELS, Axis, Field
from tradeoffs.fields import BASELINE
from tradeoffs.fields import FIELDS as DECLARED
from tradeoffs.language.translation import mark, say
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.report.deployment import describe_change
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.hidden_columns import hidden_in_words
from tradeoffs.report.options import SEVERAL, Values, applies, ends, entry, label
from tradeoffs.report.text import capital, quantity
from tradeoffs.report.titles import attribute, whom
from tradeoffs.report.titles import label as predicted
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.privacy.interpretation import guess

AXES_OF_THE_PAPER: dict[Axis, str] = {
    "Data": mark("Data"),
    "Resources": mark("Resources"),
    "Values": mark("Values"),
    "Lab": mark("Lab"),
}


def controls(values: Values, here: Scenario) -> None:
    """Draw the controls of the level; moving one runs the script again."""
    fields = [DECLARED[name] for name in FIELDS if _seen(DECLARED[name], values)]
    if values["level"] == "story":
        for field in fields:
            _control(field, values, here)
    else:
        _axes_of_the_paper(fields, values, here)


def levels(values: Values) -> None:
    """Draw the choice of how much is shown."""
    field = DECLARED["level"]
    put(field.name, values[field.name])
    st.segmented_control(
        field.title,
        options(field.name),
        format_func=lambda option: words(field.name, option, values),
        required=True,
        key=field.name,
        label_visibility="collapsed",
    )


def _seen(field: Field, values: Values) -> bool:
    """Return whether a field has a control at this level, or is set all the same."""
    level = LEVELS.index(values["level"])
    if not applies(field.name, values):
        return False
    stated = field.name in LISTS and level and values[field.name]
    return bool(stated) or LEVELS.index(field.level) <= level


def _axes_of_the_paper(fields: Sequence[Field], values: Values, here: Scenario) -> None:
    for field in LISTS:  # of no widget's own
        put(field, values[field])
    for axis in AXES_OF_THE_PAPER:
        own = [field for field in fields if field.axis == axis]
        listed = [field for field in own if axis == "Data" and _is_list(field)]
        if own:
            st.markdown(f"**{say(AXES_OF_THE_PAPER[axis])}**")
        if listed:
            told = predicted(here).title
            title = say("{label}, by {attribute}", label=capital(told), attribute=attribute(here))
            with st.expander(title, key="data"):
                st.caption(question(here))
                for field in listed:
                    _select(field, values)
                hide_columns(values)
                st.caption(hidden_in_words(here))
        for field in own:
            if field not in listed and field.name != HIDE:
                _control(field, values, here)


def _is_list(field: Field) -> bool:
    return not field.ends and field.name not in LISTS and not isinstance(field.values, range)


def _control(field: Field, values: Values, here: Scenario) -> None:
    """Draw the control that a field needs, and below it what its value means."""
    if field.name in SEVERAL:
        several(field.name, values)
    elif field.ends:
        _slider(field, values)
    elif isinstance(field.values, range):
        _number(field, values)
    else:
        _select(field, values)
    if meaning := _meaning(field, here):
        st.caption(meaning)


def chosen_axes(values: Values) -> tuple[str, str]:
    """Return objective names (x, y), which differ."""
    x, y = values["x"], values["y"]
    return x, y if x != y else next(name for name in options("y", values) if name != x)


def axes(values: Values) -> None:
    """Draw the two axis choices."""
    left, right = st.columns(2)
    with left:
        _select(DECLARED["x"], values)
    with right:
        _select(DECLARED["y"], values)
    x, y = chosen_axes(values)
    if values["x"] == values["y"]:
        same, other = (words("x", name, values) for name in (x, y))
        st.info(
            say("Both axes show {same}; {other} is drawn upwards instead.", same=same, other=other)
        )


def _slider(field: Field, values: Values) -> None:
    """Draw a slider, unless there is nothing to choose."""
    name = field.name
    choices = options(name, values)
    if len(choices) < 2:
        return
    left, right = ends(name, values)
    put(name, values[name])
    st.select_slider(
        label(name, values),
        options=choices,
        format_func=lambda option: words(name, option, values),
        key=name,
        help=say("{help} Left: {left}. Right: {right}.", help=field.help, left=left, right=right),
    )
    st.html(f'<div class="ends"><span>← {left}</span><span>{right} →</span></div>')


def _select(field: Field, values: Values) -> None:
    """Draw a select box, unless there is nothing to choose."""
    name = field.name
    choices = options(name, values)
    if len(choices) < 2:
        return
    put(name, values[name])
    listed = entry(name, values[name])
    st.selectbox(
        label(name, values),
        choices,
        format_func=lambda option: words(name, option, values),
        key=name,
        help=f"{field.help}\n\n{listed.help}" if listed else field.help,
    )


def _number(field: Field, values: Values) -> None:
    put(field.name, values[field.name])
    st.number_input(
        field.title,
        min_value=field.values[0],
        max_value=field.values[-1],
        key=field.name,
        help=field.help,
    )


def _meaning(field: Field, here: Scenario) -> str:
    """Return what a field's value means, in words."""
    if field.name in MEANINGS:
        return MEANINGS[field.name](here)
    if not field.caption:
        return ""
    value = getattr(here, field.name)
    return field.captions.get(value) or field.caption.format(quantity(field, value))


def _change(here: Scenario) -> str:
    told = DECLARED["strength"].caption.format(quantity(DECLARED["strength"], here.strength))
    return f"{told} {STAGES[here.stage].at_any_strength}".strip()


def _town(here: Scenario) -> str:
    if here.rows == row_choices(here.dataset, here.label)[-1]:
        return say(
            "All {rows:,} people of the training file: seeds differ in noise.", rows=here.rows
        )
    return say("A town of {rows:,}: each seed draws its own people.", rows=here.rows)


def _moved(here: Scenario) -> str:
    if not here.deployment_shifts:
        return say("Deployed on people like those in the data.")
    met = here.but(shift_intensity=0.0, other_shifts=())
    return describe_change(evaluation_people(met), evaluation_people(here), here.protected)


def _remedy(here: Scenario) -> str:
    chosen = STAGES[here.stage]
    if chosen.name == BASELINE["stage"]:
        return ""
    return say(
        "{help} At decision time it needs {needed}.", help=chosen.help, needed=chosen.at_decision
    )


def _bound(here: Scenario) -> str:
    chosen = NOTIONS[here.notion]
    if not chosen.can_be_bounded:
        return say(
            "{axis}, {whom}: measured, but cannot be bounded here.",
            axis=chosen.axis,
            whom=whom(here),
        )
    if here.max_gap is None:
        return say("{axis}: no limit, {whom}.", axis=chosen.axis, whom=whom(here))
    return say(
        "{axis}: at most {bound}, {whom}.",
        axis=chosen.axis,
        bound=quantity(DECLARED["max_gap"], here.max_gap),
        whom=whom(here),
    )


def _promise(here: Scenario) -> str:
    if here.epsilon is None:
        return say("No privacy: no clipping, no noise, no promise.")
    if here.mechanism == "clip_only":
        return say(
            "Clipping only: gradients are clipped as for this budget, but no noise is "
            "added: no promise."
        )
    return say(
        "An attacker who guesses whether your record was used is right {often} (a coin flip: 50).",
        often=guess(here.epsilon),
    )


def question(here: Scenario) -> str:
    """Return what each model answers about whom."""
    return say(
        "{question} Each model predicts the answer. {table}.",
        question=predicted(here).question,
        table=dataset(here.dataset).title,
    )


MEANINGS: dict[str, Callable[[Scenario], str]] = {  # worked out; the others are declared
    "epsilon": _promise,
    "max_gap": _bound,
    "rows": _town,
    "shift_intensity": _moved,
    "stage": _remedy,
    "strength": _change,
}
