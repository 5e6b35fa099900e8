"""A message: its code, the values that its sentence names, and the kinds of values there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable


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


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is not written yet.

    Attributes:
        code: of the sentence, the same in every language.
        values: named in the sentence.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Argument:
    """A name with the value it was given: a field of a scenario, or an argument of a function."""

    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Options:
    """Values that a field may take instead."""

    field: str
    names: tuple[str, ...]
