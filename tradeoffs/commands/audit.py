"""Audit: what the engine promises about privacy, measured."""

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.language.translation import translate


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "audit",
        help=translate("test the engine's privacy guarantees"),
        description=translate(
            "Test the engine's noise, clipping, sampling and accounting against its privacy "
            "guarantees. Exit code 1: a guarantee does not hold."
        ),
    )
    one.add_argument(
        "--seed", type=int, default=0, help=translate("of all random numbers (default %(default)s)")
    )
    add_json(one)
    one.set_defaults(run=run)


def run(*, seed: int, json: bool) -> int:
    """Print what the audit of the engine found; 1 if anything is not as expected."""
    from tradeoffs.api.engine_audit import audit
    from tradeoffs.audit import suite

    found = audit(seed)
    tell(as_json(suite.as_json(found.findings)) if json else found.text())
    return int(not found.ok)
