"""Marks: what somebody marked on the screen beside its setting, in words."""

from collections.abc import Iterator

from tradeoffs.fields import FIELDS
from tradeoffs.fronts import OBJECTIVES, Objective
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say
from tradeoffs.report.choice import Choice
from tradeoffs.report.resource_quantities import numbers_in_words
from tradeoffs.report.sentences.value_text import level_text, value_text
from tradeoffs.report.text import capital, describe, number
from tradeoffs.report.view import objective_of
from tradeoffs.resources.purse import Purse
from tradeoffs.scenario import Scenario
from tradeoffs.values.preferences.wish import POINTS, Wish
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS

SIGN = "ε"


def marks(choice: Choice, here: Scenario) -> list[tuple[str, str]]:
    """Return what is marked, and how, as the link has it; nothing of what is as usual.

    Args:
        choice: what is marked.
        here: the setting, whose notion gives the gap its name.
    """
    every = {name: objective_of(name, here) for name in OBJECTIVES}
    found = [("pins", f"{describe(one)}.") for one in choice.pins]
    found += [
        ("at_least", f"{level_text(every[name], value)}.")
        for name, value in choice.at_least.items()
    ]
    if choice.counted != tuple(FIELDS["counted"].default.split("+")):
        counted = semicolon_text(every[name].lower for name in choice.counted)
        found.append(("counted", f"{counted}."))
    found += [("wish", told) for told in _wish(choice.wish, every)]
    if choice.place in JURISDICTIONS:
        found.append(("place", f"{JURISDICTIONS[choice.place].title}."))
    if choice.purse is not None:
        found.append(("purse", _purse(choice.purse)))
    return [(FIELDS[field].title, _sentence(told)) for field, told in found]


def _sentence(text: str) -> str:
    """Return a text that begins like a sentence; a sign stays what it is."""
    return text if text.startswith(SIGN) else capital(text)


def _purse(who: Purse) -> str:
    changed = numbers_in_words(who)
    if not changed:
        return f"{who.actor.title}."
    return say("{actor} with {numbers}.", actor=who.actor.title, numbers=", ".join(changed))


def _wish(wish: Wish, every: dict[str, Objective]) -> Iterator[str]:
    """Say what of a wish picks a setting, if anything was wished for."""
    if not wish.text:
        return
    if wish.by == "pattern":
        degree = f" ({number(wish.degree)})" if wish.ranking.parameter else ""
        yield f"{wish.ranking.title}{degree}: {wish.ranking.help}"
    elif wish.by == "aspiration":
        for name, value in wish.aspiration.items():
            one = every[name]
            yield say("{objective} of {value}.", objective=one.lower, value=value_text(one, value))
    elif wish.points:
        each = [f"{every[name].lower} {number(one)}" for name, one in wish.points.items()]
        yield say("of {total} points: {shared}.", total=number(POINTS), shared=semicolon_text(each))
