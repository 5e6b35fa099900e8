"""Turns: slowed tabs give way to all others, within bounds, and share what they get."""

import threading
import time
from contextlib import contextmanager

import pytest

from server import turns
from server.turns import Turns

SECONDS = 10.0  # a busy machine takes its time
WORK = 0.02  # CPU seconds


@pytest.fixture(autouse=True)
def no_rest(monkeypatch):
    monkeypatch.setattr(turns, "SHARE", 1.0)


@contextmanager
def beside(work):
    """Do work in another thread; yield what is set when it is done."""
    done = threading.Event()
    thread = threading.Thread(target=lambda: (work(), done.set()))
    thread.start()
    yield done
    thread.join(SECONDS)


def spend(seconds: float = WORK) -> None:
    began = time.thread_time()
    while time.thread_time() - began < seconds:
        pass


def test_slowed_work_begins_when_nothing_else_is_under_way():
    line, begin = Turns(), threading.Event()

    def last():
        begin.wait(SECONDS)
        with line.last():
            pass

    with beside(last) as done:
        with line.first(), line.first():
            begin.set()
            assert not done.wait(0.1)
            with line.first():
                pass
            assert not done.wait(0.05)  # two are still under way
        assert done.wait(turns.MOST_SECONDS / 2)


def test_slowed_work_gives_way_to_what_begins_meanwhile_and_others_do_not():
    line, begun, go_on = Turns(), threading.Event(), threading.Event()

    def last():
        with line.last():
            begun.set()
            go_on.wait(SECONDS)
            line.give_way()

    with beside(last) as done:
        assert begun.wait(SECONDS)
        with line.first():  # at once, though slowed work is under way
            go_on.set()
            line.give_way()  # not in the thread of what comes last: at once
            assert not done.wait(0.1)
        assert done.wait(SECONDS)


def test_slowed_work_comes_to_its_end_beside_any_crowd(monkeypatch):
    monkeypatch.setattr(turns, "MOST_SECONDS", 0.1)
    line = Turns()
    with line.first():
        began = time.monotonic()
        with line.last():
            line.give_way()
            line.give_way()
        assert 0.1 <= time.monotonic() - began < 5


def test_slowed_work_has_a_share_beside_others_and_all_without(monkeypatch):
    monkeypatch.setattr(turns, "SHARE", 0.1)
    line, began = Turns(), time.monotonic()
    for _ in range(5):
        with line.last():
            spend()
    alone = time.monotonic() - began
    assert alone < 5 * WORK / turns.SHARE / 2  # nobody else was there
    with line.first():
        pass
    began = time.monotonic()
    with line.last():
        pass
    assert time.monotonic() - began >= 5 * WORK * 6  # nine times the work, less what has passed


def test_slowed_work_is_one_at_a_time_but_for_who_waited_long(monkeypatch):
    line, inside, most = Turns(), [], []

    def last():
        with line.last():
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.02)
            inside.pop()

    threads = [threading.Thread(target=last) for _ in range(5)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(SECONDS)
    assert most == [1] * 5
    monkeypatch.setattr(turns, "MOST_SECONDS", 0.05)
    with line.last(), beside(last) as done:
        assert done.wait(SECONDS)


def test_what_was_taken_long_ago_is_forgotten(monkeypatch):
    """Work alone, or of an abuser, holds up the next one by no more than one ever waits."""
    monkeypatch.setattr(turns, "SHARE", 0.001)
    monkeypatch.setattr(turns, "MOST_SECONDS", 0.1)
    line = Turns()
    with line.last():
        spend()  # twenty seconds' share
    time.sleep(0.1)
    with line.first():
        pass
    began = time.monotonic()
    with line.last():
        pass
    assert time.monotonic() - began < 0.09


def test_an_error_ends_work_too():
    line = Turns()
    for work in (line.first, line.last):
        with pytest.raises(ValueError, match="x"), work():
            raise ValueError("x")
    began = time.monotonic()
    with line.first():
        line.give_way()  # what this thread does now is not last any more
    with line.last():
        pass
    assert time.monotonic() - began < turns.MOST_SECONDS / 2
