"""Mixing weights: who counts how much when communities exchange their models.

A row is what one community makes of everybody's models: numbers from 0 that sum to 1.  They follow
from public numbers alone, of people and of noise, so they cost no privacy.
"""

import numpy as np


def shares(rows: np.ndarray, sigma: np.ndarray | None = None) -> np.ndarray:
    """Return (K,) the share of each community in a mean of all models; they sum to 1.

    In proportion to people, so that each person counts alike; where communities promise different
    epsilons also to 1 / sigma^2, the precision of what they send, lest the noise of the strictest
    be everybody's.

    Args:
        rows: (K,) people.
        sigma: (K,) noise multipliers, all above 0; None or all 0: no noise.

    Source: McMahan et al. 2017, AISTATS, algorithm 1; Cochran 1937 (weights by precision).
    """
    weights = np.asarray(rows, dtype=np.float64)
    if sigma is not None and np.any(sigma):
        weights = weights / np.square(sigma)
    return weights / weights.sum()


def average(share: np.ndarray) -> np.ndarray:
    """Return (K, K): everybody takes the mean of all models by their shares, (K,)."""
    return np.tile(share, (len(share), 1))


def within_clusters(share: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    """Return (K, K): everybody takes the mean of the models of their own cluster.

    Args:
        share: (K,) of each community among all.
        cluster: (K,) int, who is with whom.
    """
    together = (cluster[:, None] == cluster) * share
    return together / together.sum(axis=1, keepdims=True)


def ring_graph(communities: int, neighbours: int) -> np.ndarray:
    """Return (K, K) bool: who exchanges with whom, the nearest on both sides of a ring.

    Args:
        communities: K, in the order of the ring.
        neighbours: of each, at least; an odd number is one more, and all others are the most.
    """
    place = np.arange(communities)
    steps = np.abs(place[:, None] - place)
    distance = np.minimum(steps, communities - steps)
    return (distance > 0) & (distance <= (neighbours + 1) // 2)


def gossip(share: np.ndarray, joined: np.ndarray) -> np.ndarray:
    """Return (K, K): everybody mixes with its neighbours such that all agree in the end.

    Its powers tend to the mean of all models by their shares where everybody is reached; with equal
    shares it is doubly stochastic.

    Args:
        share: (K,) of each community in that mean.
        joined: (K, K) bool, symmetric, who exchanges with whom.

    Source: Boyd, Ghosh, Prabhakar, Shah 2006, IEEE Trans. Inf. Theory 52(6), on gossip; weights of
    Hastings 1970, Biometrika 57(1).
    """
    reach = share / (joined.sum(axis=1) + 1)  # its own model counts as a neighbour's does
    flow = joined * np.minimum.outer(reach, reach)
    weights = flow / share[:, None]
    return weights + np.diag(1 - weights.sum(axis=1))
