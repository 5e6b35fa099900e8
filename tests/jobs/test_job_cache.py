"""What follows from a job is worked out once, and gone with it."""

import gc
import weakref

from tradeoffs.data.table_cache import clear_table_caches
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.job_cache import MOST, of_job
from tradeoffs.language.current import in_language, language


class Answer:
    """Something that can be looked for after it is gone."""


def test_an_answer_is_worked_out_once_for_each_job_and_argument():
    asked = []

    @of_job
    def answer(job: Job, version: int, more: str = "") -> Answer:
        asked.append((job, version, more))
        return Answer()

    one, other = Job([]), Job([])
    assert answer(one, 1) is answer(one, 1)
    assert answer(one, 1, more="x") is answer(one, 1, more="x") is not answer(one, 1)
    assert answer(other, 1) is not answer(one, 1)
    assert asked == [(one, 1, ""), (one, 1, "x"), (other, 1, "")]


def test_the_answers_asked_for_last_are_kept():
    asked = []

    @of_job
    def answer(job: Job, version: int) -> Answer:
        asked.append(version)
        return Answer()

    job = Job([])
    for version in (*range(MOST + 1), MOST, 0):
        answer(job, version)
    assert asked == [*range(MOST + 1), 0]


def test_answers_are_gone_with_their_job():
    @of_job
    def answer(job: Job) -> Answer:
        return Answer()

    job = Job([])
    held = weakref.ref(job), weakref.ref(answer(job))
    assert all(one() is not None for one in held)
    del job
    gc.collect()
    assert [one() for one in held] == [None, None]


def test_answers_are_gone_with_an_own_table():
    @of_job
    def answer(job: Job) -> Answer:
        return Answer()

    job = Job([])
    held = weakref.ref(answer(job))
    clear_table_caches()
    gc.collect()
    assert held() is None


def test_answers_of_two_languages_do_not_meet():
    @of_job
    def answer(job: Job) -> str:
        return language()

    job = Job([])
    with in_language("fr"):
        assert answer(job) == "fr"
    assert answer(job) == "en"
