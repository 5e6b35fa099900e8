"""Worker: train on this machine for an explorer or a sweep on another one."""

from tradeoffs import settings
from tradeoffs.commands.arguments import Commands
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import translate


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "worker",
        help=translate("train models on this machine for a scheduler elsewhere"),
        description=translate(
            "Train models on this machine for whoever uses a Dask scheduler "
            "(TRADEOFFS_EXECUTOR, sweep --executor). Waits for the scheduler if it is not there "
            "or is restarted; Ctrl-C stops it."
        ),
    )
    one.add_argument(
        "address", help=translate("of the scheduler, such as tcp://host:8786, or tls://host:8786")
    )
    one.add_argument(
        "--processes",
        type=int,
        help=translate("1 to 64, each of one core and some 400 MB (default: TRADEOFFS_WORKERS)"),
    )
    one.set_defaults(run=run)


def run(*, address: str, processes: int | None) -> int:
    """Work until a signal ends it."""
    from tradeoffs.jobs.remote_worker import serve

    count = settings.WORKERS.read() if processes is None else processes
    if not 1 <= count <= 64:
        raise InvalidInput("out_of_range", field="processes", value=count, low=1, high=64)
    serve(address, count)
    return 0
