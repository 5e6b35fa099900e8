"""Window: any number of tasks through an executor, a bounded number of them at a time."""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from typing import Any, TypeVar

K = TypeVar("K")
Call = tuple[Callable[..., Any], tuple[Any, ...]]  # function and arguments


def answers(
    calls: Iterable[tuple[K, Call]], executor: Executor, most: int
) -> Generator[tuple[K, "Future[Any]"]]:
    """Yield each key with the future of its call once that is done, in the order of arrival.

    Calls are taken only as there is room, so that memory does not grow with their number.  What is
    not done when the caller stops is cancelled.

    Args:
        calls: functions with their arguments, by key.
        executor: runs them.
        most: under way at a time, at least 1.
    """
    left = iter(calls)
    pending: dict[Future[Any], K] = {}
    try:
        while True:
            for key, (function, arguments) in islice(left, most - len(pending)):
                pending[executor.submit(function, *arguments)] = key
            if not pending:
                return
            for one in wait(pending, return_when=FIRST_COMPLETED).done:
                yield pending.pop(one), one
    finally:
        for one in pending:
            one.cancel()
