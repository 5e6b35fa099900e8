"""Rooms: serve the phones of rooms alone, beside an explorer that others use; check a record."""

import argparse
import os
import sys

from tradeoffs import settings
from tradeoffs.commands import room_record
from tradeoffs.commands.app import EVERYWHERE, LOOPBACK
from tradeoffs.commands.arguments import Commands
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import say, translate
from tradeoffs.paths import PROJECT

PORT = 8601


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "rooms",
        help=translate("serve the phones of rooms alone, or check the record of one"),
        description=say(
            "Serve what phones need of rooms, and nothing else, beside an explorer in which hosts "
            "open them. Both need the same file in {setting}.",
            setting=settings.ROOMS.name,
        ),
    )
    unless = argparse.SUPPRESS  # an action gets none of them
    one.add_argument(
        "--port", type=int, default=unless, help=say("1 to 65535 (default {port})", port=str(PORT))
    )
    one.add_argument(
        "--address", default=unless, help=translate("to listen on (default localhost)")
    )
    one.add_argument(
        "--base", default=unless, help=translate("path below which /r/ is served (default: none)")
    )
    room_record.add(
        one.add_subparsers(metavar=translate("ACTION"), help=translate("in place of serving"))
    )
    one.set_defaults(run=run)


def run(*, port: int = PORT, address: str = "localhost", base: str = "") -> int:
    """Replace this process by the server of the rooms."""
    if not 1 <= port <= 65535:
        raise InvalidInput("out_of_range", field="port", value=port, low=1, high=65535)
    place = settings.ROOMS.read()
    if isinstance(place, str):  # off, or the memory of a process in which no host opens a room
        raise InvalidInput("rooms_need_a_file", field=settings.ROOMS.name, value=place)
    own = [] if address in EVERYWHERE else [address]
    names = dict.fromkeys((*LOOPBACK, *own, *settings.HOSTS.read()))
    command = [sys.executable, "-m", "server.rooms", str(port), address, base, *names]
    os.chdir(PROJECT)
    sys.stdout.flush()
    if os.name == "nt":  # exec does not keep the console there
        import subprocess

        return subprocess.call(command)
    os.execv(sys.executable, command)
