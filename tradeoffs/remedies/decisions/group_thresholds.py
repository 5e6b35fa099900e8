"""Group thresholds: one cut of the score for each group, from counts of scores on training rows."""

import math

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.remedies.decisions.thresholds import FittedRule, Mixture, Thresholds
from tradeoffs.remedies.stage import Plan, Stage
from tradeoffs.scenario import digest

CUTS = 200  # cuts of the score that are tried, beside 0
EXACT_BINS, NOISY_BINS = CUTS, 20  # of the score; fewer under noise, which every bin adds to
FINEST = 0.01  # smallest gap that is asked of cuts; nearer ones are often reached by nobody alone
# Of a rate, and of a group's size: above, a group is left alone, as its cut would follow the noise.
LARGEST_DEVIATION = 0.1
LARGEST_SIZE_ERROR = 0.25
SMALLEST_CELL = 30  # people whom a rate is about; below, a group is left alone
LABELS = {"selection_rate": 2, "true_positive_rate": 1, "error_rate": 2}  # rates, of so many labels


def bins(noise: float) -> int:
    """Return how many bins of scores are counted at a noise in people."""
    return NOISY_BINS if noise else EXACT_BINS


def histogram(score: np.ndarray, label: np.ndarray, group: np.ndarray, shape: tuple) -> np.ndarray:
    """Count people; one person adds 1 to one cell, so the sensitivity is 1.

    Args:
        score: (rows,) probabilities.
        label: (rows,) bool.
        group: (rows,) codes.
        shape: (groups, 2, bins) of the answer; bin b holds scores in (b / bins, (b + 1) / bins].
    """
    edges = np.arange(shape[2] + 1) / shape[2]
    place = np.clip(np.searchsorted(edges, score, side="left") - 1, 0, shape[2] - 1)
    counts = np.zeros(shape)
    np.add.at(counts, (group, label.astype(int), place), 1)
    return counts


def refine(counts: np.ndarray) -> np.ndarray:
    """Return counts (groups, 2, CUTS): the people of a wide bin are spread evenly over it."""
    times = CUTS // counts.shape[2]
    return np.repeat(counts / times, times, 2)


def rates(counts: np.ndarray, held: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, of counts (groups, 2, bins), what cuts at every edge of the bins come to.

    Returns:
        (groups, bins + 1) rates that are held alike, (groups, bins + 1) people who are
        decided rightly, and (groups,) people whom the rate is about.
    """
    tails = np.cumsum(counts[..., ::-1], -1)[..., ::-1]
    above = np.concatenate([tails, np.zeros_like(tails[..., :1])], -1)  # (groups, 2, cuts)
    negatives, positives = above[:, 0, :1], above[:, 1, :1]
    right = above[:, 1] + negatives - above[:, 0]
    part, whole = {
        "selection_rate": (above.sum(1), positives + negatives),
        "true_positive_rate": (above[:, 1], positives),
        "error_rate": (positives + negatives - right, positives + negatives),
    }[held]
    return np.clip(part / np.maximum(whole, 1), 0, 1), right, whole[:, 0]


def known_groups(counts: np.ndarray, held: str, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Return (groups,) whose rate can be told, and the (groups,) deviations of the rates."""
    people = rates(counts, held)[2]
    size_error = noise * math.sqrt(LABELS[held] * counts.shape[2]) / np.maximum(people, 1)
    # Of a sum over half of the bins, whose noise is the largest that a rate has.
    deviation = size_error / 2
    told = (people >= SMALLEST_CELL) & (deviation <= LARGEST_DEVIATION)
    return told & (size_error <= LARGEST_SIZE_ERROR), deviation


def cuts(rate: np.ndarray, right: np.ndarray, most: float) -> np.ndarray:
    """Return (groups,) cuts with rates within `most` of each other and the most right decisions.

    A best window of rates begins at some group's rate, so all of these are tried.

    Args:
        rate: (groups, cuts) from `rates`; some cuts of all groups are near each other, as are
            those that choose nobody.
        right: (groups, cuts) from `rates`.
        most: largest difference allowed.
    """
    best, found = -math.inf, np.zeros(len(rate), dtype=int)
    for low in np.unique(rate):
        within = (rate >= low) & (rate <= low + most + 1e-12)
        total = np.where(within, right, -math.inf).max(1).sum()  # infinite if a group has no cut
        if total > best:
            best, found = total, np.where(within, right, -math.inf).argmax(1)
    return found


def fit_thresholds(counts: np.ndarray, names: list[str], held: str, most: float) -> Thresholds:
    """Return the cuts of some groups, from their refined counts (groups, 2, CUTS)."""
    rate, right, _ = rates(counts, held)
    chosen = np.arange(CUTS + 1)[cuts(rate, right, max(most, FINEST))] / CUTS
    return Thresholds(
        groups={n: Mixture(threshold=float(t)) for n, t in zip(names, chosen, strict=True)}
    )


def fit_rule(plan: Plan, table: Table, score: np.ndarray) -> FittedRule:
    """Return the cuts of the groups that can be told, where the bound needs them.

    With a promise the histogram is one release: all records, composed with the training.
    """
    most, held = plan.scenario.max_gap or 0.0, plan.notion.constrained_rates[0]
    group, names = table.group_of(plan.scenario.protected)
    noise = plan.budget.sigma_counts or 0.0 if plan.budget else 0.0
    counts = histogram(score, table.label, group, (len(names), 2, bins(noise)))
    if noise:
        from tradeoffs.engine.noise import standard_normals  # slow to import; workers only

        key = digest(["histogram of scores", plan.model_key])
        counts += noise * standard_normals(key, counts.shape)
    able, deviation = known_groups(counts, held, noise)
    alone = tuple(name for name, one in zip(names, able, strict=True) if not one)
    if able.sum() < 2:
        return FittedRule(left_alone=alone)
    counts = refine(counts[able])
    rate, _, _ = rates(counts, held)
    gap = float(np.ptp(rate[:, CUTS // 2]))
    sigma = float(np.sqrt(np.square(np.sort(deviation[able])[-2:]).sum())) if noise else 0.0
    told = {"deviation": sigma, "left_alone": alone}
    if gap <= most:
        return FittedRule(gap=gap, **told)
    some = [name for name, one in zip(names, able, strict=True) if one]
    rule = fit_thresholds(counts, some, held, most)
    chosen = [round(rule.groups[name].threshold * CUTS) for name in some]
    gap = float(np.ptp(rate[np.arange(len(some)), chosen]))
    return FittedRule(rule=rule, gap=gap, **told)


GROUP_THRESHOLDS = Stage(
    name="group_thresholds",
    title="thresholds by group (post-processing)",
    help=(
        "The model stays as it is; each group gets its own threshold, so that the bound "
        "is met on the training data with the fewest errors. Nothing is random."
    ),
    bounds=lambda notion: notion.constrained_rates in [(rate,) for rate in LABELS],
    releases="The counts behind the thresholds",
    needs_group=True,
    explanation=(
        "The explanation covers the score. The group affects the decision afterwards, "
        "which no explanation of the score shows."
    ),
    under_privacy=(
        "A histogram of scores by group and label is released once, with noise, within "
        "the same privacy budget; a group too small to be measured at this epsilon keeps "
        "the usual threshold."
    ),
    formula="D = 1 if S > t_g, one threshold t_g for each group g",
    source="Hardt, Price, Srebro 2016, arXiv 1610.02413; with privacy Jagielski et al. 2019, "
    "arXiv 1812.02696",
    fit_rule=fit_rule,
)
