"""Names of answers and groups, as the public codebook of a table tells them."""

from itertools import product

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word
from tradeoffs.data.label import Label
from tradeoffs.language.translation import say, translate
from tradeoffs.scenario import Scenario

PERSON = ("person", "applicant")  # units of tables whose rows are people
PEOPLE = "people"
UNITS = {**dict.fromkeys(PERSON, PEOPLE), "comment": "comments", "row": "rows"}


def label(here: Scenario) -> Label:
    """Return what is predicted, in words."""
    return dataset(here.dataset).label(here.label)


def favourable(here: Scenario) -> bool:
    """Return whether a person would want the positive answer."""
    return label(here).favourable == "positive"


def favourable_answer(here: Scenario) -> str:
    """Return the answer that a person would want, in words."""
    return label(here).wanted


def attribute(here: Scenario, protected: str | None = None) -> str:
    """Return the title of an attribute or crossing, by default the setting's.

    >>> attribute(Scenario(), "sex*race")
    'sex × race'
    """
    titles = {one.name: one.title for one in dataset(here.dataset).codebook.protected}
    return " × ".join(titles[name] for name in (protected or here.protected).split("*"))


def units(name: str) -> str:
    """Return what rows of a table are in words: people, or what its codebook calls them.

    >>> units("gss"), units("wiki_toxicity")
    ('people', 'comments')
    """
    unit = dataset(name).codebook.unit
    return translate(UNITS[unit]) if unit in UNITS else f"{unit}s"


def weighting(here: Scenario, *, used: bool) -> str:
    """Return whether the survey weight of the setting's table is used; empty if it has none.

    Args:
        here: the setting.
        used: whether it is, where this is said.
    """
    title = dataset(here.dataset).codebook.weight
    if not title:
        return ""
    if used:
        return say(
            "Shares are weighted by “{title}”; numbers of people are unweighted counts.",
            title=title,
        )
    return say("The survey weight “{title}” is not used here: each row counts once.", title=title)


def groups(here: Scenario) -> tuple[str, ...]:
    """Return the names of the groups that the setting compares, as tables call them.

    >>> groups(Scenario())
    ('Female', 'Male')
    """
    names = {one.name: one.names for one in dataset(here.dataset).codebook.protected}
    parts = product(*(names[name] for name in here.protected.split("*")))
    return tuple(", ".join(part) for part in parts)


def whom(here: Scenario) -> str:
    """Return among whom the notion compares.

    >>> whom(Scenario()), whom(Scenario(protected="race"))
    ('among Female and Male', 'among 5 groups by race')
    """
    names = groups(here)
    if len(names) == 2:
        return say("among {first} and {second}", first=word(names[0]), second=word(names[1]))
    return say("among {count} groups by {attribute}", count=len(names), attribute=attribute(here))
