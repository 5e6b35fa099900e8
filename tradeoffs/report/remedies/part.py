"""Part: one picture of the page Remedies: which models it shows, and what it tells of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradeoffs.field import Level
from tradeoffs.language.translates import translates
from tradeoffs.report.remedies.panel import Panel
from tradeoffs.report.remedies.selection import Selection
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    from tradeoffs.jobs.job import Job


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Look:
    """What somebody looks at on the page Remedies.

    Attributes:
        here: the setting of their own community, with the chosen way and its dial.
        values: every selection of the page, as the address writes it.
    """

    here: Scenario
    values: Mapping[str, str]

    @property
    def story(self) -> bool:
        """Whether the page is at its simplest level."""
        return self.values["level"] == "story"


@translates("title", "question")
@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """An entry of the list of parts.

    Attributes:
        name: in the address.
        title: of its tab.
        question: that it answers, in a sentence of plain words.
        level: the simplest one at which it can be opened.
        settings: returns the settings that it shows, without their seeds, what is wanted first
            being the first; none where it shows no models.
        panel: returns what it tells of what has arrived; called for each version of the job.
        by_measure: whether it shows what "Measured by" chooses.
        selections: that it has beside those of the whole page.
    """

    name: str
    title: str
    question: str
    settings: Callable[[Look], Sequence[Scenario]]
    panel: "Callable[[Look, Job], Panel]"
    level: Level = "explore"
    by_measure: bool = False
    selections: tuple[Selection, ...] = ()
