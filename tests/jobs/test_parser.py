"""Files are parsed in processes of their own, with a deadline, and stopped when nobody waits."""

import gc
import os
import time
import weakref

import pytest

from tradeoffs.data.upload.options import Question, Writing
from tradeoffs.data.upload.outline import outline
from tradeoffs.errors import Busy, InvalidInput, WorkerError
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.parser import MOST_WAITING, FileParser, ParseTask


@pytest.fixture
def reader():
    made = []

    def make(*args, **kwargs) -> FileParser:
        made.append(FileParser(*args, **kwargs))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_another_process_reads_and_ends(reader):
    found = reader().read("owner", 1, os.getpid)
    assert found.wait(60)
    pid = found.answer.result()
    assert pid != os.getpid()
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the process is still there")


def test_a_deadline_ends_it_and_is_told(reader):
    found = reader(seconds=0.5).read("owner", 1, time.sleep, 60)
    began = time.monotonic()
    assert found.wait(20)
    assert time.monotonic() - began < 10
    with pytest.raises(InvalidInput, match="not read within 0.5 s, the most allowed here"):
        found.answer.result()


def test_a_newer_file_and_a_closed_tab_stop_it(reader):
    one = reader()
    first = one.read("owner", 1, time.sleep, 60)
    assert one.read("owner", 1, time.sleep, 60) is first
    second = one.read("owner", 2, time.sleep, 60)
    assert first.wait(20) and isinstance(first.answer.exception(), WorkerError)
    assert not second.answer.done()
    one.cancel("owner")
    assert second.wait(20) and isinstance(second.answer.exception(), WorkerError)
    assert not one._of


def test_an_error_of_the_file_is_told_and_others_are_not(reader):
    one = reader(Synchronous)
    refused = one.read("a", 1, outline, b"", Writing(), 1)
    assert refused.wait(20)
    assert str(refused.answer.exception()).startswith("the file is empty")
    failed = one.read("b", 1, outline, None, Writing(), 1)
    assert failed.wait(20)
    assert str(failed.answer.exception()) == "the file was not read"


class Content:
    """Of a file; unlike bytes, it can be seen to be gone."""


def refuse(content: Content) -> None:
    raise Question("ask_decimal_mixed", option="decimal", column="pay")


def test_the_file_of_an_error_is_gone_with_its_reading(reader):
    one, content = reader(), Content()
    seen = weakref.ref(content)
    gc.disable()
    try:
        found = one.read("owner", 1, refuse, content)
        for _ in range(2):
            with pytest.raises(Question, match="--decimal"):
                found.result()
        one.cancel("owner")
        one.close()
        del found, content
        time.sleep(0.1)  # the thread lets go of it
        assert seen() is None
    finally:
        gc.enable()


def asked(found: ParseTask) -> "weakref.ref[Content]":
    """Ask for an answer that is an error beside a file; return whether that is still there."""
    content = Content()
    with pytest.raises(Question):
        found.result()
    return weakref.ref(content)


def test_an_error_that_is_kept_keeps_no_file_of_who_asked(reader):
    found = reader().read("owner", 1, refuse, None)
    gc.disable()
    try:
        assert asked(found)() is None
    finally:
        gc.enable()


def test_a_line_has_an_end(reader):
    one = reader(seconds=5)
    first = [one.read(n, n, time.sleep, 60) for n in range(MOST_WAITING)]
    assert one.before(first[3]) == 3
    with pytest.raises(Busy, match="20 files are being read, and at most 20 may be"):
        one.read("late", 1, time.sleep, 60)
