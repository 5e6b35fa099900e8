import threading
import time

import pytest

from tradeoffs.errors import Busy, WorkerError
from tradeoffs.jobs.budget import Budgets, Visitor
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.queries import ATTEMPTS, MOST_WAITING, Queries
from tradeoffs.jobs.supervisor import Supervisor
from tradeoffs.jobs.worker import Machine
from tradeoffs.limits import Limits

PATIENCE = 60.0


@pytest.fixture
def questions():
    made = Queries(Supervisor(lambda machine: Synchronous(), Machine()))
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
    answers = [
        questions.ask(lambda _: free.wait(PATIENCE), number) for number in range(MOST_WAITING)
    ]
    with pytest.raises(Busy, match="50 questions are waiting"):
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


def test_ten_who_ask_at_once_are_told_how_many_are_before_them(questions):
    free = threading.Event()
    answers = [questions.ask(lambda _: free.wait(PATIENCE), number) for number in range(10)]
    until(answers[0].running)
    assert [questions.look(answer) for answer in answers] == list(range(10))
    free.set()
    assert all(answer.result(PATIENCE) for answer in answers)
    assert [questions.look(answer) for answer in answers] == [0] * 10


def test_who_is_over_budget_is_answered_after_who_is_not():
    budgets, order, free = Budgets(Limits(training=30)), [], threading.Event()
    abusive, modest = Visitor("a", ""), Visitor("b", "")
    budgets.charge([abusive], 1000)
    asked = Queries(Supervisor(lambda machine: Synchronous(), Machine()), budgets=budgets)
    begun = asked.ask(lambda _: free.wait(PATIENCE), 0)
    until(begun.running)
    asking = [("first", abusive), ("second", abusive), ("modest", modest)]
    answers = [asked.ask(order.append, name, payer=who) for name, who in asking]
    assert [asked.look(answer) for answer in answers] == [2, 3, 1]
    free.set()
    for answer in answers:
        answer.result(PATIENCE)
    asked.close()
    assert order == ["modest", "first", "second"]


def test_a_tab_has_so_many_questions_waiting_and_is_told():
    free, tab = threading.Event(), Visitor("a", "")
    asked = Queries(Supervisor(lambda machine: Synchronous(), Machine()), most_of_tab=2)
    answers = [asked.ask(lambda _: free.wait(PATIENCE), i, payer=tab) for i in range(2)]
    with pytest.raises(Busy, match="2 of your questions are waiting"):
        asked.ask(abs, -1, payer=tab)
    other = asked.ask(abs, -2, payer=Visitor("b", ""))
    free.set()
    assert other.result(PATIENCE) == 2
    assert all(answer.result(PATIENCE) for answer in answers)
    assert asked.ask(abs, -1, payer=tab).result(PATIENCE) == 1
    asked.close()


def test_a_question_that_nobody_looks_at_is_cancelled_and_asked_anew():
    free = threading.Event()
    questions = Queries(Supervisor(lambda machine: Synchronous(), Machine()), lease_seconds=1.0)
    first = questions.ask(lambda: free.wait(PATIENCE))
    left, kept = questions.ask(abs, -1), questions.ask(abs, -2)
    until(first.running)
    for _ in range(30):
        time.sleep(0.05)
        questions.look(kept)
    free.set()
    assert first.result(PATIENCE) is True  # what is under way is not lost
    assert kept.result(PATIENCE) == 2
    assert left.cancelled()
    assert questions.ask(abs, -1).result(PATIENCE) == 1
    questions.close()


def test_jobs_go_first_but_not_for_ever():
    busy = threading.Event()
    busy.set()
    link = Supervisor(lambda machine: Synchronous(), Machine())
    questions = Queries(link, busy=busy.is_set, patience_seconds=0.5)
    began = time.monotonic()
    assert questions.ask(abs, -1).result(PATIENCE) == 1
    assert time.monotonic() - began >= 0.5
    patient = Queries(link, busy=busy.is_set, patience_seconds=60)
    answer = patient.ask(abs, -1)
    time.sleep(0.2)
    assert not answer.done()
    busy.clear()
    assert answer.result(PATIENCE) == 1
    for one in (questions, patient):
        one.close()


def test_closing_cancels_what_waits():
    free = threading.Event()
    questions = Queries(Supervisor(lambda machine: Synchronous(), Machine()))
    first, second = questions.ask(lambda: free.wait(PATIENCE)), questions.ask(abs, -1)
    until(first.running)
    questions.close()
    assert second.cancelled()
    free.set()
    assert first.result(PATIENCE) is True


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)
