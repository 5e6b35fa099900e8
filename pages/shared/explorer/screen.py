"""Screen: what one setting shows of two objectives, a source for all browsers that look at it."""

import json
import threading
import weakref
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pages.shared.explorer import live
from pages.shared.explorer.part_cache import PART_CACHE
from tradeoffs.data.table_cache import table_cache
from tradeoffs.data.table_handle import is_own
from tradeoffs.errors import TradeoffsError
from tradeoffs.experiments.designs import grid, replicate, slices
from tradeoffs.fronts.replicates import Replicates
from tradeoffs.jobs.budget import Visitor
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.manager import Manager
from tradeoffs.language.current import in_own_language, language
from tradeoffs.messages.wording import WORDING
from tradeoffs.report.charts.axis import Spans
from tradeoffs.report.job_status import status
from tradeoffs.report.payload import (
    Picture,
    as_json,
    picture,
    results_of,
    scale_parts,
    why_no_picture,
)
from tradeoffs.resources.purse import Purse
from tradeoffs.scenario import Scenario, digest

END = "end"  # key in the session's channel of what waits for the end of its job


class Screen:
    """The newest picture of a setting; painted by one thread, looked at by many sessions.

    While models arrive the axes only widen; when all are there, they fit.

    Attributes:
        here: the setting.
        pins: settings beside those that every screen of the setting shows.
        job: whose results it shows.
        who: pays; None where nothing is left out for its price.
        language: in which it is told.
    """

    def __init__(
        self,
        here: Scenario,
        x: str,
        y: str,
        by: Manager,
        pins: Sequence[Scenario] = (),
        *,
        charted: bool = True,
        who: Purse | None = None,
    ) -> None:
        """Ask for nothing yet.

        Args:
            here: the setting.
            x: objective to the right.
            y: objective upwards.
            by: who computes it.
            pins: settings beside those that every screen of the setting shows.
            charted: whether it has a chart, and what is said of it.
            who: pays, so that what the budget does not cover is told.
        """
        self.here, self.pins, self._axes, self._manager = here, pins, (x, y), by
        self._charted, self.who, self.language = charted, who, language()
        self.job = Job([])
        self._payer: Visitor | None = None  # who asked last
        self._lock = threading.Lock()  # guards the next three
        self._made: tuple[Hashable, Picture | None] = (None, None)
        self._drawn: tuple[Hashable, Mapping[str, bytes]] = (None, {})
        self._spans: Spans | None = None
        self._refusal = ""
        self._version: Hashable = None  # the last one that was told
        self._last: Mapping[str, bytes] = {}  # parts

    def submit(self, owner: Hashable, payer: Visitor | None = None) -> None:
        """Ask for what it shows in the name of somebody, who then waits for nothing else.

        Args:
            owner: who asks.
            payer: whose budget it is charged to; None is nobody's.

        Raises:
            TradeoffsError: the machine takes no more, or the setting cannot be computed.
        """
        self._payer = payer
        wanted = [*slices(self.here), *grid(self.here), *replicate(self.pins)]
        self.job = self._manager.submit(owner, wanted, first=wanted[0], payer=payer)
        self._refusal = ""

    @property
    def own(self) -> dict[str, Any]:
        """The setting, where it is not the default: a browser says of which one it speaks."""
        return self.here.model_dump(mode="json", exclude_defaults=True)

    @property
    def settings(self) -> Sequence[Scenario]:
        """All settings by their numbers, those of points on the chart too."""
        return tuple(self.job.settings.values())

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to draw.

        A session that moves on drops its job a moment before it looks elsewhere: for that moment,
        nothing changes.
        """
        job, by = self.job, self._manager
        if not job.just_left:
            waits = job.expected_wait and round(job.expected_wait)
            state = by.state, by.store.notice, self._refusal
            self._version = job, job.version, job.position, waits, *state
        return self._version

    def touch(self) -> None:
        """Renew the lease."""
        self.job.touch()

    @in_own_language
    def parts(self) -> Mapping[str, bytes]:
        """Return the picture in parts, what is waited for and whose picture it is."""
        if self.job.just_left and self._last:
            return self._last
        if self.job.state == "dropped" and not self._refusal:
            self._ask_again()
        job = self.job
        told = status(job, self._manager.state, self._manager.store.notice)
        if self._refusal:
            told |= {"state": "failed", "text": "", "failure": self._refusal}
        self._last = {
            "setting": as_json(self.own),
            "status": as_json(told),
            "axes": as_json(self._axes),
            **self._drawn_parts(),
        }
        return self._last

    @in_own_language
    def picture(self) -> Picture | None:
        """Return the picture of what is there now; None while there is nothing to draw."""
        with self._lock:
            return self._picture(self.job, _version(self.job))

    def own_values(self) -> Mapping[str, Sequence[float | str | None] | None]:
        """Return mean, low and high of each objective of the setting, as the scales draw them."""
        drawn = self._drawn_parts()
        values, you = (json.loads(drawn.get(name, b"null")) for name in ("values", "you"))
        return values[str(you)] if values and you is not None else {}

    @in_own_language
    def _drawn_parts(self) -> Mapping[str, bytes]:
        """Return what is drawn of the models that are there now."""
        with self._lock:
            job = self.job
            done, of = job.state == "done", _version(job)  # first: more may arrive meanwhile
            if self._drawn[0] != of:
                self._drawn = of, self._kept(job, of) if done else self._draw(job, of)
            return self._drawn[1]

    def _kept(self, job: Job, of: Hashable) -> Mapping[str, bytes]:
        """Return what is drawn of a job that is done, whoever drew it.

        Nothing is kept of an own table, which goes with its session, nor of what could not be read.
        """
        key = self._key(job)
        found = PART_CACHE.find(key)
        if found is None:
            found = self._draw(job, of)
            if not job.undecided and not any(map(is_own, job.datasets)):
                PART_CACHE.keep(key, found)
        return found

    def _key(self, job: Job) -> Hashable:
        """Return what the parts of a job that is done follow from."""
        who = self.who and self.who.text
        shown = self.here, self._axes, tuple(self.pins), self._charted, who, self.language
        return shown, weakref.ref(self._manager), digest(job.result_keys)

    def _draw(self, job: Job, of: Hashable) -> dict[str, bytes]:
        results = results_of(job, self.here, self.who)
        found = scale_parts(job, self.here, self.who, results=results)
        if not self._charted:
            return found
        made = self._picture(job, of, results)
        if made is None:
            return found | {"missing": as_json(why_no_picture(job, self.here, *self._axes))}
        return found | made.parts()

    def _picture(self, job: Job, of: Hashable, results: Replicates | None = None) -> Picture | None:
        """Return the picture of a job at a version; what arrived since may be on it."""
        if self._charted and self._made[0] != of:
            kept = self._spans if job.active else None
            made = picture(job, self.here, *self._axes, kept, self.who, results=results)
            self._spans = made.spans if made else None
            self._made = of, made
        return self._made[1]

    def _ask_again(self) -> None:
        """Ask for what was dropped while nobody looked, in the name of all who look now."""
        try:
            self.submit(self, self._payer)
        except TradeoffsError as refusal:
            self._refusal = WORDING.sentence(refusal)


def _version(job: Job) -> Hashable:
    """Return what changes with what is drawn of a job."""
    return job, job.arrived, job.active


@dataclass(frozen=True, slots=True)
class End:
    """Whether a job has come to its end; followed by what is drawn of a finished one."""

    job: Job

    def version(self) -> bool:
        """Return whether more may arrive."""
        return self.job.active

    def touch(self) -> None:
        """Renew the lease."""
        self.job.touch()


_SCREENS: weakref.WeakValueDictionary[Hashable, Screen] = weakref.WeakValueDictionary()
_LOCK = threading.Lock()


def screen(
    here: Scenario,
    x: str,
    y: str,
    pins: Sequence[Scenario] = (),
    *,
    charted: bool = True,
    who: Purse | None = None,
) -> Screen:
    """Return the one screen of a setting and two objectives in the language of the run.

    It lives while somebody looks.

    Args:
        here: the setting.
        x: objective to the right.
        y: objective upwards.
        pins: settings to be trained, too. Who pins what is on the screen anyway sees the same.
        charted: whether it has a chart.
        who: pays; None where nothing is left out for its price.
    """
    beyond = _beyond(here, tuple(pins)) if pins else ()
    with _LOCK:
        by = live.manager()
        key = here, x, y, beyond, charted, who and who.text, language(), by
        found = _SCREENS.get(key)
        if found is None:
            found = _SCREENS[key] = Screen(here, x, y, by, beyond, charted=charted, who=who)
        return found


@table_cache
@lru_cache(maxsize=200)
def _beyond(here: Scenario, pins: tuple[Scenario, ...]) -> tuple[Scenario, ...]:
    """Return those of some settings that are not among the ones of every screen of a setting."""
    every = {one.configuration() for one in (*slices(here, 1), *grid(here, 1))}
    return tuple(one for one in pins if one.configuration() not in every)
