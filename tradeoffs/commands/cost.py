"""Cost: what a setting needs of people and machines, and what that comes to for somebody."""

from collections.abc import Sequence

from tradeoffs.commands.arguments import (
    Commands,
    add_fields,
    add_json,
    apply_assignments,
    as_json,
    tell,
)
from tradeoffs.language.translation import say, translate
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.actors.own_numbers import OWN_NUMBERS
from tradeoffs.resources.prices import NUMBERS
from tradeoffs.scenario import Scenario


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "cost",
        help=translate("compute what a setting costs"),
        description=translate(
            "Compute the work, computing and data transfer that a setting needs, and what "
            "they cost at an actor's prices. Nothing is trained."
        ),
    )
    add_fields(one)
    one.add_argument(
        "--purse",
        default=OWN_NUMBERS.name,
        metavar=translate("ACTOR+NUMBER:VALUE"),
        help=say(
            "who pays, one of {actors}, with numbers of its own joined by +: {numbers}",
            actors=", ".join(ACTORS),
            numbers=", ".join(NUMBERS),
        ),
    )
    add_json(one)
    one.set_defaults(run=run)


def run(*, set: Sequence[str], purse: str, json: bool) -> int:
    """Print the cost of a setting in sentences, or all its numbers as JSON."""
    from tradeoffs.api.cost_estimate import cost

    scenario = apply_assignments(Scenario(), set)
    found = cost(scenario, purse)
    document = {"scenario": scenario.model_dump()} | found.values
    tell(as_json(document) if json else found.text())
    return 0
