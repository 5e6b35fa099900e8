"""Own: what has to be decided about a table of one's own, and the table."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tradeoffs.errors import InvalidInput

if TYPE_CHECKING:
    from tradeoffs.data.own.table import Own


def add_choices(one: argparse.ArgumentParser) -> None:
    """Add what has to be decided about an own table."""
    group = one.add_argument_group("own table")
    group.add_argument("--label", metavar="COLUMN", help="to be predicted")
    group.add_argument("--favourable", metavar="VALUE", help="of the label; or '>=N'")
    group.add_argument("--protected", metavar="A,B", help="columns whose groups are compared")
    group.add_argument("--columns", metavar="A,B", help="that models see (default: all that can)")
    group.add_argument("--codebook", type=Path, metavar="JSON", help="given instead of proposed")


def own_table_of(options: argparse.Namespace) -> "Own":
    """Return the table of a file, coded as was decided.

    Raises:
        InvalidInput: a choice is missing, or the file cannot be used; names column and bound.
    """
    from tradeoffs.data.own.table import Choices, own_table

    for name in ("label", "favourable", "protected"):
        if getattr(options, name) is None:
            raise InvalidInput(f"an own table needs --{name}")
    columns = None if options.columns is None else _listed(options.columns)
    choices = Choices(
        label=options.label,
        favourable=options.favourable,
        protected=_listed(options.protected),
        columns=columns,
    )
    given = None if options.codebook is None else _bytes(options.codebook)
    return own_table(_bytes(options.table), choices, given)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part.strip())


def _bytes(path: Path) -> bytes:
    """Return the content of a file, no more of it than can be used."""
    from tradeoffs.data.own.reading import MEGABYTE, MOST_MEGABYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_MEGABYTES * MEGABYTE + 1)
    except OSError as error:
        raise InvalidInput(f"cannot read {path}: {error.strerror}") from None
