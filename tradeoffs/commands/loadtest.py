"""Loadtest: how an explorer answers many visitors who move sliders."""

import json
import math
import os
import sys
from typing import Any
from urllib.parse import urlsplit

from tradeoffs.commands.app import LOOPBACK
from tradeoffs.commands.arguments import Commands, add_json
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import translate
from tradeoffs.paths import PROJECT

MODES = ("stored", "cold", "mixed")
BOUNDS = {
    "sessions": (1, 1000),
    "idle": (0, 999),
    "abusers": (0, 100),
    "phones": (0, 500),
    "arrive": (0.0, 600.0),
    "minutes": (0.05, 120),
    "every": (0.5, 600),
    "seed": (0, 2**31),
}


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "loadtest",
        help=translate("measure how an explorer answers many visitors"),
        description=translate(
            "Simulate visitors who move sliders, and measure how fast an explorer "
            "on this machine answers them."
        ),
    )
    one.add_argument(
        "--sessions", type=int, default=10, help=translate("visitors (default %(default)s)")
    )
    one.add_argument(
        "--idle", type=int, default=0, help=translate("of them that move nothing (default 0)")
    )
    one.add_argument(
        "--abusers",
        type=int,
        default=0,
        help=translate("beside them, each with 500 moves a minute to large models (default 0)"),
    )
    one.add_argument(
        "--phones",
        type=int,
        default=0,
        help=translate(
            "in a room that they join, answer in and read; they are measured beside the sessions"
        ),
    )
    one.add_argument(
        "--arrive", type=float, default=30.0, help=translate("seconds in which phones come")
    )
    one.add_argument(
        "--locked",
        action="store_true",
        help=translate(
            "for --minutes, phones are locked for --every seconds on average, and reloaded; "
            "halfway the server is killed and started again"
        ),
    )
    one.add_argument("--minutes", type=float, default=1.0, help=translate("default %(default)s"))
    one.add_argument(
        "--mode",
        choices=MODES,
        default="stored",
        help=translate(
            "moves stored: to settings whose models are in the store; cold: to settings that "
            "nobody has trained; mixed: of every second visitor each"
        ),
    )
    one.add_argument(
        "--every", type=float, default=6.0, help=translate("seconds between a visitor's moves")
    )
    one.add_argument(
        "--url", help=translate("of an explorer on this machine (default: one of its own)")
    )
    one.add_argument(
        "--seed", type=int, default=0, help=translate("another seed makes other moves")
    )
    add_json(one)
    one.set_defaults(run=run)


def run(**asked: Any) -> int:
    """Replace this process by the load test."""
    for name, (least, most) in BOUNDS.items():
        if not (math.isfinite(asked[name]) and least <= asked[name] <= most):
            raise InvalidInput("out_of_range", field=name, value=asked[name], low=least, high=most)
    if asked["idle"] >= asked["sessions"]:
        raise InvalidInput("all_idle", idle=asked["idle"], sessions=asked["sessions"])
    if asked["locked"] and not asked["phones"]:
        raise InvalidInput("locked_without_phones", phones=asked["phones"])
    if asked["url"] is not None:
        if asked["phones"]:
            raise InvalidInput("phones_of_own", phones=asked["phones"], url=asked["url"])
        _require_loopback(asked["url"])
    command = [sys.executable, "-m", "loadtest", json.dumps(asked)]
    os.chdir(PROJECT)
    sys.stdout.flush()
    if os.name == "nt":  # exec does not keep the console there
        import subprocess

        return subprocess.call(command)
    os.execv(sys.executable, command)


def _require_loopback(url: str) -> None:
    """Refuse to load a machine that may be somebody else's.

    Raises:
        InvalidInput: the URL is not of an explorer on this machine.
    """
    try:
        parts = urlsplit(url)
        fits = parts.scheme == "http" and parts.hostname in LOOPBACK and parts.port != 0
        bare = not (parts.username or parts.query or parts.fragment)
    except ValueError:
        fits = bare = False
    if not (fits and bare):
        raise InvalidInput("not_loopback", url=url, known=tuple(LOOPBACK))
