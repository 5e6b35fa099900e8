"""Handles: the name of an own table, which carries the table until it is closed."""

from tradeoffs.data.encoded import Encoded
from tradeoffs.data.table_cache import clear_table_caches
from tradeoffs.errors import InvalidInput

PREFIX = "own-"


class TableHandle(str):
    """The name of an own table with the table: a scenario on it takes both along.

    As text it equals the name, which follows from the content: keys and hashes are those of the
    name, and JSON and URLs hold nothing else. A process that gets a handle has the table; what it
    sends back is the name alone, as the sender has the table anyway.
    """

    _whole: Encoded | None
    _lent: bool

    def __new__(cls, whole: Encoded, *, lent: bool = False) -> "TableHandle":
        """Return the handle of a table, whose arrays become read-only.

        Args:
            whole: named by its codebook.
            lent: whether it came from another process, which has it.
        """
        for array in whole.arrays().values():
            array.setflags(write=False)
        made = super().__new__(cls, whole.book.name)
        made._whole, made._lent = whole, lent
        return made

    @property
    def whole(self) -> Encoded:
        """The table; InvalidInput says that it is gone once the handle was closed."""
        if self._whole is None:
            raise gone(self)
        return self._whole

    @property
    def closed(self) -> bool:
        """Whether the table is gone."""
        return self._whole is None

    def close(self) -> None:
        """Let go of the table and of everything that was derived from it in this process."""
        self._whole = None
        clear_table_caches()

    def __reduce__(self) -> tuple[object, ...]:
        """Take the table along to another process, and the name alone on the way back."""
        return (str, (str(self),)) if self._lent else (_borrowed, (self.whole,))


def _borrowed(whole: Encoded) -> TableHandle:
    return TableHandle(whole, lent=True)


def is_own(name: str) -> bool:
    """Return whether this is the name of an own table, here or gone."""
    return name.startswith(PREFIX)


def is_here(name: str) -> bool:
    """Return whether a table is bundled, or its handle is open."""
    return not is_own(name) or (isinstance(name, TableHandle) and not name.closed)


def own(name: str) -> Encoded | None:
    """Return the own table of a handle; None for the name of a bundled one.

    Raises:
        InvalidInput: the handle was closed, or somebody has no more than its name.
    """
    if isinstance(name, TableHandle):
        return name.whole
    if is_own(name):
        raise gone(name)
    return None


def gone(name: str) -> InvalidInput:
    """Return the error that says that an own table is gone with its session."""
    return InvalidInput("own_table_gone", dataset=str(name))
