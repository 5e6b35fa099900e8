"""Audit: what the engine promises about privacy, measured."""

import argparse
import json
import sys

from tradeoffs.commands.arguments import Commands


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser("audit", help="measure what the engine promises about privacy")
    one.add_argument("--seed", type=int, default=0, help="of all draws (default %(default)s)")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what the audit of the engine found; 1 if anything is not as expected."""
    from tradeoffs.audit import suite as module

    findings = module.audit(options.seed)
    told = json.dumps(module.as_json(findings)) if options.json else module.report(findings)
    sys.stdout.write(told + "\n")
    return 0 if all(finding.ok for finding in findings) else 1
