"""Record of a room: whether its numbers follow from what it holds, and from training again."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.commands.sweep import read
from tradeoffs.errors import InvalidInput, require
from tradeoffs.fronts.replicates import REPORT
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    from tradeoffs.rooms.options import Options

TOLERANCE = 2e-6  # relative: records keep six digits


def add(actions: Commands) -> None:
    """Add the action and its arguments."""
    one = actions.add_parser(
        "record",
        help=translate("whether the numbers of a record can be computed again"),
        description=translate(
            "Compute every number of a record again from what it holds, and say where it "
            "disagrees. Exit code 1: it does."
        ),
    )
    one.add_argument(
        "file", type=Path, metavar=translate("FILE"), help=translate("record of a room, as JSON")
    )
    one.add_argument(
        "--retrain",
        action="store_true",
        help=translate(
            "train all its settings again, too; needs the table, so not for somebody's own"
        ),
    )
    one.add_argument("--out", help=translate("write the record, too: as .html, .md, .csv or .json"))
    add_json(one)
    one.set_defaults(run=run)


def run(*, file: Path, retrain: bool, out: str | None, json: bool, **serving: object) -> int:
    """Print where a record disagrees with what is computed; 1 if it does."""
    require(not serving, "room_record_alone", options=tuple(serving))
    from tradeoffs.rooms.record_documents import FORMATS
    from tradeoffs.rooms.room_record import disagreements, numbers, read_record, unknown_answers

    ending = Path(out).suffix.removeprefix(".") if out else ""
    if out and ending not in FORMATS:
        raise InvalidInput("no_such_format", out=out, known=tuple(f".{one}" for one in FORMATS))
    record = read_record(read(file))
    found, count, others = (
        disagreements(record),
        numbers(record["computed"]),
        unknown_answers(record),
    )
    again = _retrained(record) if retrain else None
    if out:
        try:
            Path(out).write_text(FORMATS[ending](record), encoding="utf-8")
        except OSError as error:
            raise InvalidInput("cannot_write", file=out, reason=error.strerror) from None
    if json:
        retrained = asdict(again) if again else None
        said = {"numbers": count, "disagreements": found, "unchecked": others}
        tell(as_json({**said, "retrained": retrained}))
    else:
        tell("\n".join(_told(count, found, others, again)))
    return int(bool(found or (again and again.faults)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Retrained:
    """In what settings differ that were trained again, in words.

    Attributes:
        results: how many were compared.
        notes: what other versions and processors explain.
        faults: what they do not: a mean outside the interval that the record has, a setting that
            is not measured, another epsilon.
    """

    results: int
    notes: tuple[str, ...]
    faults: tuple[str, ...]


def _told(
    count: int, found: list[str], others: list[str], again: Retrained | None
) -> Iterator[str]:
    if not found:
        yield say("All {n:,} computed numbers follow from what the record holds.", n=count)
    yield from found
    for title in others:
        yield say(
            "Not checked, because it is not shipped here: what the models answer to “{title}”.",
            title=title,
        )
    if again is None:
        return
    yield from again.faults
    yield from again.notes
    if not again.notes and not again.faults:
        yield say(
            "Trained again, all {n:,} results are those that the record holds.", n=again.results
        )
    elif not again.faults:
        yield translate("Trained again, every mean lies within the interval that the record has.")


def _retrained(record: Mapping[str, Any]) -> Retrained:
    from tradeoffs.report.documents.setting_summary import versions
    from tradeoffs.rooms.options import Options

    require(bool(record["options"]), "room_record_no_settings")
    told = Options.from_json(record["options"])
    require(bool(told.settings[told.now]["link"]), "room_record_own_table")
    here = versions()
    other = [
        say(
            "{part}: version {recorded} in the record, {here} here",
            part=part,
            recorded=version,
            here=str(here.get(part)),
        )
        for part, version in told.versions.items()
        if here.get(part) != version
    ]
    return differences(told, _trained(told), other)


def differences(told: "Options", now: "Options", notes: Sequence[str] = ()) -> Retrained:
    """Return in what results of the same settings differ, an objective each.

    Args:
        told: as a record holds them.
        now: as they were trained again.
        notes: on the versions.
    """
    import numpy as np

    links = [one["link"] for one in now.settings]
    if missing := [one["words"] for one in told.settings if one["link"] not in links]:
        faults = (say("not measured here: {settings}", settings=semicolon_text(missing)),)
        return Retrained(results=0, notes=tuple(notes), faults=faults)
    again = now.values[:, [links.index(one["link"]) for one in told.settings]]
    same = np.isclose(again, told.values, rtol=TOLERANCE, atol=0)
    mean = again[REPORT].mean(1)
    low, high = told.intervals[..., 1], told.intervals[..., 2]
    within = np.where(np.isnan(low), same.all((0, 2)), (low <= mean) & (mean <= high))
    noted, faults = [*notes], []
    for place, one in enumerate(told.objectives):
        other = ~same[..., place]
        if other.any():
            size = np.abs(again[..., place][other] - told.values[..., place][other]).max()
            noted.append(
                say(
                    "{title}: {n:,} of {all:,} results differ, by up to {size:.3g}",
                    title=one.title,
                    n=other.sum(),
                    all=other.size,
                    size=size,
                )
            )
        if count := int((~within[:, place]).sum()):
            faults.append(
                say(
                    "{title}: {n:,} of {all:,} means lie outside their intervals",
                    title=one.title,
                    n=count,
                    all=len(within),
                )
            )
    return Retrained(results=same.size, notes=tuple(noted), faults=tuple(faults))


def _trained(options: "Options") -> "Options":
    """Return the same settings, trained in this process and its workers."""
    from tradeoffs.api.sweep_run import run as train
    from tradeoffs.experiments.designs import replicate
    from tradeoffs.report.alternatives import alternatives
    from tradeoffs.rooms.options import options_of

    settings = [_scenario(one["link"]) for one in options.settings]
    every = replicate(settings, len(options.seeds))
    wanted = [one for one in every if one.seed in options.seeds]
    told = say("{n:model is|models are} trained", n=len(wanted))
    sys.stderr.write(f"{told}\n")
    results = train(wanted)
    among = alternatives(results.job, settings[options.here or options.now])
    assert among is not None  # all of them were trained
    return options_of(among, options.names)


def _scenario(link: str) -> Scenario:
    fields: dict[str, Any] = dict(parse_qsl(link, keep_blank_values=True))
    return Scenario.from_query(fields)
