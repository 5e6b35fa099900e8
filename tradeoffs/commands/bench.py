"""Bench: how fast the engine is on this machine."""

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.language.translation import translate


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "bench",
        help=translate("measure how fast the engine is on this machine"),
        description=translate(
            "Measure how fast models are trained on this machine, compared with the libraries "
            "that the engine replaces. Takes some minutes."
        ),
    )
    one.add_argument(
        "--quick", action="store_true", help=translate("tiny sizes: only checks that it runs")
    )
    add_json(one)
    one.set_defaults(run=run)


def run(*, quick: bool, json: bool) -> int:
    """Print how fast the engine is, beside the libraries it stands in for; some minutes."""
    from tradeoffs.benchmarks import suite
    from tradeoffs.benchmarks.sizes import FULL, QUICK

    figures = suite.bench(QUICK if quick else FULL)
    tell(as_json(figures) if json else suite.report(figures))
    return 0
