"""Load a table of one's own: from a CSV, Excel or Parquet file, or a pandas DataFrame."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tradeoffs.api.display import Display
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.data.upload.options import Choices, Writing
from tradeoffs.data.upload.own_table import Own, content_of, own_table
from tradeoffs.data.upload.summary import summary
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt_to_dataset
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Names = str | Sequence[str]


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class OwnTable(Display):
    """A table of one's own, in the memory of this process alone.

    Attributes:
        own: codebook, codes, and the report on how it was read.
        name: what scenarios call it, and take along; follows from its content and what was stated.
    """

    own: Own
    name: TableHandle

    def scenario(self, **fields: Any) -> Scenario:
        """Return a scenario on this table; its label, first protected column and size are default.

        Raises:
            InvalidInput: a field is unknown or out of its bounds.
        """
        return adapt_to_dataset(Scenario(), self.name)[0].but(**fields)

    def table(self) -> pd.DataFrame:
        """Return a row a column: how it was read, what it is used for, or why it is left out."""
        import pandas as pd

        return pd.DataFrame(self.own.report.document()["columns"])

    def text(self) -> str:
        """Return what was read, what epsilon does not cover, the bins, and the groups' sizes."""
        return summary(self.own)


def load_table(
    source: str | Path | pd.DataFrame,
    *,
    label: str,
    favourable: Names,
    protected: Names,
    unfavourable: Names = (),
    columns: Names | None = None,
    drop: Names = (),
    id: str | None = None,
    weight: str | None = None,
    bins: Mapping[str, Sequence[float]] | None = None,
    merge: Mapping[str, Mapping[str, str]] | None = None,
    nominal: Names = (),
    numeric: Names = (),
    encoding: str | None = None,
    separator: str | None = None,
    decimal: str | None = None,
    header: bool | None = None,
    missing: Names | Mapping[str, Names] | None = None,
    codebook: str | Path | None = None,
) -> OwnTable:
    """Return a table of one's own, ready for scenarios; nothing about the label is guessed.

    It stays in the memory of this process.  Bins that are read off its rows are not covered by
    epsilon: give `bins` or a `codebook` for columns that need it.

    Args:
        source: a CSV, Excel (.xlsx) or Parquet file of at most 50 MB, or a DataFrame, whose index
            is left out.
        label: column to be predicted.
        favourable: its values that a person would want, or ">=N" for numbers of at least N.
        protected: one to four columns whose groups are compared.
        unfavourable: the other values of the label; a value that is in neither is left out with
            its rows.  May be left out where the label has two values.
        columns: that models see; None takes all that can be used.
        drop: columns that are left out.
        id: column that tells whose row it is, where persons have several.
        weight: column of survey weights, by which figures are weighted; models do not see it.
        bins: where numbers are cut: column to edges, upwards.
        merge: values taken together: column to {value: word for them}.
        nominal: columns of codes: digits that are names.
        numeric: columns of amounts, though zeros stand in front of their digits.
        encoding: of a text file, as "utf-8"; found by looking, or asked, as are the next ones.
        separator: of cells: "," ";" "|" or a tab.
        decimal: sign before decimals: "." or ",".
        header: whether the first row holds the names of columns.
        missing: words of missing cells, for all columns or by column.
        codebook: JSON file of a codebook, given instead of proposed.

    Raises:
        Question: the file leaves something open; its `option` names the argument that states it.
        InvalidInput: the file or an argument cannot be used; names column and bound.

    >>> import pandas as pd
    >>> import tradeoffs as to
    >>> ages = [20 + 7 * n % 41 for n in range(600)]
    >>> people = pd.DataFrame({"age": ages, "sex": ["f", "m"] * 300})
    >>> people["hired"] = ["yes" if age > 35 else "no" for age in ages]
    >>> table = to.load_table(people, label="hired", favourable="yes", protected="sex")
    >>> here = table.scenario(epsilon=None)
    >>> here.label, here.protected, here.rows
    ('hired', 'sex', 361)
    """
    choices = Choices(
        label=label,
        favourable=_listed(favourable),
        unfavourable=_listed(unfavourable),
        protected=_listed(protected),
        columns=None if columns is None else _listed(columns),
        drop=_listed(drop),
        id=id,
        weight=weight,
        bins={name: tuple(edges) for name, edges in (bins or {}).items()},
        merge=merge or {},
    )
    writing = Writing(
        encoding=encoding,
        separator=separator,
        decimal=decimal,
        header=header,
        missing=None if missing is None or isinstance(missing, Mapping) else _listed(missing),
        missing_in={n: _listed(w) for n, w in missing.items()}
        if isinstance(missing, Mapping)
        else {},
        nominal=_listed(nominal),
        numeric=_listed(numeric),
    )
    given = None if codebook is None else content_of(Path(codebook))
    content = Path(source) if isinstance(source, (str, Path)) else _parquet(source)
    own = own_table(content, choices, given, writing=writing)
    return OwnTable(own=own, name=TableHandle(own.whole))


def _listed(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _parquet(frame: pd.DataFrame) -> bytes:
    """Return a frame as the content of a file, so that it is checked as files are."""
    if not hasattr(frame, "to_parquet"):
        raise InvalidInput("no_table", source=frame)
    into = io.BytesIO()
    try:
        frame.to_parquet(into, index=False)
    except (ValueError, TypeError, NotImplementedError) as error:  # of pyarrow and pandas
        told = " ".join(str(error).split())
        raise InvalidInput("frame_unusable", reason=told) from None
    return into.getvalue()
