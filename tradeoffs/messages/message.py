"""A message: its code, and the values that its sentence names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self, runtime_checkable


@runtime_checkable
class Coded(Protocol):
    """What can be written: a message, or an error, which carries one."""

    @property
    def code(self) -> str:
        """Of the sentence."""
        ...

    @property
    def values(self) -> Mapping[str, object]:
        """Named in the sentence."""
        ...


@dataclass(frozen=True, init=False)
class Message:
    """A sentence that is not written yet.

    Attributes:
        code: of the sentence, the same in every language.
        values: named in the sentence.
    """

    code: str
    values: Mapping[str, object]

    def __init__(self, code: str, /, **values: object) -> None:
        """Keep code and values."""
        self.__dict__.update(code=code, values=values)

    @classmethod
    def of(cls, other: Coded) -> Self:
        """Return the message of an error: it can be stored and written as JSON."""
        return cls(other.code, **other.values)
