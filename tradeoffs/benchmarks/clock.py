"""Clock: the median wall-clock time of something done several times."""

import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Return the median seconds that `work` takes, after nothing: warm it up before if need be."""
    return statistics.median(once(work) for _ in range(repeats))


def once(work: Callable[[], object]) -> float:
    """Return the seconds that `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
