"""Shifts: what a shift moves in a table, and what it does not."""

from collections.abc import Sequence

from tradeoffs.commands.arguments import (
    Commands,
    add_fields,
    add_json,
    as_json,
    assignment,
    tell,
)
from tradeoffs.data import catalogue
from tradeoffs.data.shifts.compose import DEPLOYMENT, TRAINING, Side
from tradeoffs.language.translation import translate
from tradeoffs.scenario import Scenario


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "shifts",
        help=translate("what a shift moves in a table, and what it does not"),
        description=translate(
            "List the shifts of a table, or measure what some of them change in it."
        ),
    )
    one.add_argument("dataset", help=translate("table: `tradeoffs data list` lists them"))
    one.add_argument(
        "--shift",
        action="append",
        default=[],
        metavar=translate("NAME=INTENSITY"),
        help=translate(
            "NAME or NAME.OPTION, intensity in [0, 1]; without any the shifts are listed"
        ),
    )
    one.add_argument(
        "--at",
        choices=(DEPLOYMENT, TRAINING),
        default=DEPLOYMENT,
        help=translate(
            "whose people are shifted: those a model is used on, or those it is trained on "
            "(default %(default)s)"
        ),
    )
    add_fields(one)
    add_json(one)
    one.set_defaults(run=run)


def run(*, dataset: str, shift: Sequence[str], at: Side, set: Sequence[str], json: bool) -> int:
    """Print what shifts do to the people a model is used on or trained on, or list them."""
    from tradeoffs.experiments.adapt import adapt_to_dataset
    from tradeoffs.experiments.shift_report import shift_report
    from tradeoffs.experiments.shift_sweeps import FIELDS
    from tradeoffs.report.shift_table import catalogue_table, display_diagnostics, sentences

    base, _ = adapt_to_dataset(Scenario(), dataset)
    stated = {FIELDS[at]: [assignment(text) for text in shift]}
    scenario = base.but(shift_intensity=0, **dict(map(assignment, set)), **stated)
    if not shift:
        book = catalogue.dataset(scenario.dataset).codebook
        table = catalogue_table(book, scenario.protected)
        short = table.loc[:, ["shift", "family", "at", "options"]]
        whole = table.to_json(orient="records", force_ascii=False)
        tell(str(whole) if json else short.to_string(index=False, max_colwidth=70))
        return 0
    report = shift_report(scenario, at)
    if json:
        tell(as_json(report.as_json()))
    else:
        numbers = display_diagnostics(report).to_string(index=False)
        tell("\n".join([*sentences(report), "", numbers]))
    return 0
