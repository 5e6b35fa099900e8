import pytest

from tradeoffs.experiments.chunks import LARGEST_WORK
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.backlog import Backlog

ROWS = (200, 300, 400)  # each size of the training table is a chunk


@pytest.fixture
def wanted(plain):
    return [scenario for rows in ROWS for scenario in plain(rows, seeds=3)]


def todo(scenarios, known=(), first=None):
    weights = {resolve(scenario).model_key: b"w" for scenario in known}
    return Backlog([resolve(scenario) for scenario in scenarios], weights, first and resolve(first))


def test_all_are_taken_once_in_order(wanted):
    tasks = todo(wanted).all(LARGEST_WORK)
    assert [s for task in tasks for s in task.chunk.flat] == wanted
    assert all(task.known is None for task in tasks)


def test_first_goes_alone_before_all_others(wanted):
    tasks = todo(wanted, first=wanted[5]).all(LARGEST_WORK)
    assert tasks[0].chunk.flat == (wanted[5],)
    rest = [s for task in tasks[1:] for s in task.chunk.flat]
    assert sorted(map(repr, rest)) == sorted(map(repr, [*wanted[:5], *wanted[6:]]))
    assert rest[:3] == wanted[:3]


def test_known_models_are_measured_first_and_apart(wanted):
    known = [wanted[1], wanted[8]]
    tasks = todo(wanted, known).all(LARGEST_WORK)
    given = [task for task in tasks if task.known]
    assert tasks[: len(given)] == given
    for task in given:
        assert set(task.chunk.flat) <= set(known)
        assert task.known is not None
        assert set(task.known) == {resolve(s).model_key for s in task.chunk.flat}
    assert {s for task in given for s in task.chunk.flat} == set(known)
    assert {s for task in tasks for s in task.chunk.flat} == set(wanted)


def test_a_first_whose_model_is_known_is_only_measured(wanted):
    task = todo(wanted, [wanted[4]], first=wanted[4]).take(LARGEST_WORK)
    assert task.chunk.flat == (wanted[4],)
    assert task.known == {resolve(wanted[4]).model_key: b"w"}


def test_less_work_makes_smaller_tasks_from_then_on(plain):
    left = todo(plain(300, seeds=64))
    whole = 300 * 200 * 5 * 64  # rows, steps, columns, models
    assert len(left.take(whole / 4).chunk.flat) == 16
    assert len(left.take(whole / 16).chunk.flat) == 4
    assert sum(len(task.chunk.flat) for task in left.all(whole)) == 44


def test_what_arrived_otherwise_is_left_out(wanted):
    left = todo(wanted)
    taken = left.take(LARGEST_WORK).chunk.flat
    left.remove(resolve(s).result_key for s in (wanted[0], wanted[4]))
    rest = [s for task in left.all(LARGEST_WORK) for s in task.chunk.flat]
    assert set(rest) == set(wanted) - set(taken) - {wanted[4]}
    assert len(left) == 0
