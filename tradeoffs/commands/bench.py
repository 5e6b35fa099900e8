"""Bench: how fast the engine is on this machine."""

import argparse
import json
import sys

from tradeoffs.commands.arguments import Commands


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser("bench", help="measure how fast the engine is on this machine")
    one.add_argument("--quick", action="store_true", help="tiny sizes: only shows that it runs")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how fast the engine is, beside the libraries it stands in for; some minutes."""
    from tradeoffs.benchmarks import suite as module
    from tradeoffs.benchmarks.sizes import FULL, QUICK

    figures = module.bench(QUICK if options.quick else FULL)
    sys.stdout.write((json.dumps(figures) if options.json else module.report(figures)) + "\n")
    return 0
