import numpy as np
import pytest
import torch
from scipy import stats

from tradeoffs.engine.noise import CUT, NoiseStreams, draw, fill, generator, normals, radii
from tradeoffs.engine.recipe import NOISE_BLOCK

EXTREME = torch.tensor([0, 1, -1, 2**31 - 1, -(2**31)], dtype=torch.int32)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
def test_the_numbers_are_independent_standard_normals(dtype):
    one, other = normals(draw(200_000, generator(7)), dtype).double().numpy()
    for values in (one, other):
        assert stats.kstest(values, "norm").pvalue > 1e-3
        assert (np.abs(values) > 3).mean() == pytest.approx(2 * stats.norm.sf(3), rel=0.15)
    for power in (1, 2):  # of a pair, which shares its radius and its angle
        assert abs(np.corrcoef(one**power, other**power)[0, 1]) < 4 / len(one) ** 0.5


@pytest.mark.parametrize("shift", [1 / 16, 0.5])
def test_what_a_shift_moves_beyond_the_cut_is_no_more_than_is_told(shift):
    """Of one pair shifted along one of its numbers, against quadrature over the crescent."""
    x = np.linspace(-shift / 2, CUT, 200_001)
    rim = np.sqrt(np.maximum(CUT**2 - np.square(x), 0))  # of the disc, and of the shifted one
    inner = np.sqrt(np.maximum(CUT**2 - np.square(x + shift), 0))
    strip = 2 * (stats.norm.sf(inner) - stats.norm.sf(rim)) * stats.norm.pdf(x)
    beyond = np.trapezoid(strip, x)
    told = shift * CUT / np.pi * np.exp(-((CUT - shift) ** 2) / 2)
    assert 0.2 * told < beyond < told


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
def test_no_bits_give_a_number_that_is_not_finite(dtype):
    bits = torch.cartesian_prod(EXTREME, EXTREME).t().contiguous()
    found = normals(bits, dtype)
    assert found.isfinite().all()
    assert found.abs().max() == pytest.approx(CUT, rel=1e-6)
    assert found.all()  # an exact 0 would show the sum without noise


ENDS = [np.arange(2**16), np.arange(2**31 - 2**16, 2**31)]  # smallest and largest shares


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("share", ENDS, ids=["smallest", "largest"])
def test_no_radius_is_zero_and_none_is_drawn_twice_as_often_as_the_next(share, dtype):
    """Every bit pattern at both ends, against logarithms in float64 of the share or its rest."""
    found = radii(torch.from_numpy(share.astype(np.int32)), dtype).double().numpy()
    rest = (2**31 - share - 0.5) / 2**31
    log = np.log1p(-rest) if share[0] else np.log((share + 0.5) / 2**31)
    assert found.min() > 0
    assert (np.diff(found) < 0).all()  # a radius of its own for each share
    np.testing.assert_allclose(found, np.sqrt(-2 * log), rtol=2e-7)


@pytest.mark.parametrize("share", range(0, 2**31, 2**31 // 7))
def test_radii_fall_as_shares_grow_and_few_shares_have_the_same(share):
    bits = torch.arange(share, min(share + 2**18, 2**31)).to(torch.int32)
    found, alike = radii(bits, torch.float32).unique(return_counts=True)
    assert (radii(bits, torch.float32).diff() <= 0).all()
    assert alike.max() * 128 <= 2 ** (63 - 47)  # 128 angles in float32 are one, at most
    assert found.min() > 0


def test_an_angle_is_as_likely_as_its_opposite():
    """In both precisions up to rounding, of which float64 has none."""
    bits = torch.cat([draw(1_000, generator(5)), EXTREME.repeat(2, 1)], 1)
    for dtype, tolerance in ((torch.float64, 0), (torch.float32, 1e-6)):
        one, other = normals(bits, dtype), normals(torch.stack([bits[0], ~bits[1]]), dtype)
        assert torch.allclose(one[0], other[0], rtol=0, atol=tolerance)
        assert torch.allclose(one[1], -other[1], rtol=0, atol=tolerance)


def test_both_precisions_see_the_same_noise():
    bits = draw(1_000, generator(3))
    single, double = normals(bits, torch.float32), normals(bits, torch.float64)
    assert (single - double).abs().max() < 2e-6


@pytest.mark.parametrize("size", [1, 2, 7])
def test_a_tensor_of_any_size_is_filled(size):
    block = torch.zeros(size)
    fill(block, generator(1))
    assert (block != 0).all()


def test_a_model_has_the_same_noise_in_any_company_and_never_twice_the_same():
    """Bit for bit, over several calls, for sizes that are no multiple of anything."""
    alone = NoiseStreams([["a"]], [True], [13], dtype=torch.float32)
    beside = NoiseStreams([["c", "d", "a"]], [True, False, True], [7, 5, 13], dtype=torch.float32)
    seen = []
    for _ in range(4):
        (own,), (_, quiet, same) = alone.blocks()[0], beside.blocks()[0]
        assert own.shape == (NOISE_BLOCK, 13) and torch.equal(own, same)
        assert not quiet.any()
        seen.append(own.clone())
    everything = torch.cat(seen).flatten()
    assert len(everything.unique()) > 0.99 * len(everything)
