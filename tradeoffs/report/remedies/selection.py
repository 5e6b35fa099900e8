"""Selection: something to choose on the page Remedies, given what was chosen before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from tradeoffs.field import Level
from tradeoffs.language.translates import translates
from tradeoffs.language.translation import say

Values = Mapping[str, str]  # name of a selection -> option, as the address writes it
Place = Literal["head", "data", "you", "way", "lab", "answer", "part"]  # on the page


def _always(at: Values) -> bool:
    del at
    return True


def _nothing_wrong(one: str, at: Values) -> str:
    del one, at
    return ""


@translates("title", "help")
@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """Something to choose; options are as the address writes them.

    Attributes:
        name: in the address; a field of a scenario where there is one of that name.
        title: of its control.
        help: what it is, in plain words.
        options: that there are, given the selections before; () for a text that is typed.
        words: an option in words.
        default: where none is chosen.
        fault: why a typed text, or several options joined by +, cannot be used; "" if it can.
        ends: what the ends of a slider mean; None where it is none.
        several: whether any number of the options can be chosen, joined by +.
        level: the simplest one with its control.
        place: where its control stands.
        called: its title, where that depends on the selections before.
        shown: whether it means something, given the selections before.
    """

    name: str
    title: str
    help: str
    options: Callable[[Values], tuple[str, ...]]
    words: Callable[[str, Values], str]
    default: Callable[[Values], str]
    fault: Callable[[str, Values], str] = _nothing_wrong
    ends: Callable[[Values], tuple[str, str]] | None = None
    several: bool = False
    level: Level = "explore"
    place: Place = "part"
    shown: Callable[[Values], bool] = _always
    called: Callable[[Values], str] | None = None

    def label(self, at: Values) -> str:
        """Return the title of its control."""
        return self.called(at) if self.called else self.title

    def refusal(self, value: str, at: Values) -> str:
        """Return why a value cannot be chosen, with its name and what can; empty if it can."""
        known = self.options(at)
        parts = [part for part in value.split("+") if part] if self.several else [value]
        if known and (wrong := [part for part in parts if part not in known]):
            return say(
                "{name}={value!r} is not offered; use one of: {known}",
                name=self.name,
                value=wrong[0],
                known=", ".join(known),
            )
        if why := self.fault(value, at):
            return say(
                "{name}={value!r} is not possible: {why}", name=self.name, value=value, why=why
            )
        return ""


def fit(selections: tuple[Selection, ...], asked: Values) -> dict[str, str]:
    """Return every selection: as asked where that is offered, else its default."""
    values: dict[str, str] = {}
    for one in selections:
        value = asked.get(one.name)
        usable = value is not None and not one.refusal(value, values)
        values[one.name] = value if usable and value is not None else one.default(values)
    return values


def refusals(selections: tuple[Selection, ...], query: Values) -> list[str]:
    """Return a sentence for each parameter of a link that cannot be used."""
    used, known = fit(selections, query), {one.name: one for one in selections}
    found = []
    for name, value in query.items():
        if name not in known:
            found.append(say("there is nothing called {name!r} to choose on this page", name=name))
        elif why := known[name].refusal(value, used):
            found.append(why)
    return found
