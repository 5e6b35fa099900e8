"""Own: what has to be stated and decided about a table of one's own, and the table."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import translate

if TYPE_CHECKING:
    from tradeoffs.data.upload.options import Choices, Writing
    from tradeoffs.data.upload.own_table import Own

Stated = Mapping[str, Any]  # option -> value
NEEDED = ("label", "favourable", "protected")


def add_choices(one: argparse.ArgumentParser) -> None:
    """Add what can be stated and has to be decided about an own table."""
    group = one.add_argument_group(
        translate("own table", "of options"),
        translate(
            "Columns go by header or by short name (letters, digits, underscores). Exit code 2:\n"
            "the file or an option cannot be used, or the file leaves something open; one\n"
            "message names the option that states it."
        ),
    )
    several = {"action": "append", "default": []}
    group.add_argument("--label", metavar=translate("COLUMN"), help=translate("column to predict"))
    group.add_argument(
        "--favourable",
        metavar="A|B",
        action="append",
        help=translate("answers of the label that a person would want; or '>=N'"),
    )
    group.add_argument(
        "--unfavourable",
        metavar="A|B",
        **several,
        help=translate("the other answers; what is in neither is left out"),
    )
    group.add_argument(
        "--protected", metavar="A,B", help=translate("columns whose groups are compared")
    )
    group.add_argument(
        "--columns",
        metavar="A,B",
        help=translate("columns that models see (default: every usable one)"),
    )
    group.add_argument("--drop", metavar="A,B", default="", help=translate("columns to leave out"))
    group.add_argument(
        "--id",
        metavar=translate("COLUMN"),
        help=translate("column that identifies a person, if a person can have several rows"),
    )
    group.add_argument(
        "--weight",
        metavar=translate("COLUMN"),
        help=translate("survey weights for the results; models do not see them"),
    )
    group.add_argument(
        "--nominal",
        metavar="A,B",
        default="",
        help=translate("columns of digits that are codes, not amounts"),
    )
    group.add_argument(
        "--numeric",
        metavar="A,B",
        default="",
        help=translate("columns to read as numbers although some begin with 0"),
    )
    group.add_argument(
        "--bins",
        metavar=translate("COLUMN=N,N"),
        **several,
        help=translate("where to cut a numeric column into bins"),
    )
    group.add_argument(
        "--merge",
        metavar=translate("COLUMN=A|B=>C"),
        **several,
        help=translate("values to merge into one"),
    )
    group.add_argument(
        "--codebook",
        type=Path,
        metavar="JSON",
        help=translate("use this codebook instead of proposing one"),
    )
    file = one.add_argument_group(translate("format of its file (detected where it can be)"))
    file.add_argument(
        "--encoding",
        metavar=translate("NAME"),
        help=translate("such as utf-8, windows-1252 or cp850"),
    )
    file.add_argument(
        "--separator", metavar=translate("SIGN"), help=translate("comma, semicolon, tab or pipe")
    )
    file.add_argument("--decimal", metavar=translate("SIGN"), help=translate("point or comma"))
    file.add_argument(
        "--header",
        action=argparse.BooleanOptionalAction,
        help=translate("whether the first row holds names"),
    )
    file.add_argument(
        "--missing",
        metavar=translate("[COLUMN=]A,B"),
        **several,
        help=translate("words of missing cells (default: NA, N/A, NaN, null, ?)"),
    )


def own_table_of(stated: Stated) -> "Own":
    """Return the table of a file, coded as was decided.

    Raises:
        Question: the file or a choice leaves something open.
        InvalidInput: a choice is missing, or the file cannot be used; names column and bound.
    """
    from tradeoffs.data.upload.own_table import content_of, own_table

    for name in NEEDED:
        if not stated[name]:
            raise InvalidInput("own_table_needs", options=(f"--{name}",))
    given = None if stated["codebook"] is None else content_of(stated["codebook"])
    return own_table(stated["table"], choices(stated), given, writing=file_format(stated))


def choices(stated: Stated) -> "Choices":
    """Return what was decided about columns."""
    from tradeoffs.data.upload.options import Choices, bins_of, merges_of

    return Choices(
        label=stated["label"],
        favourable=tuple(stated["favourable"]),
        unfavourable=tuple(stated["unfavourable"]),
        protected=_listed(stated["protected"]),
        columns=None if stated["columns"] is None else _listed(stated["columns"]),
        drop=_listed(stated["drop"]),
        id=stated["id"],
        weight=stated["weight"],
        bins=bins_of(stated["bins"]),
        merge=merges_of(stated["merge"]),
    )


def file_format(stated: Stated) -> "Writing":
    """Return what was stated of how the file is written."""
    from tradeoffs.data.upload.options import DECIMALS, SEPARATORS, Writing, missing_of

    everywhere, single = missing_of(stated["missing"])
    return Writing(
        encoding=stated["encoding"],
        separator=_sign(stated["separator"], SEPARATORS),
        decimal=_sign(stated["decimal"], DECIMALS),
        header=stated["header"],
        missing=everywhere,
        missing_in=single,
        nominal=_listed(stated["nominal"]),
        numeric=_listed(stated["numeric"]),
    )


def _sign(stated: str | None, known: Mapping[str, str]) -> str | None:
    """Return the sign of a name; what is no name is taken as the sign."""
    names = {name: sign for sign, name in known.items()}
    return None if stated is None else names.get(stated.strip().lower(), stated)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part.strip())


def missing_options(stated: Stated) -> tuple[str, ...]:
    """Return the options that an own table still needs."""
    return tuple(f"--{name}" for name in NEEDED if not stated[name])
