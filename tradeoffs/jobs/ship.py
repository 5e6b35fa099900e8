"""Ship the results of the first screen: `python -m tradeoffs.jobs.ship` writes data/shipped.sqlite.

A first visitor then sees the front at once, while the workers start.  Only measurements are
shipped: weights would be most of the file, and a moved slider trains its models in a second.
"""

import logging

from tradeoffs.jobs.batch import run_all
from tradeoffs.jobs.database import Database
from tradeoffs.jobs.executor import local
from tradeoffs.jobs.store import pack
from tradeoffs.jobs.worker import Machine
from tradeoffs.paths import SHIPPED_STORE
from tradeoffs.pipeline.resolve import resolve
from tradeoffs.pipeline.sections import cloud, sections
from tradeoffs.scenario import Scenario

log = logging.getLogger(__name__)


def shipped() -> list[Scenario]:
    """Return the scenarios of the first screen."""
    first = Scenario()
    return list(dict.fromkeys([*sections(first), *cloud(first)]))


def main() -> None:
    """Train what the first screen shows and write it anew."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    scenarios = shipped()
    results = run_all(scenarios, None, local(Machine.here()))
    rows = [(resolve(r.scenario).result_key, pack(r.measurement)) for r in results]
    SHIPPED_STORE.unlink(missing_ok=True)
    database = Database.at(SHIPPED_STORE)
    database.insert(rows, [])
    # One file without a log beside it, which can be read from a folder that cannot be written.
    database.connection.execute("PRAGMA journal_mode = DELETE")
    database.connection.execute("VACUUM")
    database.close()
    log.info("%d results, %d bytes", len(rows), SHIPPED_STORE.stat().st_size)


if __name__ == "__main__":
    main()
