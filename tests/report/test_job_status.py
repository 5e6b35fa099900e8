"""What is waited for, in words."""

import pytest

from tradeoffs.errors import WorkerError
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.job import Job
from tradeoffs.messages.message import Message
from tradeoffs.report.job_status import queue_position, status
from tradeoffs.scenario import Scenario


def job(**changes: object) -> Job:
    found = Job([resolve(Scenario(seed=seed)) for seed in range(4)])
    for name, value in changes.items():
        setattr(found, name, value)
    return found


@pytest.mark.parametrize(
    ("changes", "worker", "told"),
    [
        ({"arrived": 1}, "ready", "Training models: 1 of 4 are ready."),
        ({"position": 3}, "ready", "Waiting for the machine: number 3 in line."),
        (
            {"position": 3, "expected_wait": 12.3},
            "ready",
            "Waiting for the machine: number 3 in line, about 12 s.",
        ),
        ({"position": 3}, "starting", "The worker is starting"),
        ({"state": "done", "arrived": 4}, "starting", "4 models, all trained."),
    ],
)
def test_the_words_tell_what_is_waited_for(changes, worker, told):
    found = status(job(**changes), worker)
    assert found["text"].startswith(told) and not found["failure"]
    assert found["share"] == changes.get("arrived", 0) / 4


def test_what_failed_is_told_in_the_place_of_progress():
    one = job()
    one.tell(Message("worker_restarted"))
    one.end("failed", WorkerError("worker_stopped_often", times=3))
    found = status(one, "failed", "The store is full.")
    assert found["failure"].startswith("The worker stopped 3 times") and found["text"] == ""
    assert found["notices"] == ["The store is full.", one.notice]
    assert status(job(state="failed"), "failed")["failure"]


def test_a_place_in_line_is_told_of_who_waits_alone():
    assert queue_position(job()) == ""
    assert queue_position(job(position=2, expected_wait=0.1)).endswith(
        "number 2 in line, about 1 s."
    )
