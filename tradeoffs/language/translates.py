"""Attributes that are read in the language of the run, of entries that are written once in English.

An entry of a catalogue is made when its module is imported, and read by visitors of any language.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from inspect import ismemberdescriptor
from typing import Any, TypeVar

from tradeoffs.language.current import ENGLISH, in_language, is_english
from tradeoffs.language.translation import translate

T = TypeVar("T")
OWN = ("__eq__", "__hash__", "__getstate__")  # of an entry, whatever the language


class _Translation:
    """Reads an attribute in the language of the run; its text, or those of a tuple or mapping."""

    def __init__(self, name: str, slot: Any) -> None:
        self.name, self.slot = name, slot

    def __get__(self, one: Any, owner: type | None = None) -> Any:
        if one is None:
            return self
        found = self.slot.__get__(one, owner) if self.slot else one.__dict__[self.name]
        return found if is_english() else _translate_all(found)

    def __set__(self, one: Any, value: Any) -> None:
        if self.slot:
            self.slot.__set__(one, value)
        else:
            one.__dict__[self.name] = value


def translates(*names: str) -> Callable[[type[T]], type[T]]:
    """Return a decorator of a dataclass whose attributes of those names are translated when read.

    Equality, hash and what is pickled stay those of the English entry.
    """

    def decorate(cls: type[T]) -> type[T]:
        for name in names:
            slot = cls.__dict__.get(name)
            setattr(cls, name, _Translation(name, slot if ismemberdescriptor(slot) else None))
        for name in OWN:
            if (method := cls.__dict__.get(name)) is not None:
                setattr(cls, name, _in_english(method))
        cls.TRANSLATED = names  # type: ignore[attr-defined]
        return cls

    return decorate


def original(one: object, name: str) -> Any:
    """Return an attribute as it was written, for what no reader sees."""
    with in_language(ENGLISH):
        return getattr(one, name)


def copy_entry(one: T, **changes: Any) -> T:
    """Return a copy of an entry as it was written, with other attributes."""
    with in_language(ENGLISH):
        return replace(one, **changes)  # type: ignore[type-var]


def _in_english(method: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        with in_language(ENGLISH):
            return method(*arguments)

    return call


def _translate_all(found: Any) -> Any:
    match found:
        case str():
            return translate(found)
        case tuple() | list():
            return type(found)(map(_translate_all, found))
        case Mapping():
            return {key: _translate_all(value) for key, value in found.items()}
    return found
