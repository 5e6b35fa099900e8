import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path
from typing import Any

import pytest

from tests.postgres_server import PostgresServer, program
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.jobs import queue
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Machine, warm_up
from tradeoffs.measurement import Measurement
from tradeoffs.results import Outcome
from tradeoffs.scenario import Scenario

PATIENCE = 60.0  # seconds until a test that waits has failed


def measured(scenario: Scenario) -> Measurement:
    """A made-up measurement, different for each scenario."""
    figures = {"accuracy": scenario.rows + scenario.seed / 1000, "shift": scenario.shift_intensity}
    return Measurement.of(
        training={"accountant": "none", "sigma": 0.0},
        select=figures,
        report=figures,
        decisions=bytes([scenario.seed % 256, 0, 255]),
    )


def outcome(scenario: Scenario) -> Outcome:
    return Outcome(scenario=scenario, measurement=measured(scenario), weights=b"\0\0\x80\x3f" * 3)


class Fake(Synchronous):
    """Makes measurements up, notes what it was asked for, and waits while it is held."""

    def __init__(self) -> None:
        self.asked: list[list[Scenario]] = []
        self.known: list[Any] = []
        self.answer: Callable[[Scenario], Outcome] = outcome
        self.dies = 0  # so many times from now on
        self.made = 0  # how often an executor was made
        self._changed = threading.Condition()
        self._free: float = float("inf")

    def __call__(self, machine: Machine) -> "Fake":
        self.made += 1
        return self

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if fn is warm_up or not args:
            return super().submit(str)
        chunk, known = args
        with self._changed:
            self.asked.append(list(chunk.flat))
            self.known.append(known)
            self._changed.notify_all()
            assert self._changed.wait_for(lambda: self._free > 0, PATIENCE)
            self._free -= 1
        return super().submit(self._answer, chunk.flat)

    def _answer(self, scenarios: Iterable[Scenario]) -> list[Outcome]:
        if self.dies:
            self.dies -= 1
            raise BrokenExecutor("killed")
        return [self.answer(scenario) for scenario in scenarios]

    def hold(self) -> None:
        with self._changed:
            self._free = 0

    def step(self, tasks: float = float("inf")) -> None:
        with self._changed:
            self._free += tasks
            self._changed.notify_all()

    def wait_asked(self, times: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.asked) >= times, PATIENCE), self.asked


@pytest.fixture
def fake() -> Iterator[Fake]:
    executor = Fake()
    yield executor
    executor.step()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    kept = Store(tmp_path / "store.sqlite", None)
    yield kept
    kept.close()


@pytest.fixture
def managed(fake: Fake, store: Store) -> Iterator[Callable[..., Manager]]:
    """Makes managers of the fake executor with one worker."""
    made: list[Manager] = []

    def make(**settings: Any) -> Manager:
        settings = {"machine": Machine(workers=1), "executor_factory": fake} | settings
        made.append(Manager(store, **settings))
        return made[-1]

    yield make
    fake.step()
    for manager in made:
        manager.close()


@pytest.fixture
def places_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits is told each change of their place, and not one a second."""
    monkeypatch.setattr(queue, "RANK_SECONDS", 0.0)


@pytest.fixture
def plain() -> Callable[..., list[Scenario]]:
    """Makes scenarios of the given seeds; each size of the training table is a chunk."""

    def make(rows: int = 300, seeds: int = 1, **fields: Any) -> list[Scenario]:
        return [
            Scenario.of(**{"rows": rows, "mechanism": "none", "seed": seed} | fields)
            for seed in range(seeds)
        ]

    return make


@pytest.fixture
def pairs() -> Callable[[Iterable[Scenario]], list[tuple[Plan, Outcome]]]:
    """Makes outcomes as the store takes them."""
    return lambda scenarios: [(resolve(scenario), outcome(scenario)) for scenario in scenarios]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A private database server; without PostgreSQL's programs its tests are skipped, but in CI."""
    if not program("initdb"):
        assert not os.environ.get("CI"), "PostgreSQL is not installed"
        pytest.skip("PostgreSQL is not installed")
    server = PostgresServer()
    yield server
    server.close()
