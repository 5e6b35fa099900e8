"""Report: what the Explorer shows of one setting, as a page, notebook, script or model card."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tradeoffs.commands.arguments import (
    Commands,
    add_fields,
    add_json,
    apply_assignments,
    as_json,
    tell,
)
from tradeoffs.commands.sweep import read
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import translate
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    from tradeoffs.api.setting_report import Report


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "report",
        help=translate("write a report of one setting"),
        description=translate(
            "Compute what the Explorer shows of a setting, training what is not stored, and "
            "write it\nas a page to print, a model card, a notebook, a script or a scenario "
            "file. Unlike in a\nsweep, seed is the Explorer's number: 3 stands for the "
            "training runs 24 to 31."
        ),
    )
    one.add_argument("--scenario", type=Path, help=translate("JSON file of the setting"))
    add_fields(one)
    one.add_argument(
        "--pin",
        action="append",
        default=[],
        metavar=translate("FIELD:VALUE,..."),
        help=translate(
            "a setting to compare it with, given by what differs from the default; may be repeated"
        ),
    )
    one.add_argument(
        "--seeds",
        type=int,
        default=8,
        help=translate("training runs of each setting, 1 to 1000 (default 8)"),
    )
    one.add_argument(
        "--x",
        default="fairness",
        help=translate("objective on the horizontal axis (default fairness)"),
    )
    one.add_argument(
        "--y",
        default="accuracy",
        help=translate("objective on the vertical axis (default accuracy)"),
    )
    one.add_argument(
        "--out",
        default="-",
        help=translate(
            "file to write, by its ending .html, .embed.html (for a page of your own), .md, "
            ".ipynb, .py or .json; - (default) prints the text alone"
        ),
    )
    add_json(one)
    one.set_defaults(run=run)


def run(
    *,
    scenario: Path | None,
    set: Sequence[str],
    pin: Sequence[str],
    seeds: int,
    x: str,
    y: str,
    out: str,
    json: bool,
) -> int:
    """Write one document of a setting."""
    base = Scenario.from_json(read(scenario)) if scenario else Scenario()
    here = apply_assignments(base, set)

    from tradeoffs.api.setting_report import report
    from tradeoffs.report.choice import read_pin
    from tradeoffs.report.documents.catalogue import DOCUMENTS

    endings = {one.ending: name for name, one in DOCUMENTS.items()}
    longest = max((one for one in endings if out.endswith(one)), key=len, default="")
    if out != "-" and not longest:
        raise InvalidInput("no_such_format", out=out, known=tuple(endings))
    beside = [read_pin(text) for text in pin]
    shown = report(here, x=x, y=y, pins=beside, seeds=seeds, store=True)
    if out == "-":
        tell(as_json(_told(shown)) if json else shown.text())
        return 0
    try:
        Path(out).write_text(shown.document(endings[longest]), encoding="utf-8")
    except OSError as error:
        raise InvalidInput("cannot_write", file=out, reason=error.strerror) from None
    return 0


def _told(shown: "Report") -> dict[str, object]:
    """Return what the text says, as a document."""
    cards = [
        {"title": one.title, "value": one.value, "change": one.change, "detail": one.detail}
        for one in shown.picture.cards
    ]
    scenario = shown.picture.view.here.model_dump()
    return {"scenario": scenario, "cards": cards, "sentences": shown.picture.sentences}
