"""Sweep: train and measure many models, one row a model and split."""

import sys
from collections.abc import Sequence
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
from tradeoffs.scenario import Scenario, Sweep

if TYPE_CHECKING:
    import pandas as pd

FORMATS = (".parquet", ".csv", ".json")


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "sweep",
        help="train and measure many models",
        description="Train and measure one model for each combination of the values of the axes "
        "and each seed,\nand write one row for each model and each half of the test rows.",
    )
    one.add_argument("--scenario", type=Path, help="JSON file of the base scenario")
    add_fields(one, axis=True)
    one.add_argument(
        "--seeds",
        type=int,
        default=1,
        help=(
            "training runs of each setting, 1 to 1000, with consecutive seeds from the "
            "scenario's on; to repeat random seed 3 of the explorer, say --set seed=24 "
            "--seeds 8 (3 times 8)"
        ),
    )
    one.add_argument(
        "--out",
        default="-",
        help="file to write, by its ending .parquet, .csv or .json; - (default) writes CSV to "
        "standard output",
    )
    one.add_argument(
        "--no-store",
        action="store_true",
        help="neither read results from the store nor write them to it",
    )
    one.add_argument(
        "--table",
        type=Path,
        metavar="FILE",
        help="train on your own table in this file; no results are stored",
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

    from tradeoffs.api.sweep_run import resolved, run
    from tradeoffs.experiments.total_privacy import compose, composition
    from tradeoffs.jobs.store import Store
    from tradeoffs.report.composition_table import composition_line

    scenarios = resolved(sweep)  # checked before any work
    target = _target(out)
    store = None if no_store or table else Store.here()
    results = run(scenarios, store=store, progress=_progress)
    if store is not None and store.notice:
        sys.stderr.write(f"tradeoffs: {store.notice}\n")
    _write(results.to_pandas(), target, json)
    seen = composition(scenarios)
    sys.stderr.write(composition_line(seen, compose(seen)) + "\n")
    return 0


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
    told = f"{done} of {total} models"
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{told}" + "\n" * (done == total))
    elif done == total:  # in a file lines cannot be written over
        sys.stderr.write(f"{told}\n")
    sys.stderr.flush()
