import numpy as np
import pytest
import torch
from sklearn.neighbors import NearestNeighbors

from tests.engine.conftest import random_table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.consistency import NEIGHBOURS, consistency, flip_rate, neighbours
from tradeoffs.engine.population import logits

TABLE = random_table(300, bins=(3, 4, 5))
CODES = torch.from_numpy(active_columns(TABLE))


def test_only_those_whose_decision_turns_are_counted():
    """The logit is 1 for bin 0 of the first column, else -1: everybody can be turned."""
    vector = torch.zeros(TABLE.columns + 1)
    vector[0], vector[-1] = 2.0, -1.0
    found = flip_rate([vector], [0], TABLE, CODES, "f0")
    assert found.tolist() == [1.0]
    vector[-1] = -3.0  # now nobody is decided positive
    assert flip_rate([vector], [0], TABLE, CODES, "f0").tolist() == [0.0]


@pytest.mark.parametrize("width", [0, 6])
def test_it_is_what_trying_every_value_finds(width):
    rng = torch.Generator().manual_seed(1)
    size = (TABLE.columns + 1) * width + width + 1 if width else TABLE.columns + 1
    vectors = [torch.randn(size, generator=rng) for _ in range(3)]
    found = flip_rate(vectors, [width] * 3, TABLE, CODES, "f1")
    for vector, share in zip(vectors, found, strict=True):
        turned = 0
        for row in CODES:
            rows = row.repeat(4, 1)
            rows[:, 1] = torch.arange(3, 7)
            turned += len(set((logits([vector], [width], rows)[0] > 0).tolist())) > 1
        assert share == pytest.approx(turned / TABLE.rows)


@pytest.mark.parametrize("attribute", ["group", "f0*f1"])
def test_what_is_no_column_that_the_model_sees_is_not_measured(attribute):
    vector = torch.ones(TABLE.columns + 1)
    assert np.isnan(flip_rate([vector], [0], TABLE, CODES, attribute)).all()


def test_neighbours_are_those_of_scikit_learn():
    codes = TABLE.codes[:120]
    near = neighbours(codes)
    oracle = NearestNeighbors(n_neighbors=NEIGHBOURS + 1, metric="hamming").fit(codes)
    farthest = oracle.kneighbors(codes)[0][:, -1]
    apart = (codes[:, None, :] != codes[near]).mean(2)
    assert (near != np.arange(120)[:, None]).all()
    assert (apart.max(1) <= farthest + 1e-12).all()  # ties may be broken otherwise


def test_consistency_is_one_for_a_constant_and_zero_for_opposites():
    near = np.array([[1], [0], [3], [2]])
    decision = np.array([[1.0, 1, 1, 1], [1, 0, 1, 0], [1, 1, 0, 0]])
    assert consistency(decision, near).tolist() == [1.0, 0.0, 1.0]
