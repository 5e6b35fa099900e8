"""A job: a sweep under way or done, as a page sees it."""

import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from threading import Event
from typing import Literal

from tradeoffs.experiments.comparison import Comparison
from tradeoffs.experiments.plan import Plan
from tradeoffs.fronts.replicates import Key, Replicates
from tradeoffs.fronts.sweep import Sweep
from tradeoffs.jobs.backlog import Backlog
from tradeoffs.jobs.budget import Rank, Visitor
from tradeoffs.jobs.metrics import FIRST_ANSWER
from tradeoffs.measurement import Measurement
from tradeoffs.messages.message import Coded
from tradeoffs.messages.wording import WORDING
from tradeoffs.results import Result, configuration
from tradeoffs.scenario import Scenario

Stored = Callable[[Iterable[str]], dict[str, bytes]]
State = Literal["waiting", "running", "done", "failed", "dropped"]
LOOK_SECONDS = 1.0  # between two renewals of the lease while somebody waits
LEAVE_SECONDS = 1.0  # given to a session between asking for something else and looking at it


class Job:
    """A sweep and what has arrived of it; read by any thread, changed by the manager alone.

    Attributes:
        version: rises whenever there is something new to draw.
        state: waiting (nothing begun), running, done, failed (see `error`) or dropped (cancelled,
            replaced or not touched).
        position: place in the queue while waiting, 1 for the next; else 0.
        expected_wait: seconds until its turn if nobody else asks, by what tasks took lately; None
            while none was timed, or if it does not wait.
        total: number of scenarios.
        arrived: number of them with a result.
        ended: when it ended, by the monotonic clock; None before.
        undecided: whether decisions were wanted that could not be read.
        error: why it failed.
        notice: what happened on the way, for the screen.
        behind: whether others go first, as those who asked for it are over their budget.
        payers: owner -> who pays for what they asked for.
    """

    def __init__(
        self,
        plans: Sequence[Plan],
        wake: Callable[[], None] = lambda: None,
        stored: Stored | None = None,
    ) -> None:
        """Begin with nothing arrived.

        Args:
            plans: in the order in which results are wanted.
            wake: called when the version rises, by a thread that holds locks.
            stored: returns the decisions of result keys, where they did not come with the results.
        """
        self._wake = wake
        self.version = 0
        self.state: State = "waiting"
        self.position = 0
        self.expected_wait: float | None = None
        self.total = len(plans)
        self.arrived = 0
        self.ended: float | None = None
        self.undecided = False
        self.error: Coded | None = None
        self._notice: Coded | None = None
        self.touched = self._began = time.monotonic()
        self.owners: set[Hashable] = set()
        self.payers: dict[Hashable, Visitor | None] = {}
        self.behind: Rank = 0
        self.todo = Backlog([], {})
        self._plans = plans
        self._stored = stored
        self._results: list[Result | None] = [None] * len(plans)
        self._arrivals: list[Result] = []  # in the order in which they came
        self._bits: dict[str, bytes] = {}  # decisions that were read
        self._sweep: Sweep | None = None
        self._missing: dict[str, list[int]] = defaultdict(list)  # result key -> places
        for place, plan in enumerate(plans):
            self._missing[plan.result_key].append(place)
        self._over = Event()
        if not plans:
            self.end("done")

    @property
    def scenarios(self) -> list[Scenario]:
        """Those that are wanted, whether or not their results have arrived."""
        return [plan.scenario for plan in self._plans]

    @property
    def result_keys(self) -> tuple[str, ...]:
        """Names of the results that are wanted, in the order of the scenarios."""
        return tuple(plan.result_key for plan in self._plans)

    @property
    def datasets(self) -> set[str]:
        """Names of the tables it is about."""
        return {plan.dataset.name for plan in self._plans}

    @property
    def active(self) -> bool:
        """Whether more may arrive."""
        return self.state in ("waiting", "running")

    @property
    def just_left(self) -> bool:
        """Whether it was dropped a moment ago, as by a session that is about to look elsewhere."""
        if self.state != "dropped" or self.ended is None:
            return False
        return time.monotonic() - self.ended < LEAVE_SECONDS

    @property
    def seconds(self) -> float:
        """Time from the beginning until now, or until it ended."""
        return (time.monotonic() if self.ended is None else self.ended) - self._began

    def results(self) -> list[Result]:
        """Return what has arrived, in the order of the scenarios."""
        return [result for result in self._results if result is not None]

    def replicates(self, columns: Iterable[str]) -> Replicates:
        """Return what has arrived, laid out; as `fronts.sweep`, but each result is written once.

        Args:
            columns: measured; best always the same, as others are laid out anew.
        """
        wanted, found = tuple(columns), self._sweep
        if found is None or found.columns != wanted:
            found = self._sweep = Sweep(self.scenarios, self.comparison, wanted)
        found.add(lambda count: self._arrivals[count:])
        return found.replicates()

    @cached_property
    def settings(self) -> dict[Key, Scenario]:
        """What its scenarios are seeds of, by its key, in their order."""
        return {tuple(configuration(one).values()): one for one in self._places}

    @cached_property
    def numbers(self) -> dict[Key, int]:
        """The number of each setting, the same whatever has arrived."""
        return {key: number for number, key in enumerate(self.settings)}

    def results_of(self, setting: Scenario) -> list[Result]:
        """Return what has arrived of a setting's seeds."""
        places = self._places.get(setting.configuration(), [])
        return [result for place in places if (result := self._results[place]) is not None]

    def decisions_of(self, setting: Scenario) -> dict[int, bytes]:
        """Return the `decisions` of a setting's seeds that are there."""
        return self.decisions(self.results_of(setting))

    @cached_property
    def _places(self) -> dict[Scenario, list[int]]:
        """The places of each setting's seeds."""
        found: dict[Scenario, list[int]] = defaultdict(list)
        for place, plan in enumerate(self._plans):
            found[plan.scenario.configuration()].append(place)
        return dict(found)

    @cached_property
    def comparison(self) -> Comparison:
        """The tables on which all that it brings, sooner or later, is compared."""
        return Comparison.of(self.scenarios)

    def decisions(self, results: Iterable[Result]) -> dict[int, bytes]:
        """Return by seed who was decided positive by some of the results, on report.

        They are read from the store when they are first wanted, unless they came with a result
        from the worker; what is damaged there is not returned.
        """
        there = {self._keys[one.scenario]: one for one in results}
        bits = {key: one.measurement.bits for key, one in there.items()}
        left = [key for key, found in bits.items() if found is None and key not in self._bits]
        if left and self._stored:
            self._bits |= self._stored(left)
            self.undecided |= not self._bits.keys() >= set(left)
        found = {there[k].scenario.seed: b or self._bits.get(k) for k, b in bits.items()}
        return {seed: one for seed, one in found.items() if one is not None}

    @cached_property
    def _keys(self) -> dict[Scenario, str]:
        return {plan.scenario: plan.result_key for plan in self._plans}

    def touch(self) -> None:
        """Renew the lease: somebody still looks at this job."""
        self.touched = time.monotonic()

    def wait(self, timeout: float) -> bool:
        """Wait for the end, renewing the lease; return whether it came within `timeout` seconds."""
        until = time.monotonic() + timeout
        while True:
            self.touch()
            left = until - time.monotonic()
            if self._over.wait(max(0.0, min(left, LOOK_SECONDS))):
                return True
            if left <= 0:
                return False

    def missing(self) -> list[Plan]:
        """Return one plan for each result that has not arrived, in order."""
        return [self._plans[places[0]] for places in self._missing.values()]

    def deliver(self, found: Mapping[str, Measurement]) -> None:
        """Take what is missing from measurements by result key; the last one ends the job."""
        new = found.keys() & self._missing.keys()
        if new and self._plans[0].result_key in new:
            source = "stored" if self.state == "waiting" else "trained"
            FIRST_ANSWER.labels(source).observe(self.seconds)
        for key in new:
            places = self._missing.pop(key)
            for place in places:
                result = Result(scenario=self._plans[place].scenario, measurement=found[key])
                self._results[place] = result
                self._arrivals.append(result)
            self.arrived += len(places)
        if new:
            self.todo.remove(new)
            self._rise()
        if not self._missing and self.active:
            self.end("done")

    def begin(self) -> None:
        """Note that its first task is under way."""
        if self.state == "waiting":
            self.state = "running"
            self.position, self.expected_wait = 0, None
            self._rise()

    def stand(self, behind: Rank) -> None:
        """Note whether others go first."""
        if self.active and behind != self.behind:
            self.behind = behind
            self._rise()

    @property
    def notice(self) -> str:
        """What happened on the way, in the language of whoever looks; empty if nothing did."""
        return WORDING.sentence(self._notice) if self._notice else ""

    def tell(self, notice: Coded) -> None:
        """Note something that happened on the way."""
        self._notice = notice
        self._rise()

    def end(self, state: State, error: Coded | None = None) -> None:
        """End the job; what has arrived stays."""
        self.ended = time.monotonic()
        self.todo = Backlog([], {})
        self.position, self.expected_wait = 0, None
        self.error = error
        self.behind = 0
        self.state = state
        self._rise()
        self._over.set()

    def _rise(self) -> None:
        """Note that there is something new; last, so that who sees the version finds it."""
        self.version += 1
        self._wake()
