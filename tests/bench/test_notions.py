"""Every notion's bound, traced without a mechanism; fronts beside fairlearn's reductions."""

import statistics

import numpy as np
import pytest

from tradeoffs.bench.answers import LARGEST_GAP, Answers
from tradeoffs.bench.methods import REDUCTIONS, engine, exponentiated_gradient
from tradeoffs.data.load import load_split
from tradeoffs.data.table import Split, Table
from tradeoffs.fronts.hypervolume import hypervolume
from tradeoffs.fronts.objectives import ACCURACY, FAIRNESS
from tradeoffs.fronts.standing import nondominated
from tradeoffs.pipeline.chunks import chunks
from tradeoffs.pipeline.run import run
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import GroupCounts

ROWS, SEEDS = 32_561, 5
BASE = Scenario.of(rows=ROWS, epsilon=None)
# Of our hypervolume to fairlearn's, at least.  Equalised odds and error rates fall short: the
# multipliers have not grown enough after 200 steps to bring the last few points of a gap down.
# Faster ones do better here, and overshoot on other tables.
LEAST = {
    "demographic_parity": 0.98,
    "equal_opportunity": 0.98,
    "equalized_odds": 0.87,
    "error_rate_parity": 0.91,
}


def gaps(base: Scenario) -> np.ndarray:
    """Return each seed's gap on report."""
    metric = f"{NOTIONS[base.notion].metric}[{base.protected}]"
    replicates = [base.but(seed=seed) for seed in range(SEEDS)]
    found = [one for chunk in chunks(replicates) for one in run(chunk)]
    return np.array([one.measurement.report[metric] for one in found])


@pytest.mark.slow
@pytest.mark.parametrize("name", [n.name for n in NOTIONS.values() if n.can_be_bounded])
def test_a_smaller_bound_means_a_smaller_metric_within_noise(name):
    base = BASE.but(notion=name)
    free = gaps(base)
    low = 0.6 if any(rate.startswith("largest") for rate in NOTIONS[name].held) else 0.0
    ladder = [gaps(base.but(max_gap=b)) for b in np.linspace(low * free.mean(), free.mean(), 10)]
    for smaller, larger in zip(ladder, [*ladder[1:], free], strict=True):
        change = larger - smaller  # of the same seeds
        assert change.mean() > -2.8 * change.std(ddof=1) / np.sqrt(SEEDS) - 5e-4
    assert ladder[0].mean() <= free.mean() + 5e-4


def attained(answers: Answers, split: Split, name: str) -> float:
    """Return the hypervolume of a front chosen on select and measured on report."""

    def points(answer: np.ndarray, table: Table) -> np.ndarray:
        right = np.where(table.label, answer, 1 - answer).mean(1)
        group, names = table.group_of("sex")
        member, gap = np.eye(len(names))[group], NOTIONS[name].gap
        assert gap is not None
        counts = GroupCounts.of(answer, answer, table.label.astype(float), member)
        return np.stack([right, gap(counts)], 1)

    best = nondominated(points(answers.select, split.select) * (-1, 1))
    positive = float(split.report.label.mean())
    references = {"accuracy": max(positive, 1 - positive), "fairness": LARGEST_GAP}
    found = points(answers.report[best], split.report)
    return hypervolume(found, (ACCURACY, FAIRNESS), references)


@pytest.mark.slow
@pytest.mark.parametrize("name", REDUCTIONS)
def test_fronts_are_about_as_good_as_those_of_the_reduction(name):
    base, split = BASE.but(notion=name), load_split("adult", "income_gt_50k")
    free = float(gaps(base).mean())
    bounds = [*np.linspace(0, free, 10).tolist(), None]
    ours = [engine(split, base.but(seed=s), bounds) for s in range(SEEDS)]
    theirs = exponentiated_gradient(
        split.train, split, "sex", (0.0025, 0.01, 0.02, 0.04, 0.06, 0.09), name
    )
    own = statistics.median(attained(one, split, name) for one in ours)
    ratio = own / attained(theirs, split, name)
    assert ratio >= LEAST[name]
