"""Remedies: what is on offer, who keeps control, and what it takes."""

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.language.translation import translate


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "remedies",
        help=translate(
            "the remedies on offer: sharing data, adapting a model, training together, mitigating"
        ),
        description=translate(
            "List the remedies among communities and the stages of mitigation: the parameter "
            "of each, what leaves\na community, and which privacy mechanisms it allows."
        ),
    )
    one.add_argument("action", choices=("list",), help=translate("list: all of them"))
    add_json(one)
    one.set_defaults(run=run)


def run(*, action: str, json: bool) -> int:
    """Print every remedy: a table, or all that its entry says."""
    del action
    from tradeoffs.report.remedy_list import remedy_list, remedy_text

    tell(as_json({"remedies": remedy_list()}) if json else remedy_text())
    return 0
