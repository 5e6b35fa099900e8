"""Status: what a job waits for or what went wrong, in words."""

from typing import Any

from tradeoffs.jobs.job import Job
from tradeoffs.jobs.supervisor import SupervisorState
from tradeoffs.language.translation import say
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
    if job.expected_wait is None:
        told = say("Waiting for the machine: number {place} in line.", place=job.position)
    else:
        told = say(
            "Waiting for the machine: number {place} in line, about {seconds} s.",
            place=job.position,
            seconds=number(max(round(job.expected_wait), 1)),
        )
    return " ".join(filter(None, (told, _behind(job))))


def _words(job: Job, worker: SupervisorState) -> str:
    if job.state == "done":
        if not job.total:
            return say("No model is needed here.")
        return say("{models} models, all trained.", models=job.total)
    if worker == "starting":
        return say("The worker is starting, which takes a few seconds. Stored results are shown.")
    told = say(
        "Training models: {ready} of {models} are ready.", ready=job.arrived, models=job.total
    )
    return queue_position(job) or " ".join(filter(None, (told, _behind(job))))


def _behind(job: Job) -> str:
    """Say why others go first, if they do."""
    if not job.behind:
        return ""
    if job.behind == 1:
        return say(
            "Other visitors go first, as your address has asked for more training than a minute's "
            "share."
        )
    return say(
        "Other visitors go first, as you have asked for more training than a minute's share."
    )
