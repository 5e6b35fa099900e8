"""Lease: a worker forgets what came of an own table a while after the last task about one.

Which worker process takes a task is not known before, so every such task takes its table along:
some milliseconds, and nothing has to be sent again after a worker died.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from tradeoffs.data.table_cache import clear_table_caches
from tradeoffs.data.table_handle import is_own, own
from tradeoffs.experiments.chunks import Chunk
from tradeoffs.scenario import Scenario

LEASE_SECONDS = 60.0  # without a task about an own table, until a worker forgets them


class Lease:
    """Empties what this process derived from tables, unless it is renewed in time."""

    def __init__(self) -> None:
        """Begin without an end."""
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def renew(self, seconds: float) -> None:
        """Let the lease end so many seconds from now, and not before."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(seconds, clear_table_caches)
            self._timer.daemon = True
            self._timer.start()


_LEASE = Lease()  # of this process


def leased(
    function: Callable[..., Any], arguments: tuple[Any, ...]
) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """Return a task whose worker forgets the own tables that its arguments speak of, if any.

    Raises:
        InvalidInput: such a table is gone.
    """
    names = own_names(arguments)
    for name in names:
        own(name)
    return (_call, (function, *arguments)) if names else (function, arguments)


def own_names(arguments: Iterable[Any]) -> list[str]:
    """Return the names of the own tables that arguments of a task speak of."""
    found: dict[str, None] = {}
    for argument in arguments:
        if isinstance(argument, Scenario):
            found[argument.dataset] = None
        elif isinstance(argument, Chunk):
            found |= dict.fromkeys(scenario.dataset for scenario in argument.flat)
    return [name for name in found if is_own(name)]


def _call(function: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return function(*arguments)
    finally:
        _LEASE.renew(LEASE_SECONDS)
