"""What runs in a worker process, and the settings of the machine it runs on.

Importable without torch, which is loaded inside: the page process imports this file to name the
functions it asks for.
"""

import gc
import importlib.util
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from tradeoffs import settings
from tradeoffs.attacks.leakage import MembershipInference
from tradeoffs.experiments.adapt import adapt, adapt_to_dataset
from tradeoffs.experiments.chunks import Chunk, chunks
from tradeoffs.experiments.plan import resolve
from tradeoffs.results import Outcome
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.explanation import ExplanationComparison

Person = tuple[tuple[str, int], ...]  # feature and bin
Options = tuple[tuple[str, str | int | float | None], ...]  # of a study
Known = tuple[tuple[str, bytes], ...]  # model key and stored weights

NICENESS = 10  # pages and the browser come first: they need little, and at once
WATCH_SECONDS = 2.0  # between two looks at whether the parent process is still there


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """Settings of the machine; they change the speed and never a result beyond rounding."""

    workers: int = 2  # processes, of one core and some 400 MB each

    @classmethod
    def here(cls) -> "Machine":
        """Return the machine as `tradeoffs.settings` describes it; its errors."""
        return cls(workers=settings.WORKERS.read())


@dataclass(frozen=True, kw_only=True, slots=True)
class WarmupReport:
    """What it took to get ready."""

    seconds: float
    rss: int | None  # largest resident memory so far, bytes; None where it cannot be asked


def work(chunk: Chunk, known: Mapping[str, bytes] | None) -> list[Outcome]:
    """Train and measure a chunk; errors are those of `tradeoffs.experiments.run.run`."""
    from tradeoffs.experiments.run import run

    return run(chunk, known)


def attack(scenario: Scenario, shadows: int) -> MembershipInference:
    """Attack models of a scenario; errors as of `experiments.attack.membership_inference`."""
    from tradeoffs.experiments.attack import membership_inference

    return membership_inference(scenario, shadows)


def explain(scenario: Scenario, person: Person, known: Known, seeds: int) -> ExplanationComparison:
    """Explain one person's decision; as `experiments.explain.explain`, of hashable parts."""
    from tradeoffs.experiments.explain import explain as explain_here

    return explain_here(scenario, dict(person), dict(known), seeds)


def study(name: str, scenario: Scenario, options: Options) -> list[dict[str, Any]]:
    """Return the records of a study; errors are those of its function `answer`."""
    found = importlib.import_module(study_module(name))
    return found.answer(scenario, **dict(options))


def study_module(name: str) -> str:
    """Return the module of a study: of `tradeoffs.studies`, or that in a lesson's folder.

    >>> study_module("minority_cost")
    'tradeoffs.studies.minority_cost'
    """
    module = f"tradeoffs.studies.{name}"
    return module if importlib.util.find_spec(module) else f"tradeoffs.lessons.{name}.study"


def warm_up(name: str) -> WarmupReport:
    """Load torch and a dataset and train a handful of models, so that the first visitor need not.

    What is loaded by then is withdrawn from garbage collection: with torch a collection takes a
    tenth of a second and more.
    """
    began = time.perf_counter()
    base, _ = adapt_to_dataset(Scenario(), name)
    for scenario in (base, base.but(max_gap=0.1), base.but(width=8)):
        for chunk in chunks([resolve(adapt(scenario)[0])]):
            work(chunk, None)
    gc.collect()
    gc.freeze()
    return WarmupReport(seconds=time.perf_counter() - began, rss=_largest_rss())


def begin(load: str = "") -> None:
    """Prepare a fresh worker process.

    An interrupt from the keyboard is left to the parent, and the worker ends when the parent is
    gone: it waits on a pipe that it holds open itself, so a parent that was killed would leave it
    behind for ever.

    Args:
        load: module that it loads before it gives way to other processes; none if empty.  On a busy
            machine torch takes a minute after it, and everybody waits for the first worker.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    if load:
        importlib.import_module(load)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICENESS)


def _end_with(parent: int) -> None:
    handle = getattr(parent_process(), "sentinel", None)
    if handle is not None:  # on Windows, where the number of a parent that is gone stays
        wait([handle])
    else:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
    os._exit(1)


def _largest_rss() -> int | None:
    with suppress(OSError, ValueError, StopIteration):  # Linux; getrusage there counts the parent
        lines = Path("/proc/self/status").read_text().splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
    try:
        import resource
    except ImportError:  # not on Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
