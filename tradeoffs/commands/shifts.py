"""Shifts: what a shift moves in a table, and what it does not."""

import argparse
import json
import sys

from tradeoffs.commands.arguments import Commands, add_fields, assignment
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.shifts.compose import DEPLOYMENT, TRAINING
from tradeoffs.scenario import Scenario


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser("shifts", help="what a shift moves in a table, and what it does not")
    one.add_argument("dataset")
    one.add_argument(
        "--shift",
        action="append",
        default=[],
        metavar="NAME=INTENSITY",
        help="NAME or NAME.OPTION, intensity in [0, 1]; without any the shifts are listed",
    )
    one.add_argument("--at", choices=(DEPLOYMENT, TRAINING), default=DEPLOYMENT)
    add_fields(one)
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what shifts do to the people a model is used on or trained on, or list them."""
    from tradeoffs.experiments.adapt import adapt_to_dataset
    from tradeoffs.experiments.shift_report import shift_report
    from tradeoffs.experiments.shift_sweeps import FIELDS
    from tradeoffs.report.shift_table import catalogue_table, parts_shown, sentences

    base, _ = adapt_to_dataset(Scenario(), options.dataset)
    stated = {FIELDS[options.at]: [assignment(text) for text in options.shift]}
    own = dict(assignment(text) for text in options.set)
    scenario = base.but(shift_intensity=0, **own, **stated)
    if not options.shift:
        book = dataset(scenario.dataset).codebook
        table = catalogue_table(book, scenario.protected)
        told = table.to_json(orient="records", force_ascii=False)
        if not options.json:
            short = table.loc[:, ["shift", "family", "at", "options"]]
            told = short.to_string(index=False, max_colwidth=70)
        sys.stdout.write(f"{told}\n")
        return 0
    report = shift_report(scenario, options.at)
    if options.json:
        told = json.dumps(report.as_json(), ensure_ascii=False)
    else:
        numbers = parts_shown(report).to_string(index=False)
        told = "\n".join([*sentences(report), "", numbers])
    sys.stdout.write(told + "\n")
    return 0
