"""The fields of the screen: what each one offers, as the URL writes it and in words."""

from collections.abc import Mapping

from pages.shared.settings.visitor_table import tables
from tradeoffs.data.cases import load_cases
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.shifts.catalogue import parted
from tradeoffs.data.shifts.catalogue import titled as shift_titled
from tradeoffs.data.shifts.compose import DEPLOYMENT, TRAINING, Side, require
from tradeoffs.data.upload.registry import is_held, is_own
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SLIDERS, along, rows_on_offer
from tradeoffs.experiments.plan import reported, shifts_offered
from tradeoffs.fronts import AXES
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.report.text import number
from tradeoffs.report.titles import attribute
from tradeoffs.scenario import Scenario, as_text
from tradeoffs.values.fairness.catalogue import NOTIONS

Values = Mapping[str, str]  # field -> option, as it stands in the URL

LEVELS = {"story": "Story", "explore": "Explore", "lab": "Lab"}
LARGEST_SEED = 9_999
# In an order in which what a field offers depends on earlier fields only.
FIELDS = (
    "level",
    "dataset",
    "label",
    "protected",
    "shift",
    "shift_intensity",
    "other_shifts",
    "training_shifts",
    "width",
    "rows",
    "mechanism",
    "epsilon",
    "clipping",
    "stage",
    "strength",
    "notion",
    "max_gap",
    "x",
    "y",
    "seed",
)
TITLES = {
    "level": "Level",
    "dataset": "Table",
    "label": "Predicted",
    "protected": "Groups by",
    "shift": "Shift",
    "shift_intensity": "Shift intensity",
    "other_shifts": "Other shifts where it is used",
    "training_shifts": "Shifts of the people in training",
    "width": "Model size, hidden units",
    "rows": "People in training",
    "mechanism": "Mechanism",
    "epsilon": "Privacy budget ε",
    "clipping": "Clipping",
    "stage": "Where fairness is brought about",
    "strength": "How much of the data is changed",
    "notion": "Meaning of fair",
    "max_gap": "Largest allowed gap",
    "x": "To the right",
    "y": "Upwards",
    "seed": "Seed of sampling, batches and noise",
}
SEVERAL: dict[str, Side] = {"other_shifts": DEPLOYMENT, "training_shifts": TRAINING}
MECHANISMS = {"dp": "clip and add noise", "clip_only": "clip only, no promise"}
STRENGTHS = ("0", "0.25", "0.5", "0.75", "1")
NOT_SCENARIO = {"level": "explore", "x": "fairness", "y": "accuracy"}


def options(field: str, at: Values | None = None) -> tuple[str, ...]:
    """Return the choices of a field, given the fields before it.

    There are none for the seed, a number, and for several shifts, a text.
    """
    at = at or {}
    fixed = {
        "level": LEVELS,
        "mechanism": MECHANISMS,
        "clipping": CLIPPINGS,
        "stage": STAGES,
        "notion": NOTIONS,
        "seed": (),
        **dict.fromkeys(SEVERAL, ()),
    }
    if field in fixed:
        return tuple(fixed[field])
    if field == "strength":
        chosen = STAGES[at.get("stage") or default("stage")]
        return STRENGTHS if chosen.has_strength else STRENGTHS[-1:]
    if field in SLIDERS:
        chosen = Scenario(notion=at.get("notion") or default("notion"))
        return tuple(_text(value) for value in along(field, chosen))
    if field == "dataset":
        return tables()
    data = dataset(at.get("dataset") or default("dataset"))
    if field in ("x", "y"):
        able = bool(load_cases(data.name).actions)  # else nobody can change anything
        return tuple(name for name in AXES if able or not name.startswith("recourse"))
    if field == "label":
        return data.labels
    if field == "protected":
        return reported(data)
    label = at.get("label") or data.labels[0]
    if field == "shift":
        groups = at.get("protected") or data.protected[0]
        return shifts_offered(data.name, label, groups, DEPLOYMENT)
    return tuple(map(str, rows_on_offer(data.name, label)))


def default(field: str, at: Values | None = None) -> str:
    """Return the choice where none is made: that of the default scenario if it is offered."""
    value = NOT_SCENARIO.get(field) or _text(getattr(Scenario(), field))
    choices = options(field, at)
    if field == "seed" or field in SEVERAL or value in choices:
        return value
    return choices[-1] if field == "rows" else choices[0]


def title(field: str, values: Values) -> str:
    """Return a field's title at some choices: what is bounded depends on the meaning of fair."""
    if field != "max_gap":
        return TITLES[field]
    return f"Largest allowed {NOTIONS[values['notion']].called}"


def shifts_of(field: str, text: str) -> dict[str, float]:
    """Return several shifts with their intensities; InvalidInput if the text does not say them."""
    return dict(getattr(Scenario.of(**{field: text}), field))


def shifts_on_offer(field: str, at: Values) -> tuple[str, ...]:
    """Return the shifts that can be stated beside the first, given the fields before it."""
    names = shifts_offered(at["dataset"], at["label"], at["protected"], SEVERAL[field])
    taken = parted(at["shift"])[0] if field == "other_shifts" else ""
    return tuple(name for name in names if parted(name)[0] != taken)


def why_not(field: str, text: str, at: Values) -> str:
    """Return why several shifts cannot be stated, given the fields before it; empty if they can."""
    if not text:
        return ""
    data = dataset(at["dataset"])
    try:
        stated = shifts_of(field, text)
        first = {at["shift"]: 1.0} if field == "other_shifts" and stated else {}
        shifts = (*first.items(), *stated.items())
        require(
            shifts, SEVERAL[field], data.codebook, data.label(at["label"]), at["protected"], True
        )
    except InvalidInput as refusal:
        return str(refusal)
    return ""


def fits(field: str, value: str, at: Values | None = None) -> bool:
    """Return whether a field can have a value, given the fields before it."""
    if field == "seed":
        return value.isascii() and value.isdigit() and int(value) <= LARGEST_SEED
    if field in SEVERAL and at is not None:
        return not why_not(field, value, at)
    return value in options(field, at)


def fitted(asked: Values) -> dict[str, str]:
    """Return every field: as asked where that is offered, else its default."""
    values: dict[str, str] = {}
    for field in FIELDS:
        value = asked.get(field, "")
        values[field] = value if fits(field, value, values) else default(field, values)
        if field in SEVERAL:  # one way to write it
            values[field] = _text(tuple(shifts_of(field, values[field]).items()))
    return values


def refused(query: Values) -> list[str]:
    """Return a message for each URL parameter that cannot be used, with name, value and bound."""
    used, messages = fitted(query), []
    for name, value in query.items():
        if name == "version":
            continue
        if name not in FIELDS:
            messages.append(f"{name!r} is not a setting; known: {', '.join(FIELDS)}")
        elif name == "seed" and not fits(name, value):
            messages.append(f"seed={value!r} must be a whole number from 0 to {LARGEST_SEED}")
        elif name == "dataset" and is_own(value) and not fits(name, value, used):
            messages.append(
                f"dataset={value!r} is a table that somebody brought, kept for their tab alone; "
                "bring the file again on the page Data"
            )
        elif name in SEVERAL:
            reason = why_not(name, value, used)
            messages += [f"{name}={value!r} is not possible: {reason}"] if reason else []
        elif not fits(name, value, used):
            known = ", ".join(options(name, used))
            messages.append(f"{name}={value!r} is not offered; use one of: {known}")
    return messages


def query(values: Values) -> dict[str, str]:
    """Return what the URL must say: the fields that differ from their defaults."""
    return {field: values[field] for field in FIELDS if values[field] != default(field, values)}


def scenario(values: Values) -> Scenario:
    """Return the scenario of some values."""
    fields = {field: values[field] for field in FIELDS if field not in NOT_SCENARIO}
    if fields["epsilon"] == "none":
        del fields["mechanism"]
    return Scenario.of(**fields)


def values_of(here: Scenario, now: Values) -> dict[str, str] | None:
    """Return the values of a scenario on this screen, or None if it cannot be set there."""
    values = {**now, **texts(here)}
    return values if fitted(values) == values else None


def texts(here: Scenario) -> dict[str, str]:
    """Return the fields of a scenario as the URL writes them."""
    found = {field: _text(getattr(here, field)) for field in FIELDS if field not in NOT_SCENARIO}
    if here.mechanism == "none":  # no choices, but what follows from no privacy
        del found["mechanism"], found["clipping"]
    return found


def words(field: str, option: str, at: Values) -> str:
    """Return an option in words, given the fields before it."""
    if is_own(at["dataset"]) and not is_held(at["dataset"]):
        return "own table" if field == "dataset" else option
    if field == "dataset":
        return dataset(option).title
    if field == "label":
        return dataset(at["dataset"]).label(option).title
    if field == "protected":
        return attribute(Scenario(dataset=at["dataset"]), option)
    if field == "shift":
        return shift_titled(option)
    if field in SEVERAL:
        stated = shifts_of(field, option).items()
        return ", ".join(f"{shift_titled(n)} {number(100 * t)} %" for n, t in stated) or "none"
    titled = {
        "clipping": CLIPPINGS,
        "stage": STAGES,
        "notion": NOTIONS,
        "x": AXES,
        "y": AXES,
    }
    if field in titled:
        return titled[field][option].title
    if option == "none":
        return "no limit" if field == "max_gap" else "no privacy"
    if field in ("max_gap", "shift_intensity", "strength"):
        return f"{number(100 * float(option))} %"
    if field == "rows":
        return f"{int(option):,}"
    return {**LEVELS, **MECHANISMS}.get(option, option)


def _text(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, tuple):
        return as_text(value)
    return f"{value:g}" if isinstance(value, float | int) else str(value)
