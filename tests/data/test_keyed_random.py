import numpy as np
import pytest
from scipy import stats

from tradeoffs.data.keyed_random import uniform, words
from tradeoffs.errors import InvalidInput

ROWS = np.arange(50_000)
# Differences of neighbouring keys must look unrelated too, hence also strides and far indices.
INDICES = {
    "counting": ROWS,
    "every 201st": ROWS * 201,
    "far out": ROWS + 2**62,
}


def test_words_match_the_published_generator():
    # First outputs of SplitMix64 seeded with 1234567 (Rosetta Code, "Splitmix64").
    expected = [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
    assert words(1234567, np.arange(5)).tolist() == expected


@pytest.mark.parametrize("index", INDICES.values(), ids=INDICES)
@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_uniform_fills_cells_evenly(seed, index):
    draws = uniform(seed, "rows", index)
    counts = np.histogram(draws, bins=100, range=(0, 1))[0]
    assert stats.chisquare(counts).pvalue > 1e-4


@pytest.mark.parametrize("index", INDICES.values(), ids=INDICES)
def test_neighbours_are_unrelated(index):
    draws = uniform(3, "rows", index)
    pairs = np.histogram2d(draws[:-1:2], draws[1::2], bins=10, range=[(0, 1), (0, 1)])[0]
    assert stats.chisquare(pairs.ravel()).pvalue > 1e-4


@pytest.mark.parametrize(
    "other", [uniform(0, "b", ROWS), uniform(1, "a", ROWS)], ids=["stream", "seed"]
)
def test_streams_and_seeds_are_unrelated(other):
    draws = uniform(0, "a", ROWS)
    assert not np.any(draws == other)
    assert abs(np.corrcoef(draws, other)[0, 1]) < 4 / np.sqrt(len(ROWS))


def test_a_number_belongs_to_its_index():
    some = np.array([7, 49_999, 3, 7])
    assert np.array_equal(uniform(5, "rows", some), uniform(5, "rows", ROWS)[some])


def test_never_zero_or_one(monkeypatch):
    extremes = np.array([0, 2**64 - 1], dtype=np.uint64)
    monkeypatch.setattr(
        "tradeoffs.data.keyed_random.words", lambda state, index: extremes[index % 2]
    )
    low, high = uniform(0, "any", np.array([0, 1]))
    assert 0 < low < 1e-15
    assert 1 - 1e-15 < high < 1


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_seed_out_of_bounds(seed):
    with pytest.raises(InvalidInput, match=rf"seed={seed} must be in \[0, 18446744073709551615\]"):
        uniform(seed, "rows", ROWS)


def test_index_must_be_whole():
    with pytest.raises(InvalidInput, match="float64 must hold integers"):
        uniform(0, "rows", ROWS / 2)
