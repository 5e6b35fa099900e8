"""What is chosen on the page Remedies beside its controls, in sentences."""

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.communities.catalogue import find_cut
from tradeoffs.data.communities.places import PLACE
from tradeoffs.field import LEVELS
from tradeoffs.report.remedies.selection import Selection, Values
from tradeoffs.report.remedies.selections import SELECTIONS, cut_words, members_of
from tradeoffs.report.titles import PEOPLE, units

OF_TABLE = ("dataset", "communities", "label")  # by `table_sentence`, and by the question


def table_sentence(values: Values) -> str:
    """Return of which table home is a part, and how it is cut."""
    name, cut = values["dataset"], values["communities"]
    place = dataset(name).codebook.place
    by = place.source if place and cut == PLACE.name else cut_words(name, cut)
    every = members_of(name, values["label"], cut)
    return (
        f"“{values['home']}” is one of {len(every)} communities in the table "
        f"“{dataset(name).title}”, cut by {by}."
    )


def unit_sentence(values: Values) -> str:
    """Return what is counted where a row of the table is no person; "" where it is one."""
    unit = units(values["dataset"])
    return "" if unit == PEOPLE else f"A row of this table is not a person: numbers count {unit}."


def made_up_sentence(values: Values) -> str:
    """Return how the communities were made up; "" where they are recorded."""
    cut = find_cut(values["dataset"], values["communities"])[0]
    return cut.help if cut.kind == "made up" else ""


def kept_sentence(values: Values) -> str:
    """Return what is not as usual though this level has no control of it; "" if all is."""
    kept = [one for one in SELECTIONS if one.name not in OF_TABLE and _kept(one, values)]
    told = ", ".join(f"“{one.label(values)}: {_words(one, values)}”" for one in kept)
    return f"Set at a higher level, and kept: {told}." if told else ""


def _kept(one: Selection, values: Values) -> bool:
    away = LEVELS.index(one.level) > LEVELS.index(values["level"]) and one.place != "answer"
    return away and one.shown(values) and values[one.name] != one.default(values)


def _words(one: Selection, values: Values) -> str:
    value = values[one.name]
    some = value.split("+") if one.several else [value]
    return ", ".join(one.words(part, values) for part in some)
