"""Sources: a job, an answer and a file under way, as a page follows them."""

from collections.abc import Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from tradeoffs.jobs.job import Job
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.parser import FileParser, ParseTask


@dataclass(frozen=True, slots=True)
class JobSource:
    """A job: what has arrived of it, its place in line, and whether the worker is there."""

    job: Job
    manager: Manager

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to draw."""
        return self.job.version, self.job.position, self.manager.state

    def touch(self) -> None:
        """Renew the lease."""
        self.job.touch()


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """An answer of a worker: whether it is there, and how many questions are before it."""

    future: "Future[Any]"
    manager: Manager

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to draw."""
        return self.future.done(), self.manager.look(self.future)

    def touch(self) -> None:
        """Note that somebody waits."""
        self.manager.look(self.future)


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file that is being read: whether it was, for how many seconds, what comes first."""

    reading: ParseTask
    reader: FileParser

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to draw."""
        seconds = self.reading.elapsed
        return (
            self.reading.answer.done(),
            None if seconds is None else int(seconds),
            self.reader.before(self.reading),
        )

    def touch(self) -> None:
        """Do nothing: a file is read until its session ends or its time is over."""
