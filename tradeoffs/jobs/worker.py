"""What runs in a worker process, and the nouns that cross over to it.

Importable without torch, which is loaded inside: the page process imports this file to name the
functions it asks for and to read what comes back.
"""

import gc
import os
import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from tradeoffs.data.catalogue import dataset
from tradeoffs.pipeline.chunks import Chunk, chunks
from tradeoffs.results import Measurement
from tradeoffs.scenario import Scenario

WATCH_SECONDS = 2.0  # between two looks at whether the parent process is still there


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """Settings of the machine; they change the speed and never a result beyond rounding."""

    workers: int = 2  # processes, of one core and some 400 MB each


@dataclass(frozen=True, kw_only=True, slots=True)
class Trained:
    """One scenario's outcome: what was measured, and the weights for another deployment."""

    scenario: Scenario
    measurement: Measurement
    weights: bytes  # float32


@dataclass(frozen=True, kw_only=True, slots=True)
class Warmth:
    """What it took to get ready."""

    seconds: float
    rss: int | None  # largest resident memory so far, bytes; None where it cannot be asked


def work(chunk: Chunk, known: Mapping[str, bytes] | None) -> list[Trained]:
    """Train and measure a chunk; errors are those of `tradeoffs.pipeline.run.run`.

    The outcome is of this file's type, since to unpickle one of run's own would load torch.
    """
    from tradeoffs.pipeline.run import run

    return [
        Trained(scenario=one.scenario, measurement=one.measurement, weights=one.weights)
        for one in run(chunk, known)
    ]


def warm_up(name: str) -> Warmth:
    """Load torch and a dataset and train a handful of models, so that the first visitor need not.

    What is loaded by then is withdrawn from garbage collection: with torch a collection takes a
    tenth of a second and more, and the executor asks for one every second.
    """
    began = time.perf_counter()
    entry = dataset(name)
    base = Scenario.of(dataset=name, label=entry.labels[0], protected=entry.protected[0])
    for scenario in (base, base.but(max_gap=0.1), base.but(width=8)):
        for chunk in chunks([scenario]):
            work(chunk, None)
    gc.collect()
    gc.freeze()
    return Warmth(seconds=time.perf_counter() - began, rss=_largest_rss())


def begin() -> None:
    """Prepare a fresh worker process.

    An interrupt from the keyboard is left to the parent, and the worker ends when the parent is
    gone: it waits on a pipe that it holds open itself, so a parent that was killed would leave it
    behind for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)


def _largest_rss() -> int | None:
    try:
        import resource
    except ImportError:  # not on Windows
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
