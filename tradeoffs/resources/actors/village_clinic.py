"""A village clinic: few people, records on paper, no expert of its own."""

from tradeoffs.resources.actors.actor import Actor
from tradeoffs.resources.prices import Prices

VILLAGE_CLINIC = Actor(
    name="village_clinic",
    title="Village clinic",
    within="a village clinic",
    help=(
        "Its records are on paper and have to be typed in, and it has to pay an outside "
        "expert for every day of work on a model."
    ),
    prices=Prices(
        budget=1_200.0,
        wage=6.0,
        label_seconds=20.0,
        entry_seconds=5.0,
        expert_day=200.0,
        kwh=0.3,
        gigabyte=1.0,
    ),
)
