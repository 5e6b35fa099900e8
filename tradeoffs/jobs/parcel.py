"""Parcel: a task on its way to another machine, and its answer on the way back, as bytes.

A scheduler in between reads neither: it would unpack an own table and pass on no more than its
name. What a task raises is part of its answer, so no worker logs a visitor's values.
"""

import pickle
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Any

from tradeoffs.engine.recipe import RECIPE_VERSION
from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.messages.message import Message

PACKAGES = ["fairlearn", "numpy", "opacus", "pandas", "scikit-learn", "scipy", "torch", "tradeoffs"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """A task, and the versions without which its result would be another."""

    body: bytes = field(repr=False)
    versions: Mapping[str, str]


def pack(function: Callable[..., Any], *arguments: Any) -> Parcel:
    """Return a task as a parcel; the function is one that every machine can import."""
    return Parcel(body=pickle.dumps((function, arguments)), versions=versions())


def carry_out(parcel: Parcel) -> bytes:
    """Run the task of a parcel and return its answer, or what it raised, for `unpack`."""
    try:
        compare(parcel.versions, versions())
        function, arguments = pickle.loads(parcel.body)
        return pickle.dumps((function(*arguments), None))
    except Exception as error:
        return _error(error)


def unpack(answer: bytes) -> Any:
    """Return what a task returned, or raise what it raised."""
    value, error = pickle.loads(answer)
    if error is not None:
        raise error
    return value


@cache
def versions() -> Mapping[str, str]:
    """Return the versions of this process on which numbers depend."""
    return {name: version(name) for name in PACKAGES} | {"training recipe": str(RECIPE_VERSION)}


def compare(here: Mapping[str, str], there: Mapping[str, str]) -> None:
    """Raise InvalidInput, which names what differs, unless both get the same numbers."""
    differing = tuple(
        Message("other_version", name=name, there=there.get(name), here=here.get(name))
        if name in PACKAGES
        else Message("other_recipe", there=there.get(name), here=here.get(name))
        for name in sorted(here.keys() | there.keys())
        if here.get(name) != there.get(name)
    )
    if differing:
        raise InvalidInput("other_versions", differing=differing)


def _error(error: Exception) -> bytes:
    """Return an error as bytes, with where it was raised; its kind alone if it cannot travel."""
    if not isinstance(error, TradeoffsError):
        error.add_note("on the worker:\n" + "".join(traceback.format_tb(error.__traceback__)))
    try:
        body = pickle.dumps((None, error))
        pickle.loads(body)
        return body
    except Exception:
        return pickle.dumps((None, RuntimeError(type(error).__name__)))
