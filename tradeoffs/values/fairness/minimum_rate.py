"""Minimum rate: in every group, so many of those for whom yes is right are told yes, at least."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, worst


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest share of a group's positives that is not recognised."""
    return worst(1 - counts.true_positive_rate)


def rule(score: np.ndarray, member: np.ndarray, most: float) -> np.ndarray:
    """Return (models, rows) bool: who is chosen so that no group's miss rate exceeds `most`.

    Nobody is told no who was told yes: groups are levelled up, never down.  In a group below the
    floor those with the next highest scores are chosen too, until it is reached.  Whose answer is
    yes is not known when deciding, so each person counts by their predicted probability; on people
    of whom it is known, the miss rate can be larger.  Ties go to the earlier row; rows are in an
    order drawn from their ids.

    Args:
        score: (models, rows) logits.
        member: (rows, groups) 0 and 1, every row in one group.
        most: largest share of a group's positives that may be missed.
    """
    chosen = score > 0
    chance = 1 / (1 + np.exp(-np.clip(score, -500, 500)))
    for group in range(member.shape[1]):
        rows = np.flatnonzero(member[:, group])
        order = np.argsort(-score[:, rows], axis=1, kind="stable")
        own = np.take_along_axis(chance[:, rows], order, 1)
        sums = np.cumsum(own, axis=1)
        before = sums - own  # expected among those who come first
        wanted = (before < (1 - most) * sums[:, -1:]).sum(1)
        rank = np.empty_like(order)
        np.put_along_axis(rank, order, np.arange(len(rows))[None], 1)
        chosen[:, rows] |= rank < wanted[:, None]
    return chosen


MINIMUM_RATE = Notion(
    name="minimum_rate",
    title="minimum true positive rate",
    axis="Miss rate of the worst group",
    gap_title="worst miss rate",
    words="fewer positives missed in the worst group",
    help=(
        "The highest false negative rate of any group: the share of its positives that are "
        "missed. The decisions enforce a floor: groups below it are levelled up by lowering "
        "their threshold, as far as the scores can tell, and nobody loses a positive "
        "decision. It needs each person's group at decision time."
    ),
    metric="false_negative_rate_group_max",
    unit="share, 0 to 1",
    denominators=("positives",),
    constrained_rates=(),
    decide=rule,
    explanation=(
        "The explanation is of the score. The group's lower threshold acts after the score, "
        "and no explanation of the score shows it."
    ),
    sensitivity="nothing is measured in training: it uses the scores of the people decided about",
    under_privacy=(
        "Costs no privacy budget; noisy scores separate positives less well, so more "
        "decisions have to become positive to reach the floor."
    ),
    formula="max_g P(D=0 | Y=1, G=g)",
    source=(
        "Mittelstadt, Wachter, Russell 2023, The unfairness of fair machine learning: levelling "
        "down and strict egalitarianism by default, arXiv 2302.02404"
    ),
    gap=difference,
)
