"""The command line: the explorer, sweeps, accounting for privacy, attacks, checks of the data."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from tradeoffs import __version__
from tradeoffs.commands import (
    account,
    app,
    attack,
    audit,
    bench,
    cost,
    coverage,
    data,
    explain,
    lessons,
    loadtest,
    remedies,
    report,
    rooms,
    shifts,
    sweep,
    worker,
)
from tradeoffs.commands.parser import Parser
from tradeoffs.errors import TradeoffsError
from tradeoffs.language.current import speak
from tradeoffs.language.negotiation import of_locale
from tradeoffs.language.translation import translate
from tradeoffs.settings import LANGUAGES

COMMANDS = (
    app, sweep, report, explain, account, cost, audit, attack, bench, shifts, remedies, lessons,
    rooms, data, coverage, loadtest, worker,
)  # fmt: skip

ABOUT = (
    "The command line: the explorer, sweeps, accounting for privacy, attacks, checks of the data."
)
EXIT_CODES = {
    0: "done",
    1: "an alarm: attack, audit or coverage found a fault, lessons are stale, a record disagrees",
    2: "input that cannot be used, or data that fail a check; one line on stderr says which",
    130: "stopped with Ctrl-C",
    141: "the output was closed",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code, one of EXIT_CODES."""
    try:
        speak(of_locale(LANGUAGES.read()))
        options = vars(parser().parse_args(arguments))
        command = options.pop("run")
        return command(**options)
    except TradeoffsError as error:
        sys.stderr.write(f"tradeoffs: {error}\n")
        return 2
    except KeyboardInterrupt:
        told = translate("stopped; results so far are kept in the store, or in the folder of --out")
        sys.stderr.write(f"tradeoffs: {told}\n")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141


class Completion(argparse.Action):
    """Prints what a shell needs to complete commands and options, and leaves."""

    def __call__(self, parser: argparse.ArgumentParser, *found: Any) -> NoReturn:
        """Print it; `found` ends in the shell and the option."""
        import shtab

        sys.stdout.write(shtab.complete(parser, shell=found[1]))
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    codes = "\n".join(f"  {code:<4} {translate(EXIT_CODES[code])}" for code in EXIT_CODES)
    listed = translate("exit codes:")
    whole = Parser(
        prog="tradeoffs",
        description=translate(ABOUT),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"{listed}\n{codes}",
    )
    whole.add_argument(
        "--version",
        action="version",
        version=f"tradeoffs {__version__}",
        help=translate("show program's version number and exit"),
    )
    whole.add_argument(
        "--print-completion",
        choices=("bash", "zsh", "tcsh"),
        action=Completion,
        default=argparse.SUPPRESS,
        help=translate("print what lets that shell complete commands and options"),
    )
    commands = whole.add_subparsers(required=True, metavar=translate("COMMAND"))
    for command in COMMANDS:
        command.add(commands)
    return whole


if __name__ == "__main__":
    sys.exit(main())
