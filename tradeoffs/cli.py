"""The command line: the explorer, sweeps, accounting for privacy, attacks, checks of the data."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from tradeoffs import __version__
from tradeoffs.commands import (
    account,
    app,
    attack,
    audit,
    bench,
    coverage,
    data,
    explain,
    lessons,
    loadtest,
    shifts,
    sweep,
)
from tradeoffs.errors import TradeoffsError
from tradeoffs.messages.wording import LONGEST_MESSAGE, cut

COMMANDS = (
    app, sweep, explain, account, audit, attack, bench, shifts, lessons, data, coverage,
    loadtest,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for an alarm, 2 for unusable input."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except TradeoffsError as error:
        sys.stderr.write(f"tradeoffs: {error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("tradeoffs: stopped; results so far are kept in the store\n")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141


class Parser(argparse.ArgumentParser):
    """Tells what is wrong in one line, as every other error is told."""

    def error(self, message: str) -> NoReturn:
        """Leave with 2."""
        told = cut(message, LONGEST_MESSAGE - 80)  # argparse repeats whole values
        self.exit(2, f"{self.prog}: {told}; see {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    whole = Parser(prog="tradeoffs", description=__doc__)
    whole.add_argument("--version", action="version", version=f"tradeoffs {__version__}")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return whole


if __name__ == "__main__":
    sys.exit(main())
