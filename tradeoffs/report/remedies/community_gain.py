"""Community gain: what a way gives one community over training alone, of a job's results."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tradeoffs.data.communities.catalogue import Community, community_split
from tradeoffs.data.report_people import order_by_id
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.experiments.plan import resolve
from tradeoffs.fronts.differences import Difference
from tradeoffs.fronts.gains import Gain, Trainings, gain
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say, translate
from tradeoffs.report.remedies.constant import constant_level
from tradeoffs.report.remedies.panel import Tone
from tradeoffs.report.remedies.refusal import refusal_sentence
from tradeoffs.report.remedies.selections import members_of
from tradeoffs.report.text import interval_ends, percent, points, with_sign
from tradeoffs.scenario import Scenario

WAITING = "not computed yet"


@dataclass(frozen=True, kw_only=True, slots=True)
class CommunityGain:
    """What a way gives one community.

    Attributes:
        name: of the community.
        rows: people that its models learn from.
        alone: mean of the measure over seeds, training alone; None while it is not there.
        other: the same by the way.
        gain: of the way over alone; None where it is not there or not measurable.
        constant: the same of the answer that is more frequent there, given to everybody.
        measure: accuracy or log_loss, of all three.
        reason: why there is no gain, in words; "" where there is one.
        waits: whether there is none because models have not arrived yet.
    """

    name: str
    rows: int
    alone: float | None
    other: float | None
    constant: float
    gain: Gain | None
    measure: str
    reason: str = ""
    waits: bool = False

    @property
    def difference(self) -> Difference | None:
        """The gain in the measure, positive where the way is better."""
        return getattr(self.gain, self.measure) if self.gain else None

    @property
    def tone(self) -> Tone:
        """Whether it gains, loses, or cannot be told."""
        return tone(self.difference)


def alone(setting: Scenario) -> Scenario:
    """Return the setting of training alone, beside which any way is measured."""
    return setting.but(remedy="alone", dial=None, provider="others")


def places(setting: Scenario) -> tuple[Community, ...]:
    """Return the communities of a setting that take part."""
    every = members_of(setting.dataset, setting.label, setting.communities)
    return tuple(one for one in every if not setting.members or one.name in setting.members)


def people_of(setting: Scenario, one: Community) -> int:
    """Return how many people's records a community learns from."""
    return min(setting.rows, one.train)


def trainings(job: Job, setting: Scenario) -> Trainings:
    """Return what has arrived of a setting's seeds, with who is decided positive."""
    bits = job.decisions_of(setting)
    return {
        one.scenario.seed: replace(one.measurement, bits=bits[one.scenario.seed])
        for one in job.results_of(setting)
        if one.scenario.seed in bits
    }


def community_gain(job: Job, setting: Scenario, home: Community, measure: str) -> CommunityGain:
    """Return what the way of a setting gives a community.

    Args:
        job: has the setting and that of training alone, both at this home.
        setting: with the way and its dial.
        home: the community.
        measure: accuracy or log_loss.
    """
    at_home = setting.but(home=home.name)
    before, after = (trainings(job, one) for one in (alone(at_home), at_home))
    seeds = sorted(before.keys() & after.keys())
    people = report_people_of(setting, home.name)
    found, reason = None, impossible(at_home) if home.measurable else home.reason
    waits = not reason and not seeds and job.active
    if not reason and not seeds:
        reason = translate(WAITING) if waits else say("not measurable")
    if seeds and not reason:
        try:
            found = gain(before, after, people, home.name)
        except NotMeasurable as refusal:
            reason = str(refusal)
    return CommunityGain(
        name=home.name,
        rows=people_of(setting, home),
        alone=mean_of(before, measure),
        other=mean_of(after, measure),
        constant=constant_level(people, measure) if home.measurable else math.nan,
        gain=found,
        measure=measure,
        reason=reason,
        waits=waits,
    )


def impossible(setting: Scenario) -> str:
    """Return why a setting cannot be trained, in words; "" if it can."""
    try:
        resolve(setting)
    except InvalidInput as refusal:
        return refusal_sentence(refusal)
    return ""


def change_between(
    job: Job, before: Scenario, after: Scenario, home: Community, measure: str
) -> Difference | None:
    """Return how much better one setting is than another at home; None where it is not there."""
    found = [trainings(job, one.but(home=home.name)) for one in (before, after)]
    try:
        both = gain(found[0], found[1], report_people_of(after, home.name), home.name)
    except NotMeasurable:
        return None
    return getattr(both, measure)


def report_people_of(setting: Scenario, home: str) -> Table:
    """Return the people that a community's models are measured on, in the order of decisions."""
    where = setting.dataset, setting.label, setting.communities
    return order_by_id(community_split(*where, home).report)


def mean_of(found: Trainings, measure: str, seeds: Sequence[int] | None = None) -> float | None:
    """Return the mean of a figure on report over seeds; None where none has it."""
    values = [
        one.report[measure]
        for seed, one in found.items()
        if measure in one.report and (seeds is None or seed in seeds)
    ]
    return float(np.mean(values)) if values else None


def tone(found: Difference | None) -> Tone:
    """Return whether a difference is better, worse, or cannot be told."""
    if found is None:
        return ""
    if not found.distinguishable:
        return "alike"
    return "better" if found.mean > 0 else "worse"


def amount(found: Difference) -> str:
    """Return a gain in words: points of accuracy, or log-loss with its sign."""
    return points(found.mean) if found.column == "accuracy" else with_sign(found.mean, 3)


def span(found: Difference) -> str:
    """Return the interval of a gain in words; why there is none where it has one seed."""
    if found.interval is None:
        return say("one seed so far")
    low, high = found.interval
    if found.column == "accuracy":
        ends = interval_ends(low, high)
    else:
        ends = with_sign(low, 3), with_sign(high, 3)
    return say("{low} to {high}", low=ends[0], high=ends[1])


def with_span(found: Difference) -> str:
    """Return a gain with its interval."""
    return f"{amount(found)} ({span(found)})"


def level(value: float, measure: str) -> str:
    """Return a value of a measure in words."""
    return percent(value) if measure == "accuracy" else localise(f"{value:.3f}")
