"""Export: every table that leaves as CSV goes through here, so that no cell starts a formula.

A spreadsheet computes what begins with one of a few signs, whoever wrote it into a group's name.
An apostrophe in front makes it text.  Source: OWASP, CSV Injection.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

STARTS = tuple("=+-@\t\r\n＝＋－＠")


def csv_text(frame: "pd.DataFrame") -> str:
    """Return a table as CSV, without its index; numbers stay as they are."""
    safe = frame.rename(columns=neutral)
    for place, kind in enumerate(safe.dtypes):
        if kind.kind not in "biufcmM":
            safe.isetitem(place, safe.iloc[:, place].map(neutral))
    return safe.to_csv(index=False)


def neutral(cell: object) -> object:
    """Return a cell that no spreadsheet computes; what is not text stays as it is.

    >>> neutral("=1+1"), neutral("a=1"), neutral(-1.5)
    ("'=1+1", 'a=1', -1.5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS) else cell
