"""Mixing weights: rows that sum to 1, and what many exchanges come to."""

import numpy as np
import pytest

from tradeoffs.remedies.collaboration.mixing_weights import (
    average,
    gossip,
    ring_graph,
    shares,
    within_clusters,
)

ROWS = np.array([50, 100, 400, 250, 200, 30])


def test_shares_are_those_of_people_and_of_precision():
    assert shares(ROWS) == pytest.approx(ROWS / ROWS.sum())
    assert shares(ROWS, np.full(6, 3.0)) == pytest.approx(shares(ROWS))  # one noise for all
    strict = shares(np.full(2, 100), np.array([4.0, 1.0]))
    assert strict == pytest.approx([1 / 17, 16 / 17])
    noise = np.array([4.0, 1.0, 2.0])
    best = shares(np.full(3, 100), noise)  # no other weights leave less noise in the mean
    other = np.random.default_rng(0).dirichlet(np.ones(3), 1_000)
    assert np.all((best * noise) @ (best * noise) <= ((other * noise) ** 2).sum(1) + 1e-12)


@pytest.mark.parametrize("neighbours", [2, 4, 5])
@pytest.mark.parametrize("share", [shares(ROWS), shares(np.ones(6))])
def test_gossip_comes_to_the_mean_of_all_by_their_shares(neighbours, share):
    weights = gossip(share, ring_graph(6, neighbours))
    assert weights.min() >= 0 and weights.sum(axis=1) == pytest.approx(np.ones(6))
    assert np.linalg.matrix_power(weights, 2_000) == pytest.approx(average(share))


def test_gossip_of_equals_is_doubly_stochastic_and_with_all_at_once_their_mean():
    equal = shares(np.ones(7))
    assert gossip(equal, ring_graph(7, 2)).sum(axis=0) == pytest.approx(np.ones(7))
    assert gossip(equal, ring_graph(7, 6)) == pytest.approx(average(equal))
    assert np.array_equal(gossip(equal, ring_graph(7, 0)), np.eye(7))


def test_a_ring_has_as_many_neighbours_as_asked_for_and_at_most_all_others():
    for communities, neighbours in ((9, 2), (9, 4), (8, 6)):
        joined = ring_graph(communities, neighbours)
        assert np.array_equal(joined, joined.T) and not joined.diagonal().any()
        assert np.all(joined.sum(axis=1) == neighbours)
    assert np.all(ring_graph(9, 3).sum(axis=1) == 4)
    assert np.array_equal(ring_graph(5, 100), ~np.eye(5, dtype=bool))


def test_one_cluster_is_the_mean_of_all_and_one_each_is_alone():
    share = shares(ROWS)
    assert within_clusters(share, np.zeros(6, int)) == pytest.approx(average(share))
    assert np.array_equal(within_clusters(share, np.arange(6)), np.eye(6))
    two = within_clusters(share, np.array([0, 1, 0, 1, 1, 1]))
    assert two[0] == pytest.approx([1 / 9, 0, 8 / 9, 0, 0, 0])


def test_names_of_communities_do_not_matter():
    order = np.random.default_rng(1).permutation(6)
    cluster = np.array([0, 1, 0, 1, 1, 1])
    both = np.ix_(order, order)
    moved = within_clusters(shares(ROWS[order]), cluster[order])
    assert moved == pytest.approx(within_clusters(shares(ROWS), cluster)[both])
    joined = ring_graph(6, 2)
    moved = gossip(shares(ROWS[order]), joined[both])
    assert moved == pytest.approx(gossip(shares(ROWS), joined)[both])
