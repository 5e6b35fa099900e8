"""Data: the bundled tables, or one of your own."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tradeoffs.commands.arguments import Commands
from tradeoffs.commands.own import add_choices, own_table_of, undecided, writing
from tradeoffs.errors import InvalidInput


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser("data", help="the bundled tables, or one of your own")
    actions = one.add_subparsers(required=True, metavar="ACTION")
    for name, told in (("list", "what is bundled"), ("check", "against published figures")):
        two = actions.add_parser(name, help=told)
        two.add_argument("--json", action="store_true")
        two.set_defaults(run=run, action=name)
    told = "say what a CSV, Excel or Parquet file holds, and propose a codebook for it"
    two = actions.add_parser("import", help=told, description=told)
    two.add_argument("table", type=Path, metavar="FILE", help="of at most 50 MB and 500 columns")
    add_choices(two)
    two.add_argument("--json", action="store_true")
    two.set_defaults(run=run, action="import")


def run(options: argparse.Namespace) -> int:
    """List the bundled tables, compare them with published figures, or import one."""
    if options.action == "import":
        return _import(options)
    if options.action == "list":
        from tradeoffs.data import table_list

        found = table_list.list_tables()
        told = json.dumps(found, ensure_ascii=False) if options.json else table_list.report(found)
        sys.stdout.write(told + "\n")
        return 0
    from tradeoffs.data.check import check, report

    checks = check()
    told = json.dumps([asdict(line) for line in checks]) if options.json else report(checks)
    sys.stdout.write(told + "\n")
    return 0 if all(line.ok for line in checks) else 2


def _import(options: argparse.Namespace) -> int:
    """Tell what a file holds; with every choice made, what becomes of it."""
    from tradeoffs.data.upload.summary import document, summary

    if undecided(options):
        return _look(options)
    own = own_table_of(options)
    told = json.dumps(document(own), ensure_ascii=False) if options.json else summary(own)
    sys.stdout.write(told + "\n")
    return 0


def _look(options: argparse.Namespace) -> int:
    """Tell what was read of a file, and what still has to be decided."""
    from tradeoffs.data.upload.import_report import look
    from tradeoffs.data.upload.own_table import content_of
    from tradeoffs.data.upload.read import read
    from tradeoffs.data.upload.summary import looked

    report = look(read(content_of(options.table), writing(options)))
    told = json.dumps(report.document(), ensure_ascii=False) if options.json else looked(report)
    sys.stdout.write(told + "\n")
    raise InvalidInput("own_table_needs", options=undecided(options))
