"""The impossibility identity: base rate, precision and both error rates are one equation.

FPR = p / (1 - p) * (1 - PPV) / PPV * (1 - FNR) holds in every group, whatever the model.  So where
two groups' base rates p differ, they cannot agree in all three of PPV, FPR and FNR, unless no
decision is wrong.

Source: Chouldechova 2017, arXiv 1703.00056; Kleinberg, Mullainathan, Raghavan 2017, 1609.05807.
"""

import numpy as np

from tradeoffs.values.fairness.notion import GroupCounts


def implied_false_positive_rate(counts: GroupCounts) -> np.ndarray:
    """Return (models, groups): the false positive rate that the other three leave no choice.

    NaN where a rate is not measurable, and where nobody is selected rightly (PPV of 0).
    """
    base, precision = counts.base_rate, counts.precision
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = base / (1 - base) * (1 - precision) / precision
        found = odds * counts.true_positive_rate
    return np.where(np.isfinite(found), found, np.nan)
