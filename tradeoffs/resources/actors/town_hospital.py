"""A town hospital: digital records, answers that somebody has to look up, an expert at times."""

from tradeoffs.resources.actors.actor import Actor
from tradeoffs.resources.prices import Prices

TOWN_HOSPITAL = Actor(
    name="town_hospital",
    title="Town hospital",
    within="a town hospital",
    help=(
        "Its records are digital; somebody has to look up each label, and it can pay an "
        "expert for some days."
    ),
    prices=Prices(
        budget=2_500.0,
        wage=15.0,
        label_seconds=20.0,
        expert_day=400.0,
        kwh=0.25,
        gigabyte=0.1,
    ),
)
