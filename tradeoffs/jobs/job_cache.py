"""Keep what follows from a job as long as the job is there, and no longer."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from tradeoffs.data.table_cache import table_cache
from tradeoffs.jobs.job import Job
from tradeoffs.language.current import language

P = ParamSpec("P")
R = TypeVar("R")
MOST = 6  # answers kept of a job: several visitors may look at it in different ways


def of_job(function: Callable[Concatenate[Job, P], R]) -> Callable[Concatenate[Job, P], R]:
    """Mark a function of a job whose last answers are kept with the job; none may hold the job.

    What else is asked for tells the answers apart, and has to be hashable; so does the language of
    who asks, as answers may hold words.  Where an own table is forgotten, so are the answers.
    """
    every: WeakKeyDictionary[Job, OrderedDict[Hashable, R]] = WeakKeyDictionary()
    lock = Lock()  # several threads draw

    @wraps(function)
    def kept(job: Job, *arguments: P.args, **named: P.kwargs) -> R:
        key = language(), arguments, tuple(named.items())
        with lock:
            answers = every.setdefault(job, OrderedDict())
            if key in answers:
                answers.move_to_end(key)
                return answers[key]
        found = function(job, *arguments, **named)
        with lock:
            answers[key] = found
            while len(answers) > MOST:
                answers.popitem(last=False)
        return found

    kept.cache_clear = every.clear  # pyright: ignore[reportAttributeAccessIssue,reportFunctionMemberAccess]
    return table_cache(kept)  # pyright: ignore[reportArgumentType]
