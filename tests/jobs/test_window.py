"""Any number of tasks, a bounded number of them under way."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.window import answers


def test_every_call_is_answered_once_and_few_are_under_way():
    taken, lock, waiting, most = [], threading.Lock(), [0], [0]

    def task(number: int) -> int:
        with lock:
            waiting[0] -= 1
        return number * number

    def calls():
        for number in range(200):
            taken.append(number)
            with lock:
                waiting[0] += 1
                most[0] = max(most[0], waiting[0])
            yield number, (task, (number,))

    with ThreadPoolExecutor(3) as executor:
        found = {key: future.result() for key, future in answers(calls(), executor, 5)}
    assert found == {number: number * number for number in range(200)}
    assert taken == list(range(200)) and most[0] <= 5


def test_calls_are_taken_as_there_is_room():
    taken = []

    def calls():
        for number in range(100):
            taken.append(number)
            yield number, (abs, (number,))

    found = answers(calls(), Synchronous(), 4)
    next(found)
    assert len(taken) == 4


class Never(Synchronous):
    """Holds tasks that never end."""

    def __init__(self):
        self.futures = []

    def submit(self, fn, /, *args, **kwargs):
        self.futures.append(Synchronous().submit(abs, 1) if not self.futures else Future())
        return self.futures[-1]


def test_what_is_not_done_when_the_caller_stops_is_cancelled():
    executor = Never()
    found = answers(((number, (abs, (1,))) for number in range(9)), executor, 3)
    assert next(found)[0] == 0
    found.close()
    assert [one.cancelled() for one in executor.futures] == [False, True, True]


def test_the_exception_of_a_task_is_in_its_future():
    [(key, future)] = answers([("one", (divmod, (1, 0)))], Synchronous(), 1)
    assert key == "one"
    with pytest.raises(ZeroDivisionError):
        future.result()
