"""Raw columns: what a reader of any format found, as text, with the bounds that hold for all."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tradeoffs.data.upload.sanitize import plain
from tradeoffs.errors import InvalidInput

if TYPE_CHECKING:  # read where a file is read: pages start without it
    import pyarrow as pa

MEGABYTE = 2**20
MOST_MEGABYTES = 50  # at the command line and in the API
MOST_ROWS = 1_000_000
MOST_COLUMNS = 500  # of the file
LONGEST_CELL = 10_000  # characters
_CHUNK = 5_000  # rows that are lists of Python texts at a time


@dataclass(kw_only=True, slots=True)
class Raw:
    """A file as text.

    Attributes:
        first: the first row, which may be a header.
        columns: the rows below it, one array of text a column.
        facts: how it was read: "kind", "encoding", "separator", "blank", ...
    """

    first: list[str]
    columns: "list[pa.ChunkedArray]"
    facts: dict[str, Any] = field(default_factory=dict)


class Builder:
    """Rows go in, columns come out; blank rows are counted and left out."""

    def __init__(self) -> None:
        """Begin without a row."""
        self.first: list[str] = []
        self.place = ""  # of the row that is added, in words
        self.blank = self.rows = 0
        self._waiting: list[list[str]] = []
        self._chunks: list[list[Any]] = []

    def add(self, row: list[str]) -> None:
        """Add a row.

        Raises:
            InvalidInput: it is longer or shorter than the first, or there are too many.
        """
        if not any(cell and not cell.isspace() for cell in row):
            self.blank += bool(self.first)
            return
        if not self.first:
            self.first = _checked(row)
            self._chunks = [[] for _ in row]
            return
        if len(row) != len(self.first):
            raise InvalidInput(
                "row_of_other_width", place=self.place, cells=len(row), first=len(self.first)
            )
        longest = max(map(len, row))
        if longest > LONGEST_CELL:
            raise InvalidInput(
                "cell_too_long", place=self.place, characters=longest, most=LONGEST_CELL
            )
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise InvalidInput("file_too_long", most=MOST_ROWS)
        self._waiting.append(row)
        if len(self._waiting) >= _CHUNK:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        for chunks, column in zip(self._chunks, zip(*self._waiting, strict=True), strict=True):
            chunks.append(pa.array(column, pa.large_string()))
        self._waiting.clear()

    def raw(self) -> Raw:
        """Return what was added; InvalidInput where there is nothing."""
        import pyarrow as pa

        if not self.first:
            raise InvalidInput("file_empty")
        if not self.rows:
            raise InvalidInput("file_without_rows")
        if self._waiting:
            self._flush()
        return Raw(
            first=self.first,
            columns=[pa.chunked_array(chunks) for chunks in self._chunks],
            facts={"blank": self.blank},
        )


def _checked(row: list[str]) -> list[str]:
    if len(row) > MOST_COLUMNS:
        raise InvalidInput("file_too_wide", columns=len(row), most=MOST_COLUMNS)
    if len(row) < 2:
        raise InvalidInput("one_cell", cell=plain(row[0]))
    return row
