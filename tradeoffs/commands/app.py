"""App: start the explorer in a browser."""

import argparse
import os
import sys

from tradeoffs.commands.arguments import Commands
from tradeoffs.data.catalogue import offered
from tradeoffs.data.own.held import uploads_offered
from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.executor import check
from tradeoffs.paths import APP


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser("app", help="start the explorer in a browser")
    one.add_argument("--port", type=int, default=8501, help="1 to 65535 (default %(default)s)")
    one.add_argument("--address", default="localhost", help="to listen on (default %(default)s)")
    one.add_argument("--headless", action="store_true", help="do not open a browser")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Replace this process by the explorer's server."""
    if not 1 <= options.port <= 65535:
        raise InvalidInput(f"port={options.port} must be in [1, 65535]")
    offered()  # a table that does not exist is told before the server starts
    uploads_offered()
    check()  # so is a scheduler that does not answer
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(APP)),
        *("--server.port", str(options.port), "--server.address", options.address),
    ]
    if options.headless:
        command += ["--server.headless", "true"]
    # The configuration (theme, limits) lies beside app.py; Streamlit looks in the working folder.
    os.chdir(APP.parent)
    sys.stdout.flush()
    if os.name == "nt":  # exec does not keep the console there
        import subprocess

        return subprocess.call(command)
    # Sessions run in threads, and glibc keeps memory apart for each unless told otherwise.
    os.execve(sys.executable, command, os.environ | {"MALLOC_ARENA_MAX": "2"})
