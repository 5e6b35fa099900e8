"""Run: visitors of one explorer for some minutes, and what they and it report."""

import asyncio
import random
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from loadtest.figures import Measured
from loadtest.moves import SEEDS, cold, stored, warm_up
from loadtest.process import listener, load_average, usage
from loadtest.serving import NoServer, answers, own_explorer
from loadtest.visitor import Visitor

MOST_ARRIVALS = 10  # a second, of visitors
WARM_SECONDS = 300.0  # for all settings of stored moves to be trained
ABUSE_SECONDS = 0.12  # between the moves of an abusive visitor: 500 a minute
LARGEST = {"rows": "10000", "width": "32"}  # of the sliders

Mode = Literal["stored", "cold", "mixed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What a load test does; `tradeoffs/commands/loadtest.py` has checked it."""

    sessions: int
    idle: int  # of the sessions, that open the page and move nothing
    minutes: float
    mode: Mode
    every: float  # seconds
    url: str | None  # of a running explorer; None starts one
    seed: int  # of the moves
    abusers: int = 0  # beside the sessions, and not measured
    phones: int = 0  # in a room; 0: the sessions are measured
    arrive: float = 30.0  # seconds in which they come
    locked: bool = False  # whether they are, and the server is killed
    json: bool


def run(options: Options) -> Measured:
    """Load an explorer; Ctrl-C ends it early, with what was measured so far.

    Raises:
        NoServer: there is none, or it did not start.
    """
    if options.url is None:
        with own_explorer() as (url, pid):
            return asyncio.run(_measure(options, url, pid))
    if not answers(options.url):
        raise NoServer(f"no explorer answers at {options.url}")
    pid = listener(urlsplit(options.url).port or 80)
    return asyncio.run(_measure(options, options.url, pid))


async def _measure(options: Options, url: str, pid: int | None) -> Measured:
    found = Measured(
        sessions=options.sessions,
        idle=options.idle,
        abusers=options.abusers,
        mode=options.mode,
        every=options.every,
    )
    stop = asyncio.Event()
    # Not on Windows, nor beside the main thread, which alone hears of an interrupt.
    with suppress(NotImplementedError, RuntimeError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    if options.mode != "cold":
        await _warm(url, found, stop)
    dice = random.Random(options.seed)
    found.visitors = _visitors(options, url, found, dice)
    apart = max(options.every / options.sessions, 1 / MOST_ARRIVALS)
    staying = [
        visitor.stay(apart * i, options.every, dice) for i, visitor in enumerate(found.visitors)
    ]
    staying += [one.stay(0.0, ABUSE_SECONDS, dice) for one in _abusers(options, url, found)]
    found.load.append(load_average())
    began, spent = time.perf_counter(), time.process_time()
    watching = asyncio.create_task(_watch(found, pid, began))

    def end() -> None:
        _note(found, pid, began)
        found.client = time.process_time() - spent
        found.load.append(load_average())

    await _until(stop, 60 * options.minutes, *staying, end=end)
    watching.cancel()
    return found


async def _warm(url: str, found: Measured, stop: asyncio.Event) -> None:
    """Let everything be trained that stored moves lead to."""

    def fail(told: str) -> None:
        found.errors[f"warming up: {told}"] += 1

    sys.stderr.write("tradeoffs: training what stored moves lead to; this may take minutes\n")
    one = Visitor(url, iter(warm_up()), fail)
    if not await _until(stop, WARM_SECONDS, one.warm()):
        fail("ended before all settings were trained")


def _visitors(options: Options, url: str, found: Measured, dice: random.Random) -> list[Visitor]:
    """Return the visitors, idle ones first.

    Of the others, in a mixed load, every second one goes where nothing is stored.
    """

    def fail(told: str) -> None:
        found.errors[told] += 1

    seeds = dice.sample(SEEDS, len(SEEDS))
    visitors = [Visitor(url, iter(()), fail) for _ in range(options.idle)]
    for i in range(options.idle, options.sessions):
        is_cold = options.mode == "cold" or (options.mode == "mixed" and i % 2 == 1)
        if is_cold:
            plan, level = cold(dice, seeds[i :: options.sessions]), "lab"  # shows the seed
        else:
            plan, level = stored(dice), "explore"
        visitors.append(Visitor(url, plan, fail, level, cold=is_cold))
    return visitors


def _abusers(options: Options, url: str, found: Measured) -> list[Visitor]:
    """Return visitors who ask for large models that nobody has trained, as fast as they can."""

    def fail(told: str) -> None:
        found.errors[f"abusive visitor: {told}"] += 1

    dice, others = random.Random(options.seed + 1), range(SEEDS.stop, 2 * SEEDS.stop)
    return [
        Visitor(url, cold(dice, others[i :: options.abusers]), fail, "lab", LARGEST)
        for i in range(options.abusers)
    ]


async def _watch(found: Measured, pid: int | None, began: float) -> None:
    """Note once a second what the server uses."""
    while True:
        _note(found, pid, began)
        await asyncio.sleep(1)


def _note(found: Measured, pid: int | None, began: float) -> None:
    found.seconds = time.perf_counter() - began
    used = usage(pid) if pid is not None else None
    if used is not None:
        found.usages.append((found.seconds, used))


async def _until(
    stop: asyncio.Event,
    seconds: float,
    *doing: Coroutine[Any, Any, None],
    end: Callable[[], None] = lambda: None,
) -> bool:
    """Do all until they end, time is up or somebody stops them; return whether they ended.

    `end` is called then, before the connections are closed, which takes a busy server seconds.
    """
    tasks = [asyncio.create_task(one) for one in doing]
    stopped = asyncio.create_task(stop.wait())
    ended = asyncio.create_task(asyncio.wait(tasks))
    await asyncio.wait([ended, stopped], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    done = ended.done()
    end()
    for task in (*tasks, stopped, ended):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return done
