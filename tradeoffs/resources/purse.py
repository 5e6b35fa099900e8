"""A purse: an actor with the numbers that somebody changed, as an address writes it."""

import re
from dataclasses import dataclass

from tradeoffs.catalogue import require_known
from tradeoffs.errors import InvalidInput
from tradeoffs.resources.actors.actor import Actor
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.actors.own_numbers import OWN_NUMBERS
from tradeoffs.resources.prices import NUMBERS, Prices


@dataclass(frozen=True, kw_only=True, slots=True)
class Purse:
    """Who pays, and at which prices.

    Attributes:
        actor: whose numbers hold where none was changed.
        prices: with the changed ones.
    """

    actor: Actor
    prices: Prices

    @property
    def text(self) -> str:
        """The purse as an address writes it."""
        usual = self.actor.prices
        changed = [
            f"{name}:{value:.10g}".replace("e+", "e")
            for name in NUMBERS
            if (value := getattr(self.prices, name)) != getattr(usual, name)
        ]
        return "+".join([self.actor.name, *changed])


def purse(text: str) -> Purse:
    """Return the purse of a text: an actor, and numbers of its own, joined by +.

    Without an actor the numbers change those of OWN_NUMBERS.

    Raises:
        InvalidInput: an unknown actor or number, a number that is none or out of its bounds, or
            one stated twice.

    >>> purse("village_clinic+budget:800").prices.budget, purse("wage:9").actor.name
    (800.0, 'own_numbers')
    >>> purse("village_clinic+wage:-1")
    Traceback (most recent call last):
    tradeoffs.errors.InvalidInput: wage=-1 must be a number in [0, 1000000]
    """
    parts = [part for part in re.split(r"[+\s]", text) if part]  # a typed + may be a space
    named = [part for part in parts if ":" not in part]
    if len(named) > 1:
        raise InvalidInput(
            "not_of_the_form", field="purse", value=named[1], example="own_numbers+budget:500"
        )
    actor = ACTORS[named[0]] if named else OWN_NUMBERS
    changed: dict[str, object] = {}
    for part in parts:
        name, colon, value = part.partition(":")
        if not colon:
            continue
        require_known("price", name, NUMBERS)
        if name in changed:
            raise InvalidInput("price_twice", name=name, first=changed[name], second=value)
        changed[name] = value
    return Purse(actor=actor, prices=Prices(**{**actor.prices.model_dump(), **changed}))
