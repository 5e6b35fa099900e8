"""Correlation remover: the part of every column that the group predicts is taken out."""

import numpy as np

from tradeoffs.remedies.stage import Stage

CORRELATION_REMOVER = Stage(
    name="correlation_remover",
    title="correlation remover before training",
    help=(
        "From every column the part that the group predicts linearly is taken out before training, "
        "and the group's own column is withheld. What gap remains is measured."
    ),
    when="before",
    notions=(),
    mechanisms=("none",),
    reason="it needs exact statistics of private rows: the mean of every column in every group",
    logistic_only=True,
    needs_group=True,
    explanation=(
        "Taking the correlation out is part of the score, so the group appears in the explanation "
        "with what offsets the other columns."
    ),
    under_privacy="Not available: the group means of all columns would have to be released.",
    formula="x_j - strength * (the linear prediction of x_j from the group)",
    source="fairlearn.preprocessing.CorrelationRemover; Weerts et al. 2023, arXiv 2303.16626",
)


def removed(
    design: np.ndarray, member: np.ndarray, strength: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the columns without what the groups predict, and how the groups enter them.

    Args:
        design: (rows, columns) of 0 and 1, without columns that tell the group itself.
        member: (rows, groups) of 0 and 1, every row in one group.
        strength: alpha of fairlearn: 0 leaves the columns as they are, 1 takes all out.

    Returns:
        (rows, columns) transformed columns, the (groups,) shares and the (groups, columns)
        coefficients: transformed = design - strength * (member - shares) @ coefficients.
    """
    from fairlearn.preprocessing import CorrelationRemover  # slow to import; workers only

    groups = member.shape[1]
    whole = np.concatenate([member, design], 1).astype(float)
    remover = CorrelationRemover(sensitive_feature_ids=list(range(groups)), alpha=strength)
    transformed = np.asarray(remover.fit_transform(whole))
    return transformed, np.asarray(remover.sensitive_mean_), np.asarray(remover.beta_)


def folded(
    weight: np.ndarray, shares: np.ndarray, coefficients: np.ndarray, strength: float
) -> tuple[np.ndarray, float]:
    """Return what each group adds to the logit of untransformed columns, and what everybody adds.

    Args:
        weight: (columns,) of the transformed columns.
        shares: (groups,) from `removed`.
        coefficients: (groups, columns) from `removed`.
        strength: of the removal.
    """
    own = -strength * coefficients @ weight
    return own, float(-shares @ own)
