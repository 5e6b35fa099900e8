"""Account: between epsilon and noise, for one model, several, or a choice."""

import argparse
import math
import sys
from typing import Any

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.language.translation import say, translate
from tradeoffs.scenario import NOTHING


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "account",
        help=translate("convert between epsilon and noise"),
        description=translate(
            "Convert between epsilon and the noise multiplier of DP-SGD, for one "
            "model, for several seen together, or for the best of several."
        ),
    )
    wanted = one.add_mutually_exclusive_group(required=True)
    wanted.add_argument(
        "--epsilon",
        type=_budget,
        help=translate("above 0: find the noise multiplier that spends it; or none"),
    )
    wanted.add_argument(
        "--sigma", type=float, help=translate("noise multiplier: find the epsilon it spends")
    )
    one.add_argument(
        "--sample-rate",
        type=float,
        required=True,
        help=translate("probability of a person in a step, (0, 1]"),
    )
    one.add_argument(
        "--steps", type=int, required=True, help=translate("training steps, at least 1")
    )
    one.add_argument("--delta", type=float, required=True, help=translate("in (0, 1)"))
    one.add_argument("--accountant", default="prv", help=translate("prv, rdp, rdp-classic or gdp"))
    one.add_argument(
        "--models", type=int, metavar="K", help=translate("together: K models on shared batches")
    )
    one.add_argument(
        "--seeds",
        type=int,
        metavar="S",
        help=translate("together: S times that, on separate batches"),
    )
    one.add_argument(
        "--choose", type=float, metavar="K", help=translate("the best of K tries on average")
    )
    add_json(one)
    one.set_defaults(run=run)


def run(*, json: bool, **asked: Any) -> int:
    """Print sigma and epsilon of one mechanism, and of several models seen together."""
    from tradeoffs.api.privacy_account import account

    found = account(**asked)
    tell(as_json(found.values) if json else found.text())
    if not found.sigma:
        told = translate("no mechanism: epsilon is infinite")
        sys.stderr.write(f"{told}\n")
    return 0


def _budget(text: str) -> float:
    if text.strip().lower() in NOTHING:
        return math.inf
    try:
        return float(text)
    except ValueError:
        told = say("{text} is neither a number nor none", text=repr(text))
        raise argparse.ArgumentTypeError(told) from None
