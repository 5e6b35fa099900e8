"""Way points: each way at home by accuracy and gap, chosen on one half and shown on the other."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from tradeoffs.fronts import Front, front
from tradeoffs.fronts.dominance import FRONT, ONE_HALF, nondominated
from tradeoffs.fronts.front import Errors, finite_costs
from tradeoffs.fronts.replicates import REPORT, Key
from tradeoffs.fronts.sweep import sweep
from tradeoffs.jobs.job import Job
from tradeoffs.report.cards import row_errors, sampling_errors
from tradeoffs.report.evaluation_people import decision_matrix, evaluation_people
from tradeoffs.report.remedies.at_home import ways
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.view import objective_of
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate

COLUMNS = ("accuracy", "gap")
Interval = tuple[float, float] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WayPoint:
    """A way at home, in the plane of accuracy and gap.

    Attributes:
        way: its name.
        costs: of both on each half of the test people, less being better: select, then report.
        means: of accuracy and gap over seeds, on report.
        ends: 95 % interval of each, over seeds and test people; None with one seed.
        standing: among the ways, see `dominance.standings`.
    """

    way: str
    costs: tuple[tuple[float, float], tuple[float, float]]
    means: tuple[float, float]
    ends: tuple[Interval, Interval]
    standing: str

    @property
    def on_front(self) -> bool:
        """Whether no other way beats it on either half."""
        return self.standing == FRONT

    @property
    def on_one_half(self) -> bool:
        """Whether no other way beats it on one half, and some way does on the other."""
        return self.standing == ONE_HALF

    def beats(self, other: "WayPoint") -> bool:
        """Say whether it is no worse in both and better in one, by means on both halves."""
        pairs = zip(self.costs, other.costs, strict=True)
        return not any(nondominated(np.array(pair))[1] for pair in pairs)


def way_points(look: Look, job: Job) -> list[WayPoint]:
    """Return the ways of which both accuracy and gap are measured, in the catalogue's order."""
    asked = {name: one for name, one in ways(look).items() if isinstance(one, Scenario)}
    by_key = {_key(one): one for one in asked.values()}
    results = [result for one in by_key.values() for result in job.results_of(one)]
    if not results:
        return []
    chosen = front(
        sweep(results, job.comparison, COLUMNS),
        [objective_of(name, look.here) for name in ("accuracy", "fairness")],
        errors=_differences(look, job, by_key),
    )
    place = {key: number for number, key in enumerate(chosen.keys)}
    return [
        _point(name, one, chosen, place[_key(one)], job)
        for name, one in asked.items()
        if _key(one) in place
    ]


def _key(setting: Scenario) -> Key:
    return tuple(configuration(setting).values())


def _differences(look: Look, job: Job, by_key: dict[Key, Scenario]) -> Errors:
    """Return what tells the errors over test people of what two ways differ by."""
    errors = partial(
        sampling_errors, job.comparison.of_setting(look.here), decisions=job.decisions_of
    )
    return lambda one, other: errors(by_key[tuple(one.values())], by_key[tuple(other.values())])


def _point(name: str, setting: Scenario, chosen: Front, place: int, job: Job) -> WayPoint:
    row = chosen.kept[place]
    there = chosen.results.present[:, row].all(axis=0)
    seen = chosen.results.values[REPORT, row, there]  # (seeds, columns), the objectives' first
    costs = finite_costs(chosen.means.mean[:, row], chosen.objectives)
    errors = _errors(setting, job)
    accuracy, gap = (
        estimate(values, errors.get(column, 0.0))
        for values, column in zip(seen.T, COLUMNS, strict=True)
    )
    return WayPoint(
        way=name,
        costs=((costs[0, 0], costs[0, 1]), (costs[1, 0], costs[1, 1])),
        means=(accuracy.mean, gap.mean),
        ends=(_within(accuracy.interval), _within(gap.interval)),
        standing=chosen.standing[place],
    )


def _errors(setting: Scenario, job: Job) -> dict[str, float]:
    """Return the standard errors over test people of a way's accuracy and gap."""
    decisions, people = job.decisions_of(setting), evaluation_people(setting)
    if not decisions:
        return {}
    decided = decision_matrix(decisions, sorted(decisions), people.rows)
    return row_errors(setting, job.comparison.of_setting(setting), people, decided)


def _within(ends: Interval) -> Interval:
    """Return an interval as far as it lies between 0 and 1."""
    return ends and (max(ends[0], 0.0), min(ends[1], 1.0))
