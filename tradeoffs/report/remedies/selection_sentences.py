"""What is chosen on the page Remedies beside its controls, in sentences."""

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word
from tradeoffs.data.communities.catalogue import find_cut
from tradeoffs.data.communities.places import PLACE
from tradeoffs.field import LEVELS
from tradeoffs.language.notation import labelled, quote
from tradeoffs.language.translation import say
from tradeoffs.report.remedies.selection import Selection, Values
from tradeoffs.report.remedies.selections import SELECTIONS, cut_words, members_of
from tradeoffs.report.titles import PERSON, units

OF_TABLE = ("dataset", "communities", "label")  # by `table_sentence`, and by the question


def table_sentence(values: Values) -> str:
    """Return of which table home is a part, and how it is cut."""
    name, cut = values["dataset"], values["communities"]
    place = dataset(name).codebook.place
    by = word(place.source) if place and cut == PLACE.name else cut_words(name, cut)
    every = members_of(name, values["label"], cut)
    return say(
        "“{home}” is one of {count} communities in the table “{table}”, cut by {by}.",
        home=word(values["home"]),
        count=len(every),
        table=dataset(name).title,
        by=by,
    )


def unit_sentence(values: Values) -> str:
    """Return what is counted where a row of the table is no person; "" where it is one."""
    if dataset(values["dataset"]).codebook.unit in PERSON:
        return ""
    return say(
        "A row of this table is not a person: numbers count {unit}.",
        unit=units(values["dataset"]),
    )


def made_up_sentence(values: Values) -> str:
    """Return how the communities were made up; "" where they are recorded."""
    cut = find_cut(values["dataset"], values["communities"])[0]
    return cut.help if cut.kind == "made up" else ""


def kept_sentence(values: Values) -> str:
    """Return what is not as usual though this level has no control of it; "" if all is."""
    kept = [one for one in SELECTIONS if one.name not in OF_TABLE and _kept(one, values)]
    told = ", ".join(quote(labelled(one.label(values), _words(one, values))) for one in kept)
    return say("Set at a higher level, and kept: {told}.", told=told) if told else ""


def _kept(one: Selection, values: Values) -> bool:
    away = LEVELS.index(one.level) > LEVELS.index(values["level"]) and one.place != "answer"
    return away and one.shown(values) and values[one.name] != one.default(values)


def _words(one: Selection, values: Values) -> str:
    value = values[one.name]
    some = value.split("+") if one.several else [value]
    return ", ".join(one.words(part, values) for part in some)
