"""Quota: every group gets its share of the positive decisions, at the time of deciding."""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts, Notion, spread


def difference(counts: GroupCounts) -> np.ndarray:
    """Return the largest difference between two groups' selection rates."""
    return spread(counts.selection_rate)


def rule(score: np.ndarray, member: np.ndarray, most: float) -> np.ndarray:
    """Return (models, rows) bool: who is chosen so that no two groups differ by more than `most`.

    A group's share of positive decisions at the usual threshold is moved into a window of width
    `most` around the share of all; in each group the highest scores are chosen.  Ties go to the
    earlier row; rows are in an order drawn from their ids.  Rounding to whole people can leave one
    person a group between the shares.

    Args:
        score: (models, rows) logits.
        member: (rows, groups) 0 and 1, every row in one group.
        most: largest difference allowed between two groups' shares.

    Source: Kleinberg et al. 2018: with scores as they are, choosing within groups is optimal.
    """
    decided = score > 0
    people = member.sum(0)
    share = (decided @ member) / np.maximum(people, 1)
    low = np.clip(decided.mean(1, keepdims=True) - most / 2, 0, max(1 - most, 0))
    wanted = np.rint(np.clip(share, low, low + most) * people).astype(int)  # (models, groups)
    chosen = np.zeros_like(decided)
    for group in range(member.shape[1]):
        rows = np.flatnonzero(member[:, group])
        order = np.argsort(-score[:, rows], axis=1, kind="stable")
        rank = np.empty_like(order)
        np.put_along_axis(rank, order, np.arange(len(rows))[None], 1)
        chosen[:, rows] = rank < wanted[:, [group]]
    return chosen


QUOTA = Notion(
    name="quota",
    title="quota at decision time",
    axis="Gap in selection rates",
    help=(
        "The number of demographic parity, but enforced by the decisions: in every group "
        "those with the highest scores are chosen, as many as the bound allows. It needs "
        "each person's group at decision time."
    ),
    metric="demographic_parity_difference",
    unit="difference of shares, 0 to 1",
    constrained_rates=(),
    rates=("selection_rate",),
    decide=rule,
    explanation=(
        "The explanation is of the score. The person's group and the others decided about "
        "affect the decision after the score, and no explanation of the score shows them."
    ),
    sensitivity="nothing is measured in training: it uses the scores of the people decided about",
    under_privacy=(
        "Costs no privacy budget and is exact at any epsilon; noise still affects who has "
        "the highest scores."
    ),
    formula="max_g P(D=1 | G=g) - min_g P(D=1 | G=g), D=1 for the highest S of each group",
    source="Kleinberg et al. 2018, Algorithmic Fairness, doi 10.1257/pandp.20181018",
    gap=difference,
)
