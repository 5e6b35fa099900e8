"""What an actor is: somebody with a budget and prices, as an example that a reader changes."""

from dataclasses import dataclass

from tradeoffs.language.translates import translates
from tradeoffs.resources.prices import Prices


@translates("title", "within", "help")
@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Somebody who would train a model, as a catalogue entry.

    Attributes:
        name: key of the catalogue, in addresses.
        title: for people.
        within: the actor within a sentence.
        help: what it has and what it lacks.
        prices: its budget and prices, in any one currency.
    """

    name: str
    title: str
    within: str
    help: str
    prices: Prices
