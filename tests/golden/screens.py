"""Screens: seven settings, and all that the Explorer draws and says of stored results, as numbers.

`python -m tests.golden.screens` trains what is absent from the store beside it and writes both the
store and what is expected anew; a commit that does so says what changed, and why.
"""

import json
import math
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from tradeoffs.data.catalogue import dataset
from tradeoffs.experiments.designs import grid, slices
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs import ship
from tradeoffs.jobs.batch import run_all
from tradeoffs.jobs.executor import local
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Machine
from tradeoffs.paths import SHIPPED_STORE
from tradeoffs.report.payload import Picture, picture
from tradeoffs.report.view import records
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario

HERE = Path(__file__).parent
STORE, EXPECTED = HERE / "results.sqlite", HERE / "expected.json"
SEEDS = 3  # of all but the first screen, whose results, a cloud too, are shipped
SMALL = {"rows": 300, "width": 4}


@dataclass(frozen=True, kw_only=True, slots=True)
class Golden:
    """One screen: its setting and its axes."""

    here: Scenario
    x: str = "fairness"
    y: str = "accuracy"

    @property
    def scenarios(self) -> list[Scenario]:
        """All that is on it."""
        if self.here == Scenario():
            return list(dict.fromkeys([*slices(self.here), *grid(self.here)]))
        return slices(self.here, SEEDS)


def _of(**fields: Any) -> Scenario:
    entry = dataset(fields["dataset"])
    first = {"label": entry.labels[0], "protected": entry.protected[0]}
    return Scenario.of(**{**SMALL, **first, **fields})


SCREENS: Mapping[str, Golden] = {
    "first screen": Golden(here=Scenario()),
    "several groups": Golden(
        here=_of(
            dataset="compas",
            protected="race",
            notion="equal_opportunity",
            stage="threshold_optimizer",
            epsilon=None,
            max_gap=0.0,
        )
    ),
    "before training, least epsilon": Golden(
        here=_of(dataset="loanapp", stage="reweighing", epsilon=0.05, max_gap=None),
        x="privacy",
    ),
    "no privacy, tightest bound": Golden(
        here=_of(dataset="meps", epsilon=None, max_gap=0.0, notion="equalized_odds"),
        y="explainability",
    ),
    "several shifts": Golden(
        here=_of(
            dataset="gss",
            stage="correlation_remover",
            width=0,
            epsilon=None,
            max_gap=None,
            shift="prior",
            shift_intensity=0.5,
            other_shifts="flips:0.25+missing:0.25",
            training_shifts="opt_out.black:0.5",
        )
    ),
    "after training, no hidden unit": Golden(
        here=_of(
            dataset="hmda", stage="group_thresholds", rows=1_000, width=0, max_gap=0.0, epsilon=3.0
        )
    ),
    "largest model, worst error": Golden(
        here=_of(dataset="wiki_toxicity", notion="minimax", width=32, max_gap=None, epsilon=1.0),
        x="privacy",
        y="fairness",
    ),
}


def arrived(golden: Golden, store: Store) -> Job:
    """Return a job of a screen whose results are all there."""
    plans = [resolve(one) for one in golden.scenarios]
    job = Job(plans, stored=store.decisions)
    job.deliver(store.results((plan.result_key for plan in plans), decisions=False))
    return job


def stored(scenarios: Iterable[Scenario], store: Store) -> list[Result]:
    """Return the stored results of some scenarios.

    Raises:
        KeyError: one is not stored.
    """
    plans = [resolve(one) for one in scenarios]
    found = store.results(plan.result_key for plan in plans)
    return [Result(scenario=plan.scenario, measurement=found[plan.result_key]) for plan in plans]


def seen(golden: Golden, store: Store) -> Picture:
    """Return one screen."""
    job = arrived(golden, store)
    made = picture(job, golden.here, golden.x, golden.y)
    assert made is not None
    return made


def drawn(golden: Golden, store: Store) -> dict[str, Any]:
    """Return what one screen draws and says, as JSON has it: rows as column -> value."""
    made = seen(golden, store)
    shown = made.view
    return _plain(
        {
            "points": _rows(shown.table),
            "sections": {name: _rows(pd.DataFrame(rows)) for name, rows in shown.slices.items()},
            "band": [
                {"percentile": level, "x": x, "y": y}
                for level, corners in shown.band.stairs.items()
                for x, y in corners
            ],
            "spans": made.spans,
            "setting": shown.here_row,
            "baseline": shown.baseline_row,
            "cards": [
                [card.name, card.title, card.value, card.change, card.detail] for card in made.cards
            ],
            "sentences": made.sentences,
        }
    )


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows without the columns that are alike in all of them."""
    rows = records(table)
    varied = [name for name in table if len({repr(row[name]) for row in rows}) > 1]
    return [{str(name): row[name] for name in varied or table} for row in rows]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; what is not measured is null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        return (
            float(f"{value:.9g}")
            if math.isfinite(value)
            else (None if value != value else str(value))
        )
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def opened(folder: Path) -> Store:
    """Return the stored results of all screens, from a copy in a folder."""
    return Store(Path(shutil.copy(STORE, folder)), SHIPPED_STORE)


def write() -> None:
    """Train all but the first screen and write the store and what is expected."""
    wanted = [one for golden in SCREENS.values() for one in golden.scenarios]
    wanted = list(dict.fromkeys(wanted))
    first = set(SCREENS["first screen"].scenarios)
    results = run_all([one for one in wanted if one not in first], None, local(Machine.here()))
    ship.write(STORE, results)
    with TemporaryDirectory() as folder:
        store = opened(Path(folder))
        expected = {name: drawn(golden, store) for name, golden in SCREENS.items()}
        store.close()
    EXPECTED.write_text(json.dumps(expected, indent=0, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write()
