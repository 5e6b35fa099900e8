"""Data: the bundled tables, or one of your own."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.commands.own import Stated, add_choices, file_format, missing_options, own_table_of
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import translate


def add(commands: Commands) -> None:
    """Add the command and its actions."""
    one = commands.add_parser("data", help=translate("the bundled tables, or one of your own"))
    actions = one.add_subparsers(required=True, metavar=translate("ACTION"))
    told = translate("describe a CSV, Excel or Parquet file, and propose a codebook for it")
    listed = actions.add_parser(
        "list", help=translate("what is bundled"), description=translate("List the bundled tables.")
    )
    cut = actions.add_parser(
        "communities",
        help=translate("of a table, and how many people each has"),
        description=translate(
            "List how a table can be cut into communities, with the people of each."
        ),
    )
    cut.add_argument("dataset", help=translate("a bundled table"))
    cut.add_argument("--label", help=translate("what is predicted; the first one by default"))
    cut.add_argument("--cut", help=translate("one cut, such as place or towns.9; all by default"))
    checked = actions.add_parser(
        "check",
        help=translate("check tables against published figures; 2 if one differs"),
        description=translate(
            "Compare the bundled tables with published figures. Exit code 2: one differs."
        ),
    )
    imported = actions.add_parser("import", help=told, description=told)
    imported.add_argument(
        "table",
        type=Path,
        metavar=translate("FILE"),
        help=translate("of at most 50 MB and 500 columns"),
    )
    add_choices(imported)
    for two, run in (
        (listed, show_list),
        (cut, show_communities),
        (checked, show_checks),
        (imported, import_table),
    ):
        add_json(two)
        two.set_defaults(run=run)


def show_list(*, json: bool) -> int:
    """Print the bundled tables."""
    from tradeoffs.data.table_list import list_tables, report

    found = list_tables()
    tell(as_json(found) if json else report(found))
    return 0


def show_communities(*, dataset: str, label: str | None, cut: str | None, json: bool) -> int:
    """Print how a table can be cut into communities."""
    from tradeoffs.data.communities.community_list import list_communities, report

    found = list_communities(dataset, label, cut)
    tell(as_json(found) if json else report(found))
    return 0


def show_checks(*, json: bool) -> int:
    """Print how the bundled tables compare with published figures; 2 if one differs."""
    from tradeoffs.data.check import check, report

    checks = check()
    tell(as_json([asdict(line) for line in checks]) if json else report(checks))
    return 0 if all(line.ok for line in checks) else 2


def import_table(*, json: bool, **stated: Any) -> int:
    """Print what a file holds; with every choice made, what becomes of it."""
    from tradeoffs.data.upload.summary import document, summary

    if missing_options(stated):
        return _look(stated, json)
    own = own_table_of(stated)
    tell(as_json(document(own)) if json else summary(own))
    return 0


def _look(stated: Stated, json: bool) -> int:
    """Print what was read of a file, and what still has to be decided."""
    from tradeoffs.data.upload.import_report import look
    from tradeoffs.data.upload.own_table import content_of
    from tradeoffs.data.upload.read import read
    from tradeoffs.data.upload.summary import inspection

    report = look(read(content_of(stated["table"]), file_format(stated)))
    tell(as_json(report.document()) if json else inspection(report))
    raise InvalidInput("own_table_needs", options=missing_options(stated))
