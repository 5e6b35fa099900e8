"""Catalogues: what is on offer by name, in a fixed order; an unknown name is refused in one way."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Protocol, TypeVar

from tradeoffs.errors import InvalidInput


class Named(Protocol):
    """An entry of a catalogue."""

    @property
    def name(self) -> str:
        """The key."""
        ...


T = TypeVar("T", bound=Named)
SHOWN = ("title", "help")  # of an entry, in a notebook


class Catalogue(Mapping[str, T]):
    """Entries by their name, in the order in which they were listed; it cannot be changed.

    `catalogue[name]` raises InvalidInput, with the known names, where there is no such entry;
    `catalogue.get(name)` returns None.
    """

    def __init__(self, kind: str, entries: Iterable[T]) -> None:
        """Keep the entries.

        Args:
            kind: what an entry is, in the singular: "shift".
            entries: each with a name of its own.

        Raises:
            ValueError: two entries share a name.
        """
        listed = tuple(entries)
        self.kind = kind
        self._entries = {entry.name: entry for entry in listed}
        if len(self._entries) < len(listed):
            names = [entry.name for entry in listed]
            raise ValueError(f"the catalogue of {kind} lists a name twice: {names}")

    def __getitem__(self, name: str) -> T:
        """Return an entry; raise InvalidInput with the known names if there is none."""
        require_known(self.kind, name, self._entries)
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        """Say whether there is an entry of that name."""
        return name in self._entries

    def get(self, name: str, default: T | None = None) -> T | None:  # type: ignore[override]
        """Return an entry, or the default if there is none."""
        return self._entries.get(name, default)

    def __iter__(self) -> Iterator[str]:
        """Yield the names in order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._entries)

    def __repr__(self) -> str:
        """Return the kind, and a line an entry: its name and its title for people."""
        titles = (getattr(entry, "title", "") for entry in self.values())
        lines = [f"  {name}: {title}" for name, title in zip(self, titles, strict=True)]
        return "\n".join([f"Catalogue({self.kind!r})", *lines])

    def _repr_html_(self) -> str:
        cells = [[name, *(getattr(one, part, "") for part in SHOWN)] for name, one in self.items()]
        rows = ["".join(f"<td>{escape(str(cell))}</td>" for cell in row) for row in cells]
        head = "".join(f"<th>{escape(name)}</th>" for name in (self.kind, *SHOWN))
        return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def require_known(kind: str, name: object, known: Iterable[str]) -> None:
    """Raise InvalidInput, which lists what is known, unless the name is.

    >>> require_known("shift", "flod", ("flood", "drought"))
    Traceback (most recent call last):
    tradeoffs.errors.InvalidInput: unknown shift 'flod'; known: flood, drought
    """
    names = tuple(known)
    if name not in names:
        raise InvalidInput("unknown", kind=kind, name=name, known=names)
