"""Random streams: the noise of a remedy's own, apart for each seed and community."""

import hashlib

import numpy as np

from tradeoffs.remedies.partnership import Partnership


def stream(partnership: Partnership, seed: int, k: int) -> np.random.Generator:
    """Return the generator of one community's noise; that of no other is like it.

    Args:
        partnership: whose key names the remedy and all that decides on its models.
        seed: of the training.
        k: place of the community.
    """
    name = f"{partnership.key} {seed} {partnership.names[k]}"
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "little")
    return np.random.Generator(np.random.Philox(key=key))
