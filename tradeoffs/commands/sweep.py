"""Sweep: train and measure many models, one row a model and split."""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tradeoffs.commands.arguments import (
    Commands,
    add_fields,
    add_json,
    apply_assignments,
    assignment,
)
from tradeoffs.commands.own import Stated, add_choices, own_table_of
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import say, translate
from tradeoffs.scenario import Scenario, Sweep

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor, Future

    import pandas as pd
    from tqdm import tqdm

    from tradeoffs.experiments.total_privacy import ComposedLoss, Composition

FORMATS = (".parquet", ".csv", ".json")
BAR_SECONDS, LINE_SECONDS = 0.5, 60.0  # between two looks of the bar on a terminal, in a file


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "sweep",
        help=translate("train and measure many models"),
        description=translate(
            "Train and measure one model for each combination of the values of the axes "
            "and each seed,\nand write one row for each model and each half of the test rows."
        ),
    )
    one.add_argument("--scenario", type=Path, help=translate("JSON file of the base scenario"))
    add_fields(one, axis=True)
    one.add_argument(
        "--seeds",
        type=int,
        default=1,
        help=(
            translate(
                "training runs of each setting, 1 to 1000, with consecutive seeds from the "
                "scenario's on; to repeat random seed 3 of the explorer, say --set seed=24 "
                "--seeds 8 (3 times 8)"
            )
        ),
    )
    one.add_argument(
        "--out",
        default="-",
        help=translate(
            "file to write, by its ending .parquet, .csv or .json; - (default) writes CSV to "
            "standard output; a folder, with a / at its end, takes Parquet files, a thousand "
            "models each, and the same command goes on where it was stopped"
        ),
    )
    one.add_argument(
        "--executor",
        metavar=translate("ADDRESS"),
        help=translate(
            "where to train: local, for processes of this machine, or the address of a Dask "
            "scheduler, such as tcp://host:8786; default as TRADEOFFS_EXECUTOR says"
        ),
    )
    one.add_argument(
        "--no-store",
        action="store_true",
        help=translate(
            "neither read results from the store nor write them to it; so it is with a folder"
        ),
    )
    one.add_argument(
        "--table",
        type=Path,
        metavar=translate("FILE"),
        help=translate("train on your own table in this file; no results are stored"),
    )
    add_json(one)
    add_choices(one)
    one.set_defaults(run=run)


def run(
    *,
    scenario: Path | None,
    set: Sequence[str],
    axis: Sequence[str],
    seeds: int,
    out: str,
    executor: str | None,
    no_store: bool,
    table: Path | None,
    json: bool,
    **stated: Any,
) -> int:
    """Run a sweep and write one row a model and split."""
    base = Scenario.from_json(read(scenario)) if scenario else Scenario()
    if table:
        base = _on_own_table(base, {**stated, "table": table})
    sweep = Sweep(base=apply_assignments(base, set), axes=_axes(axis), seeds=seeds)

    if _is_folder(out):
        return _run_into(Path(out), sweep, executor)

    from tradeoffs.api.sweep_run import resolved, run
    from tradeoffs.experiments.total_privacy import composition
    from tradeoffs.jobs.store import Store

    scenarios = resolved(sweep)  # checked before any work
    target = _target(out)
    store = None if no_store or table else Store.here()
    results = run(scenarios, executor=executor, store=store, progress=_progress)
    if store is not None and store.notice:
        sys.stderr.write(f"tradeoffs: {store.notice}\n")
    _write(results.to_pandas(), target, json)
    _tell_composition(composition(scenarios))
    return 0


def _tell_composition(seen: "Composition", composed: "ComposedLoss | None" = None) -> None:
    from tradeoffs.experiments.total_privacy import compose
    from tradeoffs.report.composition_table import composition_line

    sys.stderr.write(composition_line(seen, composed or compose(seen)) + "\n")


def _is_folder(out: str) -> bool:
    return out.endswith(("/", os.sep)) or Path(out).is_dir()


def _run_into(folder: Path, sweep: Sweep, executor: str | None) -> int:
    """Write a sweep into a folder."""
    from tradeoffs.api.sweep_parts import run_parts
    from tradeoffs.api.sweep_run import LARGEST_TABLE, open_at, tasks_at_once

    workers = _Workers(lambda: open_at(executor), _composition(sweep))
    with closing(_Bar()) as bar:
        at_once = tasks_at_once(executor)
        plan = run_parts(sweep, folder, workers, at_once=at_once, progress=bar)
    told = say(
        "{models:,} models in {files:file|files} of {folder}",
        models=plan.models,
        files=len(plan.sizes),
        folder=str(folder),
    )
    sys.stderr.write(f"{told}\n")
    if workers.seen:
        _tell_composition(workers.seen, workers.composed())
    else:
        told = say("seen together: not computed for more than {most:,} models", most=LARGEST_TABLE)
        sys.stderr.write(f"{told}\n")
    return 0


def _composition(sweep: Sweep) -> "Composition | None":
    """Return what a sweep shows; None if it is too large."""
    from tradeoffs.api.sweep_run import LARGEST_TABLE
    from tradeoffs.experiments.total_privacy import composition

    some = list(islice(sweep, LARGEST_TABLE + 1))
    return composition(some) if len(some) <= LARGEST_TABLE else None


class _Workers:
    """Opens workers, who first compose what all models lose: this process would load torch for it.

    Attributes:
        seen: what is composed, if anything.
    """

    def __init__(self, open_executor: "Callable[[], Executor]", seen: "Composition | None") -> None:
        self._open, self.seen = open_executor, seen
        self._composing: Future[ComposedLoss] | None = None

    def __call__(self) -> "Executor":
        """Return the workers."""
        from tradeoffs.experiments.total_privacy import compose

        executor = self._open()
        if self.seen and self._composing is None:  # once, whatever becomes of those workers
            with suppress(BrokenExecutor):  # the next task tells so
                self._composing = executor.submit(compose, self.seen)
        return executor

    def composed(self) -> "ComposedLoss | None":
        """Return what they found; None if they were not asked, or ended before."""
        one = self._composing
        there = one is not None and one.done() and not one.cancelled() and not one.exception()
        return one.result() if one and there else None


class _Bar:
    """A bar that begins with the first model; in a file, a line a minute."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Tell how many models are there; the first call, what was there before."""
        if self._bar is None:
            from tqdm import tqdm

            every = BAR_SECONDS if sys.stderr.isatty() else LINE_SECONDS
            self._bar = tqdm(total=total, initial=done, unit=translate("model"), mininterval=every)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the line."""
        if self._bar is not None:
            self._bar.close()


def _axes(stated: Sequence[str]) -> dict[str, list[str]]:
    """Return fields with their values; raise InvalidInput where a field is stated twice."""
    axes: dict[str, list[str]] = {}
    for field, values in map(assignment, stated):
        if field in axes:
            raise InvalidInput("axis_twice", name=field)
        axes[field] = values.split(",")
    return axes


def _on_own_table(base: Scenario, stated: Stated) -> Scenario:
    """Return a scenario moved to the table of a file, which it takes along."""
    from tradeoffs.data.table_handle import TableHandle
    from tradeoffs.experiments.adapt import adapt_to_dataset

    own = own_table_of(stated)
    for warning in own.warnings:
        sys.stderr.write(f"tradeoffs: {warning}\n")
    return adapt_to_dataset(base, TableHandle(own.whole))[0]


def read(path: Path) -> str:
    """Return the text of a file; InvalidInput says why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("cannot_read", file=str(path), reason=str(error)) from None


def _target(out: str) -> Path | None:
    """Return where to write, checked before any work; None is standard output."""
    if out == "-":
        return None
    path = Path(out)
    if path.suffix not in FORMATS:
        raise InvalidInput("no_such_format", out=out, known=tuple(FORMATS))
    try:
        with path.open("ab"):  # creates it, or leaves what is there
            pass
    except OSError as error:
        raise InvalidInput("cannot_write", file=out, reason=error.strerror) from None
    return path


def _write(frame: "pd.DataFrame", target: Path | None, json: bool) -> None:
    from tradeoffs.report.export import csv_text

    try:
        if target is None and json:
            frame.to_json(sys.stdout, orient="records", double_precision=15)
        elif target is None:
            sys.stdout.write(csv_text(frame))
        elif target.suffix == ".parquet":
            frame.to_parquet(target, index=False)
        elif target.suffix == ".csv":
            target.write_text(csv_text(frame), encoding="utf-8", newline="")
        else:
            frame.to_json(target, orient="records", double_precision=15)
    except OSError as error:
        raise InvalidInput("cannot_write", file=str(target), reason=error.strerror) from None


def _progress(done: int, total: int) -> None:
    told = say("{done} of {total} models", done=done, total=total)
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{told}" + "\n" * (done == total))
    elif done == total:  # in a file lines cannot be written over
        sys.stderr.write(f"{told}\n")
    sys.stderr.flush()
