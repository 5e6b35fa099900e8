"""A national platform: everybody's records, and staff that trains models."""

from tradeoffs.resources.actors.actor import Actor
from tradeoffs.resources.prices import Prices

NATIONAL_PLATFORM = Actor(
    name="national_platform",
    title="National platform",
    within="a national platform",
    help="Its records are digital and contain the labels, and its own staff trains models.",
    prices=Prices(
        budget=100_000.0,
        wage=30.0,
        label_seconds=0.0,
        expert_day=800.0,
        core_hour=0.02,
        kwh=0.15,
        gigabyte=0.01,
    ),
)
