import numpy as np
import pytest
import torch

from tests.remedies.partners import partnership
from tradeoffs.engine.parameter_layout import intercepts, units
from tradeoffs.remedies.adaptation.quantization import (
    QUANTIZATION,
    quantize,
    quantized_bytes,
    scales,
)
from tradeoffs.resources.size import parameters

COLUMNS = 11
WIDTHS = [0, 5]
BITS = [2, 3, 4, 8, 16]


def vector(width, seed=0):
    return np.random.default_rng(seed).normal(size=parameters(COLUMNS, width)).astype(np.float32)


@pytest.mark.parametrize("width", WIDTHS)
def test_all_bits_are_the_model_itself(width):
    own = vector(width)
    assert quantize(own, 32, COLUMNS, width) is own
    assert quantized_bytes(32, COLUMNS, width) == 4 * parameters(COLUMNS, width)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("bits", BITS)
def test_a_quantized_model_is_quantized_to_itself(width, bits):
    once = quantize(vector(width), bits, COLUMNS, width)
    assert (quantize(once, bits, COLUMNS, width) == once).all()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("bits", BITS)
def test_no_weight_moves_by_more_than_half_a_scale_and_no_intercept_at_all(width, bits):
    own = vector(width)
    moved = np.abs(quantize(own, bits, COLUMNS, width) - own)
    scale = scales(own, bits, COLUMNS, width)[units(COLUMNS, width)]
    assert (moved <= scale / 2 * (1 + 1e-5)).all()
    assert (moved[intercepts(COLUMNS, width)] == 0).all()


@pytest.mark.parametrize("bits", [2, 3, 4])
def test_a_unit_has_as_many_different_weights_as_its_bits_tell_apart(bits):
    own = quantize(np.linspace(-1, 1, 501, dtype=np.float32), bits, 500, 0)[:-1]
    assert len(np.unique(own)) == 2**bits - 1


@pytest.mark.parametrize("bits", [4, 8])
def test_torch_rounds_to_the_same_numbers(bits):
    own = np.append(vector(0, seed=4), np.float32(0.3))
    (scale,) = scales(own, bits, len(own) - 1, 0)
    most = 2 ** (bits - 1) - 1
    kept = torch.from_numpy(own[:-1])
    theirs = torch.fake_quantize_per_tensor_affine(kept, float(scale), 0, -most, most)
    assert np.allclose(quantize(own, bits, len(own) - 1, 0)[:-1], theirs.numpy(), atol=1e-6)


def test_a_unit_without_weights_stays_without():
    own = np.zeros(COLUMNS + 1, np.float32)
    assert (quantize(own, 2, COLUMNS, 0) == own).all()


@pytest.mark.parametrize("width", WIDTHS)
def test_fewer_bits_take_fewer_bytes(width):
    sizes = [quantized_bytes(bits, COLUMNS, width) for bits in BITS]
    assert sizes == sorted(sizes) and sizes[0] < sizes[-1] < 4 * parameters(COLUMNS, width)


@pytest.mark.parametrize("width", [0, 4])
def test_with_all_bits_it_gives_the_providers_model(width):
    made = partnership(QUANTIZATION, dial=32.0, width=width, epsilon=1.0)
    assert QUANTIZATION.fit is not None
    for row, given in zip(QUANTIZATION.fit(made), made.provider(), strict=True):
        assert all(np.array_equal(one, other) for one, other in zip(row, given, strict=True))
    assert [account and account.epsilon_spent for account in made.accounts] == [0.0, 0.0]


def test_each_community_gets_its_own_providers_model_with_few_bits():
    made = partnership(QUANTIZATION, dial=3.0)
    assert QUANTIZATION.fit is not None
    for row in QUANTIZATION.fit(made):
        assert all(len(np.unique(np.abs(vector[:-1]))) <= 4 for vector in row)
        assert not np.array_equal(row[0], row[1])
