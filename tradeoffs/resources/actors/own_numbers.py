"""Your own numbers: a budget and prices to begin from, all of which can be changed."""

from tradeoffs.resources.actors.actor import Actor
from tradeoffs.resources.prices import Prices

OWN_NUMBERS = Actor(
    name="own_numbers",
    title="Your own numbers",
    within="your own numbers",
    help="You can change every number; the initial ones are within the usual range.",
    prices=Prices(),
)
