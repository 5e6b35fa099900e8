"""Alternatives: the settings that a wish can pick from, with what each costs on both halves."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tradeoffs.fields import FIELDS
from tradeoffs.fronts import OBJECTIVES, Objective
from tradeoffs.fronts.replicates import REPORT, SELECT, Key, Replicates
from tradeoffs.jobs.job import Job
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.payload import results_of
from tradeoffs.report.setting_values import group_counts, setting_values
from tradeoffs.report.titles import favourable
from tradeoffs.report.view import objective_of
from tradeoffs.resources.purse import Purse
from tradeoffs.results import CONFIGURATION, configuration
from tradeoffs.scenario import Scenario
from tradeoffs.stats.means import means
from tradeoffs.values.preferences.utility import outcome_shares

BEYOND = 1e-3  # of the scale, by which infinity lies behind all that is finite


@dataclass(frozen=True, kw_only=True, eq=False)
class Alternatives:
    """Settings used on the same people as the setting of the sliders, over the seeds there are.

    Attributes:
        here: the setting of the sliders.
        settings: what there is to choose from.
        numbers: of the settings, in their job.
        runs: seeds of the training runs, in the order of the arrays.
        objectives: all there are, as they are here.
        values: (2 splits, settings, seeds, objectives), in the units of the columns; NaN where
            there is no model, or none that could be measured.
        intervals: (settings, objectives, 3), mean, low and high on report; see `setting_values`.
        present: (settings, seeds) bool, measured on both splits.
        shares: (2 splits, settings, seeds, groups, 4), of each group with each outcome, in the
            order of UtilityMatrix, yes being the favourable answer.
        groups: their names.
        people: (groups,) how many there are of each on report.
        sizes: (groups,) the share of each, by survey weight where there is one.
    """

    here: Scenario
    settings: Sequence[Scenario]
    numbers: Sequence[int]
    runs: Sequence[int]
    objectives: Sequence[Objective]
    values: np.ndarray
    intervals: np.ndarray
    present: np.ndarray
    shares: np.ndarray
    groups: Sequence[str]
    people: np.ndarray
    sizes: np.ndarray

    @cached_property
    def now(self) -> int | None:
        """The row of the setting of the sliders; None while it has no results."""
        key = configuration(self.here)
        return next((n for n, one in enumerate(self.settings) if configuration(one) == key), None)

    @property
    def seeds(self) -> int:
        """Number of seeds."""
        return self.present.shape[1]

    @cached_property
    def costs(self) -> np.ndarray:
        """(2 splits, settings, seeds, objectives): 0 is an objective's ideal, 1 its reference.

        These are the scales of hypervolumes, on which all objectives compare; they do not depend on
        what else there is to choose from.  Infinity, where nothing is promised, lies just beyond
        the reference and all that is finite: it can be picked by someone to whom it matters little.
        """
        found = np.empty_like(self.values)
        for place, one in enumerate(self.objectives):
            found[..., place] = scale_costs(one, self.values[..., place])
        return found

    @cached_property
    def mean_costs(self) -> np.ndarray:
        """(2 splits, settings, objectives), NaN where not measurable in all seeds."""
        return self._mean(self.costs)

    @cached_property
    def means(self) -> np.ndarray:
        """(2 splits, settings, objectives), in the units of the columns."""
        return self._mean(self.values)

    def places(self, names: Sequence[str]) -> list[int]:
        """Return where objectives stand, in the order of `objectives`."""
        return [place for place, one in enumerate(self.objectives) if one.name in names]

    def _mean(self, values: np.ndarray) -> np.ndarray:
        return np.stack([means(values[split], self.present).mean for split in (SELECT, REPORT)])


def alternatives(job: Job, here: Scenario, who: Purse | None = None) -> Alternatives | None:
    """Return what there is to choose from; None while nothing has arrived.

    Args:
        job: with the setting among its scenarios.
        here: the setting of the sliders.
        who: pays; None is somebody at usual prices.
    """
    every = results_of(job, here, who)
    results = every.some(_same_people(every, here))
    if not results.keys:
        return None
    chosen = [objective_of(name, here) for name in OBJECTIVES]
    people = evaluation_people(here)
    group, names = people.group_of(here.protected)
    sizes = np.bincount(group, people.sample_weight, len(names))
    present = np.asarray(results.present.all(axis=0))
    shares = outcome_shares(group_counts(results, here, len(names)))
    if not favourable(here):  # yes is the answer that a person would want
        shares = shares[..., ::-1]
    return Alternatives(
        here=here,
        settings=[job.settings[key] for key in results.keys],
        numbers=[job.numbers[key] for key in results.keys],
        runs=results.seeds.tolist(),
        objectives=chosen,
        values=results.some(columns=[one.column for one in chosen]).values,
        intervals=setting_values(results, chosen, here, job.comparison.of_setting(here)).objectives,
        present=present,
        shares=shares.reshape(*results.present.shape, len(names), 4),
        groups=names,
        people=np.bincount(group, minlength=len(names)),
        sizes=sizes / sizes.sum(),
    )


def scale_costs(objective: Objective, values: np.ndarray) -> np.ndarray:
    """Return costs on the scale from the ideal (0) to the reference (1), and beyond.

    >>> from tradeoffs.fronts import PRIVACY
    >>> scale_costs(PRIVACY, np.array([0.05, 50.0, 500.0, np.inf])).round(3).tolist()
    [0.0, 1.0, 1.333, 1.334]
    """
    ideal, reference = objective.cost(objective.ideal), objective.cost(objective.reference)
    found = (objective.cost(values) - ideal) / (reference - ideal)
    finite = found[np.isfinite(found)]
    last = max(1.0, float(finite.max(initial=1.0))) + BEYOND
    return np.where(np.isposinf(found), last, found)


def _same_people(results: Replicates, here: Scenario) -> list[int]:
    """Return the rows of the settings used on the same people, whose gaps are of one meaning."""
    own: Key = tuple(configuration(here).values())
    alike = {"notion", "protected", *(name for name, one in FIELDS.items() if one.deployment)}
    where = [place for place, name in enumerate(CONFIGURATION) if name in alike]
    there = np.asarray(np.any(np.all(results.present, axis=0), axis=1))
    return [
        row
        for row, key in enumerate(results.keys)
        if there[row] and all(key[place] == own[place] for place in where)
    ]
