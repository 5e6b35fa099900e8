"""Values: what was measured of every setting of a job, with 95 % intervals.

Intervals cover seeds and, where people are counted, that the test rows are a sample of people.  A
share varies over test rows as that of so many independent answers does; the decisions themselves
would tell less where seeds disagree about a person.  `scales` puts what they tell in its place for
the setting of the sliders.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.fronts import ACCURACY, COST, FAIRNESS, MONEY, PRIVACY, Objective
from tradeoffs.fronts.replicates import REPORT, SELECT, Key, Replicates
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.titles import favourable
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import NORMAL, half_width
from tradeoffs.stats.means import Means, means
from tradeoffs.stats.proportions import share_error, share_intervals
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.cells import ComparedGroups
from tradeoffs.values.fairness.notion import COUNTS, WEIGHTED, Denominator, GroupCounts

COUNTED = ("people", "positives", "selected", "true_positives")  # what rates of decisions need
EXACT = (PRIVACY.name, COST.name, MONEY.name)  # known, not estimated
DECIDED: dict[str, Denominator] = {  # rates of decisions, and among whom each is counted
    "selection_rate": "people",
    "true_positive_rate": "positives",
    "false_positive_rate": "negatives",
}


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SettingValues:
    """What was measured of settings on report, over the seeds that both splits have.

    Attributes:
        keys: of the settings.
        objectives: (settings, objectives, 3): mean, low, high; NaN where there is none.
        groups: names.
        rates: (settings, groups, 3), of favourable decisions, in the same way.
    """

    keys: tuple[Key, ...]
    objectives: np.ndarray
    groups: tuple[str, ...]
    rates: np.ndarray


def count_columns(here: Scenario) -> tuple[str, ...]:
    """Return the columns that hold the counts of the setting's groups."""
    people = evaluation_people(here)
    prefixes = ("",) if people.sample_weight is None else ("", WEIGHTED)
    names = people.group_of(here.protected)[1]
    return tuple(
        f"{prefix}{field}[{here.protected}={name}]"
        for prefix in prefixes
        for field in COUNTED
        for name in names
    )


def setting_values(
    results: Replicates, objectives: Sequence[Objective], here: Scenario, compared: ComparedGroups
) -> SettingValues:
    """Return the values of all settings of some results.

    Args:
        results: with the columns of the objectives, and `count_columns`.
        objectives: whose values are wanted.
        here: whose groups and notion count.
        compared: between whom the gap is.
    """
    groups = evaluation_people(here).group_of(here.protected)[1]
    counts = group_counts(results, here, len(groups))
    seen = _over_seeds(results, results.some(columns=[one.column for one in objectives]).values)
    errors = np.zeros_like(seen.mean)  # over test rows
    for place, one in enumerate(objectives):
        if one.name == ACCURACY.name:
            rows = evaluation_people(here).effective_rows
            errors[:, place] = share_error(seen.mean[:, place], rows)
        elif one.name == FAIRNESS.name:
            errors[:, place] = _gap_error(results, counts, here, compared.among(groups))
    over_seeds, freedom = _seed_error(seen)
    half = half_width(over_seeds, np.hypot(over_seeds, errors), freedom)
    half[:, [one.name in EXACT for one in objectives]] = np.nan
    ends = np.stack([seen.mean, seen.mean - half, seen.mean + half], axis=-1)
    for place, one in enumerate(objectives):  # no interval reaches beyond what there can be
        within = np.minimum if one.better == "high" else np.maximum
        ends[:, place, 1:] = within(ends[:, place, 1:], one.ideal)
    return SettingValues(
        keys=results.keys,
        objectives=ends,
        groups=groups,
        rates=_rates(results, counts, here),
    )


def covers_test_rows(objective: Objective, here: Scenario) -> bool:
    """Return whether an interval covers that the test rows are a sample, and not seeds alone."""
    if objective.name == FAIRNESS.name:
        return bool(NOTIONS[here.notion].rates)
    return objective.name == ACCURACY.name


def _over_seeds(results: Replicates, values: np.ndarray) -> Means:
    """Return means on report of values (2 splits, settings, seeds, columns)."""
    return means(values[REPORT], results.present[SELECT] & results.present[REPORT])


def _seed_error(seen: Means) -> tuple[np.ndarray, np.ndarray]:
    """Return standard errors over seeds, NaN of fewer than two, and their degrees of freedom."""
    seeds = np.maximum(seen.seeds, 2)[:, None]
    return seen.sd / np.sqrt(seeds), seeds - 1


def group_counts(results: Replicates, here: Scenario, groups: int) -> GroupCounts:
    """Return the counts of all models: (2 splits * settings * seeds, groups)."""
    columns = count_columns(here)
    models = int(np.prod(results.present.shape))
    laid_out = results.some(columns=columns).values.reshape(models, -1, len(COUNTED), groups)
    absent = dict.fromkeys(set(COUNTS).difference(COUNTED), np.full((models, groups), np.nan))
    own, *more = (
        absent | dict(zip(COUNTED, laid_out[:, kind].swapaxes(0, 1), strict=True))
        for kind in range(laid_out.shape[1])
    )
    weighted = GroupCounts(**more[0], weighted=None) if more else None
    return GroupCounts(**own, weighted=weighted)


def _measured(
    results: Replicates, counts: GroupCounts, here: Scenario, rate: str
) -> tuple[Means, np.ndarray]:
    """Return a rate's means over seeds, and how many people each is of: (settings, groups)."""
    shape = (*results.present.shape, -1)
    seen = _over_seeds(results, getattr(counts, rate).reshape(shape))
    among = _over_seeds(results, getattr(counts, DECIDED[rate]).reshape(shape))
    return seen, among.mean * _evenness(here)


def _evenness(here: Scenario) -> np.ndarray:
    """Return how many people of one weight each person of a group stands for: (groups,)."""
    people = evaluation_people(here)
    group, names = people.group_of(here.protected)
    weights = people.sample_weight
    if weights is None:
        return np.ones(len(names))
    every = [np.bincount(group, weights**power, len(names)) for power in (0, 1, 2)]
    with np.errstate(divide="ignore", invalid="ignore"):
        return every[1] ** 2 / every[2] / every[0]


def _rates(results: Replicates, counts: GroupCounts, here: Scenario) -> np.ndarray:
    """Return the rates of favourable decisions with their intervals: (settings, groups, 3)."""
    seen, people = _measured(results, counts, here, "selection_rate")
    over_seeds, freedom = _seed_error(seen)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.hypot(over_seeds, share_error(seen.mean, people))
        reach = half_width(over_seeds, error, freedom) / error
    quantile = np.where(error > 0, reach, NORMAL)
    low, high = share_intervals(seen.mean, error, people, quantile)
    yes = np.stack([seen.mean, low, high], axis=-1)
    return yes if favourable(here) else 1 - yes[..., [0, 2, 1]]


def _gap_error(
    results: Replicates, counts: GroupCounts, here: Scenario, compared: np.ndarray
) -> np.ndarray:
    """Return the error over test rows of each setting's gap; 0 where no rate of decisions is meant.

    The rate that is widest and the groups at its ends are held, as `gap_error` holds them.
    """
    found = np.zeros(len(results.keys))
    widest = np.full(len(found), -1.0)
    for rate in NOTIONS[here.notion].rates if compared.sum() > 1 else ():
        seen, people = _measured(results, counts, here, rate)
        mean = seen.mean[:, compared]
        own = share_error(mean, people[:, compared]) ** 2
        ends = np.stack([mean.argmax(1), mean.argmin(1)], axis=1)
        spread = np.ptp(mean, axis=1)
        of_ends = np.sqrt(np.take_along_axis(own, ends, axis=1).sum(1))
        wider = spread > widest
        found, widest = np.where(wider, of_ends, found), np.where(wider, spread, widest)
    return found
