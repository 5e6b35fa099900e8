"""Status: what a job waits for or what went wrong, in words."""

from typing import Any

from tradeoffs.jobs.job import Job
from tradeoffs.jobs.supervisor import SupervisorState
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING
from tradeoffs.report.text import number


def status(job: Job, worker: SupervisorState, notice: str = "") -> dict[str, Any]:
    """Return state, share that is there, words, notices and failure of a job.

    Args:
        job: which is looked at.
        worker: state of the worker.
        notice: of the store.
    """
    failed = job.state == "failed"
    return {
        "state": job.state,
        "share": job.arrived / max(job.total, 1),
        "text": "" if failed else _words(job, worker),
        "notices": [told for told in (notice, job.notice) if told],
        "failure": WORDING.sentence(job.error or Message("training_failed")) if failed else "",
    }


def queue_position(job: Job) -> str:
    """Return the place in line of a job that waits, in words; empty if it does not."""
    if not job.position:
        return ""
    wait = _about(job.expected_wait)
    return f"Waiting for the machine: number {job.position} in line{wait}.{_behind(job)}"


def _words(job: Job, worker: SupervisorState) -> str:
    if not job.active:
        return f"{job.total} models, all trained." if job.total else "No model is needed here."
    if worker == "starting":
        return "The worker is starting, which takes a few seconds. Stored results are shown."
    told = f"Training models: {job.arrived} of {job.total} are ready.{_behind(job)}"
    return queue_position(job) or told


def _behind(job: Job) -> str:
    """Say why others go first, if they do."""
    if not job.behind:
        return ""
    whose = "your address has" if job.behind == 1 else "you have"
    return f" Other visitors go first, as {whose} asked for more training than a minute's share."


def _about(seconds: float | None) -> str:
    return "" if seconds is None else f", about {number(max(round(seconds), 1))} s"
