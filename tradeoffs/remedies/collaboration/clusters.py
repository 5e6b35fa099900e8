"""Clusters: communities whose models are alike train together, apart from the others."""

import math

import numpy as np

from tradeoffs.engine.regime import Mixing, Regime
from tradeoffs.remedies.collaboration.federation import (
    LOCAL_STEPS,
    NOBODY,
    averaging_rounds,
    federated_averaging,
    federation_shares,
    people,
)
from tradeoffs.remedies.collaboration.mixing_weights import within_clusters
from tradeoffs.remedies.collaboration.second_training import (
    second_numbers,
    signal_share,
    two_trainings,
)
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.remedy import (
    NUMBER,
    Control,
    Dial,
    Exchange,
    Remedy,
    Traffic,
    own_account,
    own_people,
)
from tradeoffs.values.privacy.account import Account

CHOICE_LOSS = 0.25  # of the squared privacy loss, for the models that clusters are chosen by


def cluster(vectors: np.ndarray, count: int) -> np.ndarray:
    """Return (K,) int: each model's cluster, by the directions of the parameter vectors.

    Args:
        vectors: (K, parameters); of a model that diverged the numbers are taken for 0.
        count: of clusters, at most.

    Source: Ward 1963, J. Am. Stat. Assoc. 58, on vectors of length 1, whose distances follow from
    the cosines that Sattler, Müller, Samek 2020, arXiv 1910.01991, cluster by.
    """
    from scipy.cluster.hierarchy import fcluster, linkage  # slow to import; workers only

    finite = np.nan_to_num(vectors, posinf=0.0, neginf=0.0).astype(np.float64)
    length = np.linalg.norm(finite, axis=1, keepdims=True)
    unit = finite / np.where(length > 0, length, 1)
    return fcluster(linkage(unit, "ward"), count, "maxclust")


def _one(partnership: Partnership) -> bool:
    return int(partnership.dial) == 1


def _account(partnership: Partnership, k: int) -> Account | None:
    if _one(partnership):
        return own_account(partnership, k)
    return two_trainings(partnership, k, CHOICE_LOSS)


def _people(partnership: Partnership) -> np.ndarray:
    """Return (K,) those of the first training: with one cluster all, else each its own."""
    if _one(partnership):
        return people(partnership)
    return signal_share(partnership, CHOICE_LOSS) * own_people(partnership)


def _regime(partnership: Partnership) -> Regime:
    return federated_averaging(partnership) if _one(partnership) else Regime()


def _finish(partnership: Partnership, vectors: Vectors) -> Vectors:
    """Choose clusters by models that each has trained alone, and train within them."""
    if _one(partnership):
        return vectors
    chosen = [cluster(np.stack(row), int(partnership.dial)) for row in vectors]
    share = federation_shares(partnership)
    weights = np.stack([within_clusters(share, own) for own in chosen])
    # A cluster's size differs from seed to seed, so the recipe is that of clusters of one size.
    size = max(1.0, partnership.size / int(partnership.dial))
    signal = signal_share(partnership, 1 - CHOICE_LOSS) * math.sqrt(size)
    regime = Regime(
        mixing=Mixing(weights=weights, every=LOCAL_STEPS),
        **second_numbers(partnership, signal * partnership.rows, lambda alone: alone / size),
    )
    rows = partnership.rows.tolist()
    return partnership.train(partnership.tables, rows=rows, regime=regime, key="clusters")


def _traffic(exchange: Exchange) -> Traffic:
    """Return the traffic of the averages, and before them of one model by which all are told."""
    each = averaging_rounds(exchange, LOCAL_STEPS)
    first = NUMBER * exchange.parameters * (exchange.dial > 1)
    count = each.rounds + (exchange.dial > 1)
    up, down = ((way * each.rounds + first) / count for way in (each.up, each.down))
    return Traffic(up=up, down=down, rounds=count)


CLUSTERS = Remedy(
    name="clusters",
    title="clustered federated learning",
    help=(
        "Each community first trains a model alone. Communities whose models have similar "
        "directions form a cluster, and federated averaging runs within each cluster."
    ),
    section="collaboration",
    formula="within a cluster C, every E steps: w_k := sum_(j in C) n_j w_j / sum_(j in C) n_j",
    source="Sattler, Müller, Samek 2020, arXiv 1910.01991; Ghosh et al. 2020, arXiv 2006.04088",
    limits=(
        "With few people, models differ by chance, and so do clusters: another sample of "
        "people can put a community in another cluster. With a privacy budget, choosing the "
        "clusters takes a quarter of the squared privacy loss."
    ),
    dial=Dial(
        title="clusters",
        ends=("one cluster for all", "many small clusters"),
        values=(1, 2, 3, 4),
        default=2,
        phrase="{} clusters",
        phrases={1: "1 cluster"},
        identity=1,
        same_as="fedavg",
        whole=True,
    ),
    needs=("labels", "rows", "server", "others"),
    control=Control(
        leaves="a model of your own, then updates of your cluster's",
        sees="the server that averages them",
        changes="all members of your cluster together; the server decides who is in it",
        withdraws="from the next round on; past updates stay in the model",
        decides="your copy of the model",
    ),
    trusts=NOBODY,
    account=_account,
    people=_people,
    regime=_regime,
    finish=_finish,
    traffic=_traffic,
)
