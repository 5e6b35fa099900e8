"""Source: what a part of the page Remedies shows of one look, for all browsers that look at it."""

import threading
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from pages.shared.explorer import live
from tradeoffs.errors import TradeoffsError
from tradeoffs.experiments.designs import replicate
from tradeoffs.jobs.budget import Visitor
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.manager import Manager
from tradeoffs.language.current import ENGLISH, in_language, in_own_language, language
from tradeoffs.messages.wording import WORDING
from tradeoffs.report.job_status import status
from tradeoffs.report.payload import as_json
from tradeoffs.report.remedies.panel import Panel
from tradeoffs.report.remedies.part import Look, Part

if TYPE_CHECKING:
    import pandas as pd


class PanelSource:
    """The newest panel of a part; painted by one thread, looked at by many sessions.

    Attributes:
        part: of the page.
        look: what is looked at.
        job: whose results it shows.
        language: in which it is told.
    """

    def __init__(self, part: Part, look: Look, by: Manager) -> None:
        """Ask for nothing yet."""
        self.part, self.look, self._manager = part, look, by
        self.language = language()
        self.job = Job([])
        self._payer: Visitor | None = None  # who asked last
        self._refusal = ""
        self._lock = threading.Lock()  # guards what was made last
        self._made: tuple[Hashable, Panel] = (None, Panel())
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
        wanted = replicate(list(self.part.settings(self.look)))
        first = wanted[0] if wanted else None
        self.job = self._manager.submit(owner, wanted, first=first, payer=payer)
        self._refusal = ""

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to draw, as of a `Screen`."""
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
        """Return the panel in parts, and what is waited for."""
        if self.job.just_left and self._last:
            return self._last
        if self.job.state == "dropped" and not self._refusal:
            self._ask_again()
        told = status(self.job, self._manager.state, self._manager.store.notice)
        if self._refusal:
            told |= {"state": "failed", "text": "", "failure": self._refusal}
        self._last = {"status": as_json(told), **self.panel().parts()}
        return self._last

    @in_own_language
    def panel(self) -> Panel:
        """Return what is told of what is there now."""
        with self._lock:
            job = self.job
            of = (job, job.arrived, job.active)
            if self._made[0] != of:
                self._made = of, self.part.panel(self.look, job)
            return self._made[1]

    def numbers(self) -> "pd.DataFrame":
        """Return what is there now as a table, whose words are English in every language."""
        with in_language(ENGLISH):
            return self.part.panel(self.look, self.job).numbers()

    def _ask_again(self) -> None:
        """Ask for what was dropped while nobody looked, in the name of all who look now."""
        try:
            self.submit(self, self._payer)
        except TradeoffsError as refusal:
            self._refusal = WORDING.sentence(refusal)


_SOURCES: WeakValueDictionary[Hashable, PanelSource] = WeakValueDictionary()
_LOCK = threading.Lock()


def panel_source(part: Part, look: Look) -> PanelSource:
    """Return the one source of a part, a look and the language of the run.

    It lives while somebody looks.
    """
    with _LOCK:
        by = live.manager()
        key = part.name, tuple(sorted(look.values.items())), look.here, language(), by
        found = _SOURCES.get(key)
        if found is None:
            found = _SOURCES[key] = PanelSource(part, look, by)
        return found
