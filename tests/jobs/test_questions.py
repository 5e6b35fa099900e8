import threading

import pytest

from tradeoffs.errors import Busy, WorkerError
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.link import Link
from tradeoffs.jobs.questions import ATTEMPTS, Questions
from tradeoffs.jobs.worker import Machine

PATIENCE = 10.0


@pytest.fixture
def questions():
    made = Questions(Link(lambda machine: Synchronous(), Machine()))
    yield made
    made.close()


def test_equal_questions_are_asked_once(questions):
    calls = []

    def double(value):
        calls.append(value)
        return 2 * value

    assert questions.ask(double, 4).result(PATIENCE) == 8
    assert questions.ask(double, 4) is questions.ask(double, 4)
    assert questions.ask(double, 5).result(PATIENCE) == 10
    assert calls == [4, 5]


@pytest.mark.parametrize("deaths", range(ATTEMPTS + 1))
def test_a_question_whose_worker_dies_is_asked_again(questions, deaths):
    left = [WorkerError("the worker stopped")] * deaths

    def fragile():
        if left:
            raise left.pop()
        return "answer"

    answer = questions.ask(fragile)
    if deaths < ATTEMPTS:
        assert answer.result(PATIENCE) == "answer"
    else:
        assert isinstance(answer.exception(PATIENCE), WorkerError)


def test_what_goes_wrong_in_the_worker_is_told_and_not_tried_again(questions):
    calls = []

    def wrong():
        calls.append(1)
        raise ValueError("no such thing")

    assert str(questions.ask(wrong).exception(PATIENCE)) == "no such thing"
    assert len(calls) == 1


def test_too_many_are_refused_until_there_is_room(questions):
    free = threading.Event()
    answers = [questions.ask(lambda _: free.wait(PATIENCE), number) for number in range(8)]
    with pytest.raises(Busy, match="8 questions are waiting"):
        questions.ask(abs, -1)
    free.set()
    assert all(answer.result(PATIENCE) for answer in answers)
    assert questions.ask(abs, -1).result(PATIENCE) == 1


def test_a_question_that_was_forgotten_is_asked_anew(questions):
    calls = []
    questions.retry(calls.append, 1)  # never asked
    first = questions.ask(calls.append, 1)
    first.result(PATIENCE)
    questions.retry(calls.append, 1)
    assert questions.ask(calls.append, 1) is not first
    questions.ask(calls.append, 1).result(PATIENCE)
    assert calls == [1, 1]
