"""Once: what many ask for at the same moment is computed once, and kept as long as it is new."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from starlette.concurrency import run_in_threadpool

MOST_KEPT = 64


class Once:
    """Computes in a thread what has a name, for all who ask for it."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        """Keep nothing yet."""
        self._most = most
        self._tasks: OrderedDict[Hashable, asyncio.Task[Any]] = OrderedDict()

    async def __call__(self, name: Hashable, compute: Callable[[], Any]) -> Any:
        """Return it; an error is raised for all who wait, and computed again for the next one."""
        if name not in self._tasks:
            self._tasks[name] = asyncio.create_task(run_in_threadpool(compute))
            if len(self._tasks) > self._most:
                self._tasks.popitem(last=False)
        task = self._tasks[name]
        try:
            return await asyncio.shield(task)
        finally:
            if task.done() and (task.cancelled() or task.exception()):
                self._tasks.pop(name, None)
