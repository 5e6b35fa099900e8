"""The fields on screen: what a visitor may set them to, and the setting that comes of it."""

from pages.shared.settings.visitor_table import named, own_name, tables
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.shifts.compose import require
from tradeoffs.data.table_handle import is_here, is_own
from tradeoffs.errors import InvalidInput
from tradeoffs.fields import FIELDS as DECLARED
from tradeoffs.fields import ScreenFields
from tradeoffs.language.translation import say
from tradeoffs.report import options as report
from tradeoffs.report.choice import FORMS, normal, read
from tradeoffs.report.hidden_columns import read_hidden
from tradeoffs.report.options import SEVERAL, Values, option, shifts_of
from tradeoffs.scenario import Scenario

FIELDS = tuple(name for name, one in DECLARED.items() if one.axis)
OF_SCENARIO = tuple(name for name in FIELDS if name not in ScreenFields.model_fields)
LISTS = tuple(name for name in OF_SCENARIO if DECLARED[name].default == ())  # text in an address
SEEDS = DECLARED["seed"].values
HIDE = "hide"  # columns, kept as far as the table has them
MOST_FAULTS = 5  # of a link, told one by one


def options(field: str, at: Values | None = None) -> tuple[str, ...]:
    """Return the choices of a field, given the fields before it: a visitor's own table too."""
    return tables() if field == "dataset" else report.options(field, at or {})


def default(field: str, at: Values | None = None) -> str:
    """Return the choice where none is made."""
    return report.default(field, options(field, at))


def words(field: str, one: str, at: Values) -> str:
    """Return an option in words, given the fields before it; of a table that is gone, its name."""
    table = named(at["dataset"])
    if not is_here(table):
        return say("own table") if field == "dataset" else one
    one = named(one) if field == "dataset" else one
    return report.words(field, one, {**at, "dataset": table})


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
        return value.isascii() and value.isdigit() and int(value) in SEEDS
    if field in SEVERAL and at is not None:
        return not why_not(field, value, at)
    return value in options(field, at)


def fitted(asked: Values) -> dict[str, str]:
    """Return every field: as asked where that is offered, else its default."""
    values: dict[str, str] = {}
    for field in FIELDS:
        if field in FORMS:  # part by part
            values[field] = normal(field, asked.get(field, default(field)), own_name() or "")
            continue
        value = asked.get(field, "")
        if field == HIDE:
            values[field] = option(read_hidden(value, values)[0])
            continue
        values[field] = value if fits(field, value, values) else default(field, values)
        if field == "dataset":  # what follows depends on it
            values[field] = named(values[field])
        if field in SEVERAL:  # one way to write it
            values[field] = option(tuple(shifts_of(field, values[field]).items()))
    return values


def refused(query: Values) -> list[str]:
    """Return a message for each URL parameter that cannot be used, with name, value and bound."""
    used, messages = fitted(query), []
    for name, value in query.items():
        if name in FORMS or name == HIDE:
            continue  # of these the rest is kept: `faults`
        if name not in FIELDS:
            known = ", ".join(FIELDS)
            messages.append(
                say("{name} is not a setting; known: {known}", name=repr(name), known=known)
            )
        elif name == "seed" and not fits(name, value):
            messages.append(
                say(
                    "seed={value} must be a whole number from 0 to {last}",
                    value=repr(value),
                    last=SEEDS[-1],
                )
            )
        elif name == "dataset" and is_own(value) and not fits(name, value, used):
            messages.append(
                say(
                    "dataset={value} is a table that somebody brought, kept for their tab alone; "
                    "bring the file again on the page Data",
                    value=repr(value),
                )
            )
        elif name in SEVERAL:
            reason = why_not(name, value, used)
            if reason:
                stated = f"{name}={value!r}"
                messages.append(say("{stated} is not possible: {why}", stated=stated, why=reason))
        elif not fits(name, value, used):
            known = ", ".join(options(name, used))
            stated = f"{name}={value!r}"
            messages.append(
                say("{stated} is not offered; use one of: {known}", stated=stated, known=known)
            )
    return messages


def faults(query: Values) -> list[str]:
    """Return why parts of what a link marks or hides cannot be used; the rest is kept."""
    found = [
        str(refusal)
        for name in FORMS
        if name in query
        for refusal in read(name, query[name], own_name() or "")[1]
    ]
    hidden = query.get(HIDE, "")
    found += [f"{HIDE}={hidden!r}: {one}" for one in read_hidden(hidden, fitted(query))[1]]
    more = len(found) - MOST_FAULTS
    if more <= 0:
        return found
    return [*found[:MOST_FAULTS], say("{n:more part|more parts} cannot be used", n=more)]


def query(values: Values) -> dict[str, str]:
    """Return what the URL must say: the fields that differ from their defaults."""
    return {field: values[field] for field in FIELDS if values[field] != default(field, values)}


def scenario(values: Values) -> Scenario:
    """Return the scenario of some values."""
    fields = {field: values[field] for field in OF_SCENARIO}
    fields["dataset"] = named(fields["dataset"])
    if fields["epsilon"] == "none":
        del fields["mechanism"]
    return Scenario.of(**fields)


def values_of(here: Scenario, now: Values) -> dict[str, str] | None:
    """Return the values of a scenario on this screen, or None if it cannot be set there."""
    values = {**now, **texts(here)}
    return values if fitted(values) == values else None


def texts(here: Scenario) -> dict[str, str]:
    """Return the fields of a scenario as the URL writes them."""
    found = {name: one for name, one in report.texts(here).items() if name in OF_SCENARIO}
    if here.mechanism == "none":  # no choices, but what follows from no privacy
        del found["mechanism"], found["clipping"]
    return found
