"""Once: what many ask for at the same moment is computed once, and kept for a minute at most."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from starlette.concurrency import run_in_threadpool

MOST_KEPT = 64
SECONDS = 60.0  # that a result is kept: no longer than rooms that ended are


class Once:
    """Computes in a thread what has a name, for all who ask for it."""

    def __init__(self, most: int = MOST_KEPT, seconds: float = SECONDS) -> None:
        """Keep nothing yet."""
        self._most, self._seconds = most, seconds
        self._tasks: OrderedDict[Hashable, asyncio.Task[Any]] = OrderedDict()

    def forget(self, which: Callable[[Any], bool]) -> None:
        """Keep nothing any more of certain names."""
        for name in [one for one in self._tasks if which(one)]:
            del self._tasks[name]

    async def __call__(self, name: Hashable, compute: Callable[[], Any]) -> Any:
        """Return it; an error is raised for all who wait, and computed again for the next one."""
        if name not in self._tasks:
            self._tasks[name] = asyncio.create_task(run_in_threadpool(compute))
            asyncio.get_running_loop().call_later(self._seconds, self._tasks.pop, name, None)
            if len(self._tasks) > self._most:
                self._tasks.popitem(last=False)
        task = self._tasks[name]
        try:
            return await asyncio.shield(task)
        finally:
            if task.done() and (task.cancelled() or task.exception()):
                self._tasks.pop(name, None)
