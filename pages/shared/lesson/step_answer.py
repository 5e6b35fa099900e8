"""Answering: a step's table from what is shipped, from the job manager, or from a study."""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pages.shared.explorer import live
from pages.shared.kit import sources
from pages.shared.kit.worker_answers import failure, queue
from pages.shared.settings.wording import sentence
from tradeoffs.jobs.manager import Job
from tradeoffs.jobs.worker import study
from tradeoffs.language.translation import say
from tradeoffs.lessons.answers import shipped_answer, study_answer, training_answer
from tradeoffs.lessons.lesson import Lesson, Step, StepState, StudySource, TrainingSource
from tradeoffs.messages.message import Message
from tradeoffs.report.job_status import queue_position

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Now:
    """What there is of an answer at this moment."""

    table: "pd.DataFrame | None" = None
    share: float = 1.0  # of the models that are there
    waiting: str = ""  # what is waited for
    error: str = ""
    dropped: bool = False  # nobody looked for a while: ask again


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Answer:
    """A step's answer: there already, or from a job or a study under way."""

    step: Step
    table: "pd.DataFrame | None" = None
    job: Job | None = None
    future: "Future[Any] | None" = None

    @property
    def coming(self) -> sources.JobSource | sources.AnswerSource | None:
        """What is under way; None where nothing is to come."""
        if self.job is not None and self.job.active:
            return sources.JobSource(self.job, live.manager())
        if self.future is not None and not self.future.done():
            return sources.AnswerSource(self.future, live.manager())
        return None

    def now(self) -> Now:
        """Return what there is."""
        if self.job is not None:
            return _of_job(self.step, self.job)
        if self.future is not None:
            return _of_study(self.future)
        return Now(table=self.table)


def answer(step: Step, setting: StepState) -> Answer:
    """Return a step's answer at a setting, asking for what is not there.

    Raises:
        InvalidInput: a setting that cannot be resolved.
        Busy: too much is being asked for.
    """
    table = shipped_answer(step, setting)
    if table is not None:
        return Answer(step=step, table=table)
    if isinstance(step.source, StudySource):
        options = tuple((name, setting[name]) for name in step.source.options)
        future = live.ask(study, step.source.study, setting.scenario, options)
        return Answer(step=step, future=future)
    wanted = step.source.scenarios(setting)
    return Answer(step=step, job=live.submit(wanted, first=wanted[0]))


def default_table(entry: Lesson, step: int) -> "pd.DataFrame | None":
    """Return the answer at a step's own setting, which guesses are about; None if not there yet."""
    found = answer(entry.steps[step], entry.setting(step))
    return found.now().table if found.coming is None else None


def _of_job(step: Step, job: Job) -> Now:
    if job.state == "dropped":
        return Now(dropped=True)
    source = step.source
    assert isinstance(source, TrainingSource)
    table = training_answer(source, job.scenarios, job.results()) if job.arrived else None
    why = job.error or Message("training_failed")
    error = sentence(why) if job.state == "failed" else ""
    waiting = ""
    if job.active:
        waiting = queue_position(job) or say(
            "Training models: {arrived} of {all} are ready.", arrived=job.arrived, all=job.total
        )
        if live.manager().state == "starting":
            waiting = say("The worker is starting, which takes a few seconds.")
    return Now(table=table, share=job.arrived / max(job.total, 1), waiting=waiting, error=error)


def _of_study(future: "Future[Any]") -> Now:
    if not future.done():
        return Now(share=0.0, waiting=say("This is being computed. {queue}", queue=queue(future)))
    why = failure(future)
    if why:
        return Now(error=say("Not measurable: {why}", why=str(why)))
    return Now(table=study_answer(future.result()))
