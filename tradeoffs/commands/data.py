"""Data: the bundled tables, or one of your own."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tradeoffs.commands.arguments import Commands
from tradeoffs.commands.own import add_choices, own_table_of


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser("data", help="the bundled tables, or one of your own")
    actions = one.add_subparsers(required=True, metavar="ACTION")
    for name, told in (("list", "what is bundled"), ("check", "against published figures")):
        two = actions.add_parser(name, help=told)
        two.add_argument("--json", action="store_true")
        two.set_defaults(run=run, action=name)
    two = actions.add_parser("import", help="propose a codebook for a CSV file, and count groups")
    two.add_argument("table", type=Path, metavar="FILE")
    add_choices(two)
    two.add_argument("--json", action="store_true")
    two.set_defaults(run=run, action="import")


def run(options: argparse.Namespace) -> int:
    """List the bundled tables, compare them with published figures, or import one."""
    if options.action == "import":
        from tradeoffs.data.own.report import document, report

        own = own_table_of(options)
        told = json.dumps(document(own), ensure_ascii=False) if options.json else report(own)
        sys.stdout.write(told + "\n")
        return 0
    if options.action == "list":
        from tradeoffs.data import listing

        found = listing.listing()
        told = json.dumps(found, ensure_ascii=False) if options.json else listing.report(found)
        sys.stdout.write(told + "\n")
        return 0
    from tradeoffs.data.check import check, report

    checks = check()
    told = json.dumps([asdict(line) for line in checks]) if options.json else report(checks)
    sys.stdout.write(told + "\n")
    return 0 if all(line.ok for line in checks) else 2
