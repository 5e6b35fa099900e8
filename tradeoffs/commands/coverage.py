"""Coverage: how often the 95 % intervals that are printed hold what is true."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.language.translation import say, translate

if TYPE_CHECKING:
    from tradeoffs.coverage.study import Coverage

WORLDS, QUICK = 2_000, 100


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "coverage",
        help=translate("measure how often the intervals contain the true value"),
        description=translate(
            "Simulate data whose true values are known, and count how often each kind of "
            "95 % interval covers them. Exit code 1: one covers less than 92 % or more than 98 %, "
            "beyond chance."
        ),
    )
    one.add_argument(
        "--quick",
        action="store_true",
        help=say("{few} simulated worlds instead of {many:,}", few=QUICK, many=WORLDS),
    )
    one.add_argument(
        "--seed", type=int, default=0, help=translate("of all random numbers (default %(default)s)")
    )
    add_json(one)
    one.set_defaults(run=run)


def run(*, quick: bool, seed: int, json: bool) -> int:
    """Print the coverage of each kind of interval; 1 if one is not 92 to 98 %, beyond chance."""
    from tradeoffs.coverage.catalogue import STUDIES
    from tradeoffs.coverage.study import measure_coverage

    worlds = QUICK if quick else WORLDS
    found = [one for study in STUDIES for one in measure_coverage(study, worlds, seed)]
    tell(as_json([asdict(one) | {"ok": one.ok} for one in found]) if json else report(found))
    return 0 if all(one.ok for one in found) else 1


def report(found: "list[Coverage]") -> str:
    """Return the coverages as a table, one line a kind."""
    import pandas as pd

    table = pd.DataFrame(
        {
            "": "ok" if one.ok else "ALARM",
            "interval": one.kind,
            "printed by": one.screen,
            "worlds": one.worlds,
            "coverage": f"{100 * one.coverage:.1f} %",
            "+-": f"{100 * one.error:.1f}",
            "covers": one.covers,
            "leaves out": one.leaves_out,
        }
        for one in found
    )
    kept = sum(one.ok for one in found)
    told = say(
        "{kept} of {all} kinds cover 92 to 98 %, as far as this number of worlds can show",
        kept=kept,
        all=len(found),
    )
    return f"{table.to_string(index=False)}\n{told}"
