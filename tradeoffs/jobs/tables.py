"""Carried tables: a task about an own table takes it along, and a worker forgets it soon after.

Which worker process takes a task is not known before, so every such task carries its table: some
milliseconds, and nothing has to be sent again after a worker died.
"""

import math
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from tradeoffs.data.encoded import Encoded
from tradeoffs.data.upload import registry
from tradeoffs.experiments.chunks import Chunk
from tradeoffs.scenario import Scenario

LEASE_SECONDS = 60.0  # without a task about it, until a worker forgets a table
LOOKS = 4  # at the clock in a lease

_lock = threading.Lock()
_until: dict[str, float] = {}  # tables carried here -> when they are forgotten, monotonic seconds


def carried(
    function: Callable[..., Any], arguments: tuple[Any, ...]
) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """Return a function and arguments that take along the own tables which these speak of.

    Raises:
        InvalidInput: such a table is gone.
    """
    tables = tuple(registry.find(name) for name in own_names(arguments))
    return (with_tables, (tables, function, *arguments)) if tables else (function, arguments)


def own_names(arguments: Iterable[Any]) -> list[str]:
    """Return the names of the own tables that arguments of a task speak of."""
    found: dict[str, None] = {}
    for argument in arguments:
        if isinstance(argument, Scenario):
            found[argument.dataset] = None
        elif isinstance(argument, Chunk):
            found |= dict.fromkeys(scenario.dataset for scenario in argument.flat)
    return [name for name in found if registry.is_own(name)]


def with_tables(tables: tuple[Encoded, ...], function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a function returns where these tables are held; runs in a worker."""
    names = [_kept(whole) for whole in tables]
    try:
        return function(*arguments)
    finally:
        with _lock:
            _until.update((n, time.monotonic() + LEASE_SECONDS) for n in names if n in _until)


def _kept(whole: Encoded) -> str:
    """Hold a table, unless this process holds it anyway; return its name."""
    name = whole.book.name
    with _lock:
        if name in _until or not registry.is_held(name):
            if not _until:
                threading.Thread(target=_watch, daemon=True).start()
            _until[name] = math.inf  # while a task is at work
            if not registry.is_held(name):
                registry.hold((__name__, name), whole)
    return name


def _watch() -> None:
    """Forget the tables whose lease is over, and end when none is left."""
    while True:
        time.sleep(LEASE_SECONDS / LOOKS)
        with _lock:
            for name in [n for n, until in _until.items() if until < time.monotonic()]:
                del _until[name]
                registry.release((__name__, name))
            if not _until:
                return
