"""Who is served when many more ask than the machine can train for: simulated, without a clock."""

import heapq
import random
from collections.abc import Hashable, Iterator
from itertools import count
from typing import Any

import pytest

from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs import queue as module
from tradeoffs.jobs.backlog import Backlog
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.manager import shares
from tradeoffs.jobs.queue import OLDEST_EVERY, Identity, Queue
from tradeoffs.scenario import Scenario

EVERY, LANES, CHUNK = 6.0, 2, 0.25  # s between moves; tasks at once; s of an ordinary one
ROWS = (300, 400)  # of an ordinary task each


class Room:
    """Owners who move every few seconds, and lanes that take what the line gives them.

    Attributes:
        moved: owner -> when they moved, in seconds.
        waits: seconds from a move to its own point; those of moves without one are left out.
    """

    def __init__(self, owners: int, least: float, most: float) -> None:
        self.line = Queue(10**6, float("inf"), LANES)
        self.dice = random.Random(0)
        self.numbers = count()
        self.least, self.most = least, most  # s of a first task
        self.moved: dict[Hashable, list[float]] = {owner: [] for owner in range(owners)}
        self.waits: dict[Hashable, list[float]] = {owner: [] for owner in range(owners)}
        self.jobs: dict[int, Job] = {}
        self.queue: list[tuple[float, int, Any]] = []
        for owner in range(owners):
            self.at(EVERY * owner / owners, owner)
        self.free = LANES

    def run(self, seconds: float, stop: tuple[Hashable, ...] = (), after: float = 0.0) -> None:
        """Let time pass; who is in `stop` does not move any more after some seconds."""
        while self.queue and self.queue[0][0] < seconds:
            now, _, what = heapq.heappop(self.queue)
            if isinstance(what, int):
                if what not in stop or now < after:
                    self.move(what, now)
                    self.at(now + EVERY * self.dice.uniform(0.9, 1.1), what)
            else:
                self.arrive(now, *what)
            while self.free and self.line.ready:
                self.take(now)

    def at(self, when: float, what: Any) -> None:
        heapq.heappush(self.queue, (when, next(self.numbers), what))

    def move(self, owner: int, now: float) -> None:
        seed = next(self.numbers)
        wanted = [Scenario.of(rows=rows, mechanism="none", seed=seed) for rows in (200, *ROWS)]
        job = Job([resolve(one) for one in wanted])
        job.todo = Backlog(job.missing(), {}, resolve(wanted[0]))
        self.moved[owner].append(now)
        self.jobs[owner] = job
        self.line.add(owner, Identity(wanted[0], wanted), job)

    def take(self, now: float) -> None:
        job = self.line.turn()
        assert job is not None
        first = any(one.todo.first for one in self.jobs.values())
        assert not first or job.todo.first, "a first task waits behind an ordinary one"
        alone = job.todo.first
        chunk = job.todo.take(1e8).chunk
        took = self.dice.uniform(self.least, self.most) if alone else CHUNK / shares(len(self.line))
        self.free -= 1
        self.at(now + took, (job, chunk.flat, alone))

    def arrive(self, now: float, job: Job, scenarios: tuple[Scenario, ...], alone: bool) -> None:
        self.free += 1
        for owner in job.owners if alone else ():
            self.waits[owner].append(now - self.moved[owner][-1])
        keys = [resolve(one).result_key for one in scenarios]
        self.line.deliver(dict.fromkeys(keys))  # type: ignore[arg-type]


def within(room: Room, seconds: float) -> float:
    """Share of the moves whose own point came within so many seconds."""
    waits = [wait for some in room.waits.values() for wait in some]
    return sum(wait <= seconds for wait in waits) / sum(map(len, room.moved.values()))


def test_fifty_who_move_every_six_seconds_see_their_points():
    room = Room(50, 0.1, 0.15)
    room.run(60.0)
    assert sum(map(len, room.moved.values())) > 450
    assert within(room, 3.0) >= 0.95
    assert all(room.waits.values())


def test_of_more_than_the_machine_can_train_most_are_served_while_they_are_wanted():
    room = Room(50, 0.28, 0.32)  # 8.3 a second, of which two lanes can take 6.7
    room.run(60.0)
    assert within(room, 3.0) >= 0.65
    assert all(len(waits) >= 3 for waits in room.waits.values())


def test_who_stops_moving_is_served_though_others_do_not_stop():
    stopped = tuple(range(0, 50, 5))
    room = Room(50, 0.35, 0.4)  # the forty others ask for 6.7 a second, and get at most 5.3
    room.run(90.0, stop=stopped, after=30.0)
    for owner in stopped:
        assert room.jobs[owner].arrived >= 1
    room.run(300.0, stop=tuple(room.moved), after=90.0)
    assert all(job.state == "done" for job in room.jobs.values())


@pytest.fixture
def jobs(places_at_once: None) -> Iterator[tuple[Queue, list[Job]]]:
    line, made = Queue(10**6, float("inf"), LANES), []
    for seed in range(2 * OLDEST_EVERY):
        scenario = Scenario.of(mechanism="none", seed=seed)
        job = Job([resolve(scenario)])
        job.todo = Backlog(job.missing(), {}, resolve(scenario) if seed % 2 else None)
        line.add(seed, Identity(None, [scenario]), job)
        made.append(job)
    yield line, made


def test_the_place_told_is_the_turn_that_comes(jobs):
    line, made = jobs
    told = sorted(made, key=lambda job: job.position)
    assert [job.position for job in told] == list(range(1, len(made) + 1))
    served = []
    while job := line.turn():
        job.todo.take(1e8)
        served.append(job)
    assert served == told
    newest = made[1::2][::-1]
    assert served[: OLDEST_EVERY - 1] == newest[:-1] and served[OLDEST_EVERY - 1] is made[1]


def test_the_wait_is_told_once_tasks_were_timed_and_while_it_lasts(jobs):
    line, made = jobs
    assert {job.expected_wait for job in made} == {None}
    line.time(0.1)
    line.time(0.3)
    first = line.turn()
    assert first is not None
    waits = {job.position: job.expected_wait for job in made}
    assert waits[2] == pytest.approx(0.2 * 2 / LANES) and waits[0] is None
    line.leave(made.index(first))
    assert first.expected_wait is None


def test_who_joins_a_job_that_waits_makes_it_the_newest_wish(jobs):
    line, made = jobs
    assert made[1].position > 1
    line.subscribe("somebody else", made[1])
    assert made[1].position == 1
    line.subscribe(1, made[1])  # asks again, as each run of a page does
    line.subscribe(3, made[3])
    assert made[1].position == 1 and made[3].position > 1


def test_a_place_is_told_anew_at_most_once_a_second(jobs, monkeypatch):
    line, made = jobs
    monkeypatch.setattr(module, "RANK_SECONDS", 1.0)
    before = {job: job.position for job in made}
    before[line.turn()] = 0
    newest = Scenario.of(mechanism="none", seed=99)
    job = Job([resolve(newest)])
    job.todo = Backlog(job.missing(), {}, resolve(newest))
    line.add("new", Identity(newest, [newest]), job)
    assert job.position == 1 and {one: one.position for one in made} == before
    monkeypatch.setattr(module, "RANK_SECONDS", 0.0)
    line.expire()
    assert sorted(one.position for one in [*made, job]) == list(range(len(made) + 1))
