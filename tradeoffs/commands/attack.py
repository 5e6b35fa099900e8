"""Attack: who can be recognised as trained on."""

import argparse
import json
import sys

from tradeoffs.commands.arguments import Commands, add_fields, changed
from tradeoffs.scenario import Scenario


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser("attack", help="measure who can be recognised as trained on")
    add_fields(one)
    one.add_argument(
        "--shadows", type=int, default=64, help="models to train (default %(default)s)"
    )
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how well members are recognised; 1 if better than the declared epsilon allows."""
    scenario = changed(Scenario(), options.set)

    from tradeoffs.experiments.attack import membership_inference
    from tradeoffs.report.charts.roc_chart import roc_table
    from tradeoffs.report.leakage_report import ATTACKER, sentences

    leak = membership_inference(scenario, options.shadows)
    if options.json:
        told = json.dumps(leak.as_json())
    else:
        numbers = roc_table(leak).query("fpr in (.001, .01, .1)")
        numbers = numbers.to_string(index=False, na_rep="-", float_format="%.4g")
        told = "\n".join([*sentences(leak), ATTACKER, "", numbers])
    sys.stdout.write(told + "\n")
    return 1 if leak.alarms else 0
