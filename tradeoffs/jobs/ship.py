"""Ship the results of the first screen: `python -m tradeoffs.jobs.ship` writes data/shipped.sqlite.

A first visitor then sees the front at once, while the workers start.  Only measurements are
shipped: weights would be most of the file, and a moved slider trains its models in a second.
"""

import logging
from collections.abc import Iterable
from pathlib import Path

from tradeoffs.experiments.designs import grid, slices
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.batch import run_all
from tradeoffs.jobs.database import Database
from tradeoffs.jobs.executor import local
from tradeoffs.jobs.store import rows_of
from tradeoffs.jobs.worker import Machine
from tradeoffs.paths import SHIPPED_STORE
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario

log = logging.getLogger(__name__)


def first_screen_scenarios() -> list[Scenario]:
    """Return the scenarios of the first screen."""
    first = Scenario()
    return list(dict.fromkeys([*slices(first), *grid(first)]))


def main() -> None:
    """Train what the first screen shows and write it anew."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    results = run_all(first_screen_scenarios(), None, local(Machine.here()))
    write(SHIPPED_STORE, results)
    log.info("%d results, %d bytes", len(results), SHIPPED_STORE.stat().st_size)


def write(path: Path, results: Iterable[Result]) -> None:
    """Write a file anew that holds results, one that can be read where nothing can be written."""
    path.unlink(missing_ok=True)
    database = Database.at(path)
    database.insert(rows_of((resolve(r.scenario).result_key, r.measurement) for r in results))
    # One file without a log beside it, which can be read from a folder that cannot be written.
    database.connection.execute("PRAGMA journal_mode = DELETE")
    database.connection.execute("VACUUM")
    database.close()


if __name__ == "__main__":
    main()
