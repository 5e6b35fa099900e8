"""Holm: which of several comparisons are told apart when all of them are looked at together."""

import numpy as np

ALPHA = 0.05  # chance that any of the comparisons is told apart where none differs


def rejections(p_values: np.ndarray, alpha: float = ALPHA) -> np.ndarray:
    """Return (tests,) bool: which of the hypotheses are rejected, all of them looked at together.

    The smallest p-value is held to alpha / tests, the next to alpha / (tests - 1), and so on until
    one is not rejected.  However the tests depend on each other, alpha bounds the chance of any
    false rejection.

    Args:
        p_values: (tests,), two-sided or not; NaN is never rejected, and counts as a test.
        alpha: of all of them together, between 0 and 1.

    Source: Holm 1979, A simple sequentially rejective multiple test procedure, Scand. J. Stat. 6.
    """
    order = np.argsort(p_values, kind="stable")  # NaN last
    tests = len(p_values)
    kept = p_values[order] <= alpha / (tests - np.arange(tests))
    found = np.zeros(tests, dtype=np.bool_)
    found[order] = np.logical_and.accumulate(kept)
    return found
