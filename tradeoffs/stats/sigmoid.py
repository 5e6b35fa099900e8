"""The sigmoid: from a logit to a probability."""

import numpy as np
import numpy.typing as npt


def sigmoid(logit: npt.ArrayLike) -> np.ndarray:
    """Return 1 / (1 + exp(-logit)) in each place, of the type of the logits.

    Pages import who calls this without calling it, and scipy takes half a second to load.
    """
    from scipy.special import expit

    return expit(logit)
