"""Coalitions: who could train together: everybody, all but one, or home and one partner."""

from collections.abc import Sequence
from dataclasses import dataclass

from tradeoffs.data.codebook_words import word, words
from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.plan import possible
from tradeoffs.fronts.differences import Difference
from tradeoffs.fronts.gains import Gain, gain, mean_gain
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import list_text
from tradeoffs.language.translation import say
from tradeoffs.report.remedies.community_gain import (
    alone,
    places,
    report_people_of,
    trainings,
)
from tradeoffs.scenario import Scenario

MOST_MEMBERS = 12  # up to which everybody is left out once; with more, only who is chosen


@dataclass(frozen=True, kw_only=True, slots=True)
class Coalition:
    """Communities that take part.

    Attributes:
        title: in words.
        members: their names, in the order of the cut.
        without: who is left out of all; "" for a coalition that is none of these.
    """

    title: str
    members: tuple[str, ...]
    without: str = ""

    def setting(self, here: Scenario, home: str) -> Scenario:
        """Return the setting of the way in this coalition, measured in one of its members."""
        return here.but(members=self.members, home=home)


def everybody(here: Scenario) -> Coalition:
    """Return the coalition of all who take part in a setting and can be measured."""
    names = tuple(one.name for one in places(here) if one.measurable)
    return Coalition(title=say("all {count}", count=len(names)), members=names)


def left_out(here: Scenario, withdraws: str) -> list[Coalition]:
    """Return the coalitions of all but one; with many, only of all but who is chosen."""
    names = everybody(here).members
    chosen = names if len(names) <= MOST_MEMBERS else [n for n in names if n == withdraws]
    return [
        Coalition(
            title=say("all but {name}", name=word(name)),
            members=tuple(other for other in names if other != name),
            without=name,
        )
        for name in sorted(chosen, key=lambda name: name != withdraws)
        if len(names) > 2
    ]


def pairs(here: Scenario) -> list[Coalition]:
    """Return the coalitions of home and one partner."""
    names = everybody(here).members
    partners = [name for name in names if name != here.home][:MOST_MEMBERS]
    if len(names) < 3:
        return []
    return [
        Coalition(
            title=list_text(words((here.home, name))),
            members=tuple(one for one in names if one in (name, here.home)),
        )
        for name in partners
    ]


def settings(here: Scenario, coalitions: Sequence[Coalition]) -> list[Scenario]:
    """Return training alone and the way in each coalition, for each of its members."""
    found = []
    for one in coalitions:
        for name in one.members:
            found += [alone(here.but(home=name, members=())), one.setting(here, name)]
    return [one for one in dict.fromkeys(found) if possible(one)]


def gains_of(job: Job, here: Scenario, one: Coalition) -> list[Gain]:
    """Return what each member gains over training alone; [] until all are there."""
    found = []
    for name in one.members:
        before = trainings(job, alone(here.but(home=name, members=())))
        after = trainings(job, one.setting(here, name))
        try:
            found.append(gain(before, after, report_people_of(here, name), name))
        except NotMeasurable:
            return []
    return found


def changes(job: Job, here: Scenario, whole: Coalition, one: Coalition) -> list[Gain]:
    """Return what each who stays gains when one leaves, (members,); [] until all are there."""
    found = []
    for name in one.members:
        before, after = (trainings(job, part.setting(here, name)) for part in (whole, one))
        try:
            found.append(gain(before, after, report_people_of(here, name), name))
        except NotMeasurable:
            return []
    return found


def mean_change(found: Sequence[Gain], measure: str) -> Difference | None:
    """Return what those who stay gain on average; None where it is not there."""
    if not found:
        return None
    try:
        return mean_gain(found).in_measure(measure)
    except NotMeasurable:
        return None
