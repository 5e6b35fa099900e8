"""Options: what each field offers, given the fields before it, and how an option is told.

An option is a value as the address writes it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tradeoffs.data.cases import load_cases
from tradeoffs.data.catalogue import available_datasets, dataset
from tradeoffs.data.shifts.catalogue import shift, split_option, title_of
from tradeoffs.data.shifts.compose import DEPLOYMENT, TRAINING, Side
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.experiments.designs import row_choices, slider_values
from tradeoffs.experiments.plan import available_shifts, reported_attributes
from tradeoffs.fields import FIELDS
from tradeoffs.fronts import AXES
from tradeoffs.language.translates import original
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.report.text import quantity, shifts_in_words
from tradeoffs.report.titles import attribute
from tradeoffs.scenario import Scenario, as_text
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS

Values = Mapping[str, str]  # field -> option

CATALOGUES: dict[str, Mapping[str, Any]] = {
    "stage": STAGES,
    "clipping": CLIPPINGS,
    "notion": NOTIONS,
    "x": AXES,
    "y": AXES,
}
SEVERAL: dict[str, Side] = {"other_shifts": DEPLOYMENT, "training_shifts": TRAINING}


def options(name: str, at: Values) -> tuple[str, ...]:
    """Return the choices of a field, given the fields before it; those not given are the default.

    There are none for a number that is typed, and for several shifts, a text.
    """
    if name in _DEPENDENT:
        return _DEPENDENT[name](at)
    if name in CATALOGUES:
        return tuple(CATALOGUES[name])
    values = FIELDS[name].values
    if not applies(name, at):
        return (option(FIELDS[name].default),)
    return () if isinstance(values, range) else tuple(map(option, values))


def applies(name: str, at: Values) -> bool:
    """Return whether a field means something: some do so at some stages alone."""
    return not FIELDS[name].of_stage or name in STAGES[chosen("stage", at)].fields


def chosen(name: str, at: Values) -> str:
    """Return what a field is, or its default where it is not given."""
    return at[name] if name in at else default(name, options(name, at))


def default(name: str, choices: tuple[str, ...]) -> str:
    """Return the choice where none is made: the scenario's default, if it is among the choices."""
    value = option(FIELDS[name].default)
    if not choices or value in choices:
        return value
    return choices[-1] if FIELDS[name].ends else choices[0]


def entry(name: str, one: str) -> Any | None:
    """Return the catalogue entry of an option; None where the field has no catalogue."""
    if name == "shift":
        return shift(one)
    return CATALOGUES[name].get(one) if name in CATALOGUES else None


def label(name: str, at: Values) -> str:
    """Return the label of a field's control: what is bounded depends on the meaning of fair."""
    return FIELDS[name].label.format(called=NOTIONS[chosen("notion", at)].gap_title)


def ends(name: str, at: Values) -> tuple[str, str]:
    """Return what the ends of a slider mean; the left one of a bound depends on what is bounded."""
    left, right = FIELDS[name].ends or ("", "")
    notion = NOTIONS[chosen("notion", at)]
    errors = name == "max_gap" and original(notion, "gap_title") != "gap"
    return say("few errors") if errors else left, right


def words(name: str, one: str, at: Values) -> str:
    """Return an option in words, given the fields before it."""
    if name in _WORDS:
        return _WORDS[name](one, at)
    if name in CATALOGUES:
        return CATALOGUES[name][one].title
    field = FIELDS[name]
    if isinstance(field.default, str) or isinstance(field.values, range):
        return field.words.get(one, one)
    value = None if one == "none" else float(one)
    return field.words.get(value) or quantity(field, value or 0)


def shifts_of(name: str, text: str) -> dict[str, float]:
    """Return several shifts with their intensities; InvalidInput if the text does not say them."""
    return dict(getattr(Scenario.of(**{name: text}), name))


def shifts_on_offer(name: str, at: Values) -> tuple[str, ...]:
    """Return the shifts that can be stated beside the first, given the fields before it."""
    names = available_shifts(at["dataset"], at["label"], at["protected"], SEVERAL[name])
    taken = split_option(at["shift"])[0] if name == "other_shifts" else ""
    return tuple(one for one in names if split_option(one)[0] != taken)


def columns_on_offer(at: Values) -> dict[str, str]:
    """Return the columns that a model can see, given the fields before: name -> title."""
    book = dataset(chosen("dataset", at)).codebook
    seen = book.features_for(book.label(chosen("label", at)))
    return {one.name: one.title for one in seen}


def texts(here: Scenario) -> dict[str, str]:
    """Return every field of a scenario as an option."""
    return {name: option(value) for name, value in here.model_dump().items()}


def field_changes(setting: Scenario, here: Scenario) -> dict[str, str]:
    """Return the fields in which a setting differs from another, as options of the former.

    Seeds are no part of a setting; without privacy mechanism and clipping are no choice.
    """
    own, other = texts(setting), texts(here)
    no_choice = ("seed", *(("mechanism", "clipping") if setting.mechanism == "none" else ()))
    return {name: one for name, one in own.items() if one != other[name] and name not in no_choice}


def option(value: object) -> str:
    """Return a value as the address writes it, whole numbers without a point."""
    return f"{value:g}" if isinstance(value, float | int) else as_text(value)


def _shifts(at: Values) -> tuple[str, ...]:
    where = (chosen(name, at) for name in ("dataset", "label", "protected"))
    return available_shifts(*where, DEPLOYMENT)


def _bounds(at: Values) -> tuple[str, ...]:
    return tuple(map(option, slider_values("max_gap", Scenario(notion=chosen("notion", at)))))


def _measures(at: Values) -> tuple[str, ...]:
    able = bool(load_cases(chosen("dataset", at)).actions)  # else nobody can change anything
    return tuple(name for name in AXES if able or not name.startswith("recourse"))


def _several(name: str) -> Callable[[str, Values], str]:
    return lambda one, at: (
        ", ".join(shifts_in_words(shifts_of(name, one).items())) or translate("none", "of shifts")
    )


def _columns(text: str, at: Values) -> str:
    titles = columns_on_offer(at)
    return ", ".join(titles.get(name, name) for name in text.split("+") if name) or translate(
        "none", "of columns"
    )


_DEPENDENT: dict[str, Callable[[Values], tuple[str, ...]]] = {
    "dataset": lambda at: tuple(one.name for one in available_datasets()),
    "label": lambda at: dataset(chosen("dataset", at)).labels,
    "protected": lambda at: reported_attributes(dataset(chosen("dataset", at))),
    "shift": _shifts,
    "rows": lambda at: tuple(map(str, row_choices(chosen("dataset", at), chosen("label", at)))),
    "max_gap": _bounds,
    "place": lambda at: ("none", *JURISDICTIONS),
    "x": _measures,
    "y": _measures,
}
_WORDS: dict[str, Callable[[str, Values], str]] = {
    "dataset": lambda one, at: dataset(one).title,
    "label": lambda one, at: dataset(at["dataset"]).label(one).title,
    "protected": lambda one, at: attribute(Scenario(dataset=at["dataset"]), one),
    "shift": lambda one, at: title_of(one),
    "hide": _columns,
    "place": lambda one, at: JURISDICTIONS[one].title if one in JURISDICTIONS else one,
    **{name: _several(name) for name in SEVERAL},
}
