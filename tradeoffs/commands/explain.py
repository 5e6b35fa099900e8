"""Explain: one person's decision, in words or for a specialist."""

from collections.abc import Sequence

from tradeoffs.commands.arguments import (
    Commands,
    add_fields,
    add_json,
    apply_assignments,
    as_json,
    assignment,
    tell,
)
from tradeoffs.language.translation import translate
from tradeoffs.scenario import Scenario


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "explain",
        help=translate("explain one person's decision"),
        description=translate(
            "Explain one decision. The person is a composite, never a row of the table."
        ),
    )
    add_fields(one)
    who = one.add_mutually_exclusive_group()
    who.add_argument(
        "--row", type=int, metavar="N", help=translate("the N-th composite person, from 1")
    )
    who.add_argument(
        "--case", metavar=translate("NAME"), help=translate("the composite person of that name")
    )
    one.add_argument(
        "--person",
        action="append",
        default=[],
        metavar=translate("FEATURE=VALUE"),
        help=translate(
            "change the person, or describe a whole one: 42, Private or the words of a bin"
        ),
    )
    one.add_argument(
        "--seeds",
        type=int,
        default=8,
        help=translate("training runs of each setting, 1 to 1000 (default 8, as in the explorer)"),
    )
    add_json(one)
    one.set_defaults(run=run)


def run(
    *,
    set: Sequence[str],
    row: int | None,
    case: str | None,
    person: Sequence[str],
    seeds: int,
    json: bool,
) -> int:
    """Print one person's explanation at a setting: for a person, or as JSON for a specialist."""
    scenario = apply_assignments(Scenario(), set)
    typed = dict(assignment(text) for text in person)

    from tradeoffs.api.person_explanation import explain

    who = case if row is None else row
    if who is None and not typed:
        who = 1  # the first composite person
    found = explain(scenario, who, typed, seeds=seeds, store=True)
    document = {
        "scenario": scenario.model_dump(),
        "title": found.title,
    } | found.comparison.to_dict()
    tell(as_json(document) if json else found.text())
    return 0
