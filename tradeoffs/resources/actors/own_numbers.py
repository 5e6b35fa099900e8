"""Your own numbers: a budget and prices to begin from, all of which can be changed."""

from tradeoffs.resources.actors.actor import Actor
from tradeoffs.resources.prices import Prices

OWN_NUMBERS = Actor(
    name="own_numbers",
    title="Your own numbers",
    within="your own numbers",
    help="Every number is yours to change; the first ones lie within what is usual.",
    prices=Prices(),
)
