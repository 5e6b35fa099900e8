"""Attack: who can be recognised as trained on."""

from collections.abc import Sequence

from tradeoffs.commands.arguments import (
    Commands,
    add_fields,
    add_json,
    apply_assignments,
    as_json,
    tell,
)
from tradeoffs.language.translation import translate
from tradeoffs.scenario import Scenario


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "attack",
        help=translate("measure how well training data can be recognised"),
        description=translate(
            "Run a membership inference attack: train shadow models,\nand measure how well "
            "people in the training data are recognised."
        ),
    )
    add_fields(one)
    one.add_argument(
        "--shadows",
        type=int,
        default=64,
        help=translate("models to train, 8 to 512 (default %(default)s)"),
    )
    add_json(one)
    one.set_defaults(run=run)


def run(*, set: Sequence[str], shadows: int, json: bool) -> int:
    """Print how well members are recognised; 1 if better than the declared epsilon allows."""
    scenario = apply_assignments(Scenario(), set)

    from tradeoffs.api.membership_attack import attack
    from tradeoffs.report.charts.roc_chart import roc_table

    found = attack(scenario, shadows=shadows)
    if json:
        tell(as_json(found.inference.as_json()))
    else:
        numbers = roc_table(found.inference).query("fpr in (.001, .01, .1)")
        shown = numbers.to_string(index=False, na_rep="-", float_format="%.4g")
        tell(f"{found.text()}\n\n{shown}")
    return int(found.alarms)
