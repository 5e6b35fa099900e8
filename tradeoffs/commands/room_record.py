"""Record of a room: whether its numbers follow from what it holds, and from training again."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.commands.sweep import read
from tradeoffs.errors import InvalidInput, require
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    from tradeoffs.rooms.options import Options

TOLERANCE = 2e-6  # relative: records keep six digits


def add(actions: Commands) -> None:
    """Add the action and its arguments."""
    one = actions.add_parser(
        "record",
        help="whether the numbers of a record can be computed again",
        description="Compute every number of a record again from what it holds, and say where it "
        "disagrees. Exit code 1: it does.",
    )
    one.add_argument("file", type=Path, metavar="FILE", help="record of a room, as JSON")
    one.add_argument(
        "--retrain",
        action="store_true",
        help="train all its settings again, too; needs the table, so not for somebody's own",
    )
    one.add_argument("--out", help="write the record, too: as .html, .md, .csv or .json")
    add_json(one)
    one.set_defaults(run=run)


def run(*, file: Path, retrain: bool, out: str | None, json: bool, **serving: object) -> int:
    """Print where a record disagrees with what is computed; 1 if it does."""
    require(not serving, "room_record_alone", options=tuple(serving))
    from tradeoffs.rooms.options import Options
    from tradeoffs.rooms.record_documents import FORMATS
    from tradeoffs.rooms.room_record import disagreements, numbers, read_record

    ending = Path(out).suffix.removeprefix(".") if out else ""
    if out and ending not in FORMATS:
        raise InvalidInput("no_such_format", out=out, known=tuple(f".{one}" for one in FORMATS))
    record = read_record(read(file))
    found, count = disagreements(record), numbers(record["computed"])
    again: list[str] | None = None
    if retrain:
        require(bool(record["options"]), "room_record_no_settings")
        again = list(_changes(Options.from_json(record["options"])))
    if out:
        try:
            Path(out).write_text(FORMATS[ending](record), encoding="utf-8")
        except OSError as error:
            raise InvalidInput("cannot_write", file=out, reason=error.strerror) from None
    if json:
        tell(as_json({"numbers": count, "disagreements": found, "retrained": again}))
    else:
        tell("\n".join(_told(count, found, again)))
    return int(bool(found or again))


def _told(count: int, found: list[str], again: list[str] | None) -> Iterator[str]:
    if not found:
        yield f"All {count:,} computed numbers follow from what the record holds."
    yield from found
    if again is not None and not again:
        yield "Trained again, all settings have the results that the record holds."
    yield from again or ()


def _changes(options: "Options") -> Iterator[str]:
    """Yield in what the settings differ when they are trained again; refuse an own table."""
    from tradeoffs.report.documents.setting_summary import versions

    require(bool(options.settings[options.now]["link"]), "room_record_own_table")
    here = versions()
    for part, version in options.versions.items():
        if here.get(part) != version:
            yield f"{part}: version {version} in the record, {here.get(part)} here"
    yield from differences(options, _trained(options))


def differences(told: "Options", now: "Options") -> Iterator[str]:
    """Yield in what results of the same settings differ, an objective each."""
    import numpy as np

    links = [one["link"] for one in now.settings]
    if missing := [one["words"] for one in told.settings if one["link"] not in links]:
        yield f"not measured here: {'; '.join(missing)}"
        return
    again = now.values[:, [links.index(one["link"]) for one in told.settings]]
    same = np.isclose(again, told.values, rtol=TOLERANCE, atol=0)
    for place, one in enumerate(told.objectives):
        other = ~same[..., place]
        if other.any():
            size = np.abs(again[..., place] - told.values[..., place])[other].max()
            count = f"{other.sum():,} of {other.size:,} results differ"
            yield f"{one.title}: {count}, by up to {size:.3g}"


def _trained(options: "Options") -> "Options":
    """Return the same settings, trained in this process and its workers."""
    from tradeoffs.api.sweep_run import run as train
    from tradeoffs.experiments.designs import replicate
    from tradeoffs.report.alternatives import alternatives
    from tradeoffs.rooms.options import options_of

    settings = [_scenario(one["link"]) for one in options.settings]
    every = replicate(settings, len(options.seeds))
    wanted = [one for one in every if one.seed in options.seeds]
    sys.stderr.write(f"{len(wanted):,} models are trained\n")
    results = train(wanted)
    among = alternatives(results.job, settings[options.here or options.now])
    assert among is not None  # all of them were trained
    return options_of(among, options.names)


def _scenario(link: str) -> Scenario:
    fields: dict[str, Any] = dict(parse_qsl(link, keep_blank_values=True))
    return Scenario.from_query(fields)
