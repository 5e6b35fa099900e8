"""The choices of the page about shifts: table, whom the shifts change, shifts and intensities."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.explorer.shift_list import one_each
from pages.shared.kit import language
from pages.shared.settings.visitor_table import cautions, named, own_name, tables
from pages.shared.settings.wording import changes, rephrase
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.shifts.catalogue import SHIFTS, shift, title_of
from tradeoffs.data.shifts.compose import DEPLOYMENT, TRAINING, AppliedShift, Side
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.plan import available_shifts, reported_attributes
from tradeoffs.experiments.shift_sweeps import FIELDS, side, stated_shifts
from tradeoffs.fields import FIELDS as DECLARED
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.report.options import texts
from tradeoffs.report.text import percent
from tradeoffs.report.titles import attribute
from tradeoffs.scenario import Scenario

LAST = "last shifts"  # of the session: name -> intensity
LEFT = "shifts left"  # in the session: the setting when the page was left
TABLE = "table of shifts"  # the first control: without its state the page was just opened
STEPS = (0.25, 0.5, 0.75, 1.0)
SIDES: dict[Side, tuple[str, str]] = {
    DEPLOYMENT: ("In use", "The model learns from the table, and then decides about other people."),
    TRAINING: ("In training", "The model learns from other people, and then decides about these."),
}
FIRST: dict[Side, str] = {DEPLOYMENT: "demographic", TRAINING: "opt_out"}  # where none is picked


def choices(people: DeltaGenerator, table: DeltaGenerator) -> Scenario:
    """Draw the choices and return the setting; they begin as the page was linked or left.

    Args:
        people: where stands how people differ.
        table: where stands of which table they are.
    """
    linked = _begun()
    with table:
        base = _data(linked)
    with people:
        where = _where(linked)
        chosen = _shifts(base, where, st.session_state[LAST])
    st.session_state[LAST] = dict(chosen)
    here = st.session_state[LEFT] = base.but(**{FIELDS[where]: chosen})
    st.query_params.from_dict(language.kept(here.to_query()))
    with table:
        _sources([name for name, _ in chosen], where)
        st.page_link("app.py", label=say("To the Explorer"), query_params=language.kept())
    return here


def _where(linked: Scenario) -> Side:
    """Draw whom the shifts change."""
    picked = st.segmented_control(
        say("Where do people differ?"),
        list(SIDES),
        default=side(linked),
        format_func=lambda one: translate(SIDES[one][0]),
        required=True,
        key="side",
    )
    where: Side = TRAINING if picked == TRAINING else DEPLOYMENT
    st.caption(translate(SIDES[where][1]))
    return where


def _data(linked: Scenario) -> Scenario:
    """Draw table, label and groups; return the setting without shifts."""
    names = tables()
    name = st.selectbox(
        DECLARED["dataset"].title,
        names,
        index=_place(names, linked.dataset),
        format_func=lambda n: dataset(n).title,
        key=TABLE,
    )
    entry = dataset(name := named(name))
    for caution in cautions(name):
        st.caption(rephrase(caution))
    label = st.selectbox(
        DECLARED["label"].title,
        entry.labels,
        index=_place(entry.labels, linked.label),
        format_func=lambda one: entry.label(one).title,
        key=f"label of {name}",
    )
    groups = reported_attributes(entry)
    protected = st.selectbox(
        DECLARED["protected"].title,
        groups,
        index=_place(groups, linked.protected),
        format_func=lambda one: attribute(Scenario(dataset=name), one),
        key=f"groups of {name}",
    )
    rows = min(Scenario().rows, entry.label(label).train_rows)
    return Scenario().but(dataset=name, label=label, protected=protected, rows=rows)


def _shifts(base: Scenario, where: Side, linked: dict[str, float]) -> list[AppliedShift]:
    """Draw the shifts on offer and an intensity for each picked one."""
    names = available_shifts(base.dataset, base.label, base.protected, where)
    first = [one for one in names if one.partition(".")[0] == FIRST[where]]
    picked = st.multiselect(
        say("Shifts"),
        names,
        default=[one for one in linked if one in names] or first[:1],
        format_func=title_of,
        placeholder=say("Choose options"),
        key=f"shifts of {base.dataset} {base.label} {base.protected} at {where}",
        help=say("Several shifts are applied in causal order: selection first, measurement last."),
    )
    if left := [one for one in linked if one not in names]:
        st.caption(say("Not available here, so left out: {shifts}.", shifts=_listed(left)))
    chosen: list[AppliedShift] = []
    kept, twice = one_each(picked)
    if twice:
        st.caption(
            say(
                "One shift can have only one target at a time. Left out: {shifts}.",
                shifts=_listed(twice),
            )
        )
    for one in kept:
        chosen.append((one, _intensity(one, linked.get(one, 0.5))))
        st.caption(
            say("{help} Stays: {invariant}.", help=shift(one).help, invariant=shift(one).invariant)
        )
    return chosen


def _listed(names: list[str]) -> str:
    return ", ".join(map(title_of, names))


def _intensity(name: str, value: float) -> float:
    return st.select_slider(
        say("Intensity of {shift}", shift=title_of(name)),
        STEPS,
        value=value if value in STEPS else 0.5,
        format_func=lambda t: percent(t, 0),
        key=f"intensity of {name}",
    )


def _sources(picked: list[str], where: Side) -> None:
    with st.expander(say("Sources and limits")):
        for one in dict.fromkeys(shift(name) for name in picked or SHIFTS):
            st.markdown(f"**{one.title}** ({one.family}). {one.limits} *{one.source}.*")
        if where == TRAINING:
            for one in SHIFTS.values():
                if one.private_reason and one.trained:
                    st.caption(
                        say(
                            "{shift}: not with privacy, because {reason}.",
                            shift=one.title,
                            reason=one.private_reason,
                        )
                    )


def _place(names: tuple[str, ...], value: str) -> int:
    return names.index(value) if value in names else 0


def _begun() -> Scenario:
    """Return the setting that the page was opened with, with shifts on one side only."""
    if TABLE not in st.session_state:
        query = {k: v for k, v in st.query_params.to_dict().items() if k in Scenario.model_fields}
        begun = _followed(query) if query else st.session_state.get(LEFT, _first())
        st.session_state["opened"] = begun
        st.session_state[LAST] = dict(stated_shifts(begun))
    return st.session_state["opened"]


def _first() -> Scenario:
    """Return the default: this session's own table if it has one."""
    name = own_name() or Scenario().dataset
    return Scenario.of(dataset=name, other_shifts=f"{FIRST[DEPLOYMENT]}:1")


def _followed(query: dict[str, str]) -> Scenario:
    """Return the setting of a link, or the default where it cannot be used, which is told."""
    try:
        return _one_side(query)
    except InvalidInput as error:
        st.warning(say("In the link, {error}. The default is used instead.", error=str(error)))
        return _first()


def _one_side(query: dict[str, str]) -> Scenario:
    """Return the setting of a link, telling what of it is not used here."""
    asked = Scenario.from_query(query)
    asked = asked.but(dataset=named(asked.dataset))
    asked = asked.but(other_shifts=asked.deployment_shifts, shift_intensity=0)
    found, resets = adapt(asked)
    names = [reset.field for reset in resets]
    told = [changes(names, texts(asked), texts(found))] if resets else []
    if found.other_shifts and found.training_shifts:
        told.append(
            say(
                "{left} are left out: this page changes one side at a time",
                left=DECLARED["training_shifts"].lower,
            )
        )
        found = found.but(training_shifts=())
    if told:
        st.warning(say("Changed from the link: {changes}.", changes=semicolon_text(told)))
    return found


def order(shifts: tuple[AppliedShift, ...]) -> str:
    """Return the order in which shifts are composed, in words."""
    parts = [f"{title_of(name)} ({percent(t, 0)})" for name, t in shifts]
    return say("In this order: **{shifts}**", shifts=" → ".join(parts))
