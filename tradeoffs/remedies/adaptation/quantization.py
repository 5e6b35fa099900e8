"""Quantization: a model's weights with few bits each."""

import numpy as np

from tradeoffs.engine.parameter_layout import intercepts, units

FULL_BITS = 32  # of a weight as it is trained


def quantize(vector: np.ndarray, bits: int, columns: int, width: int) -> np.ndarray:
    """Return a model whose weights are rounded to `bits` bits; float32 (parameters,).

    The weights into a unit are whole multiples of one scale, from -(2^(bits-1) - 1) to
    2^(bits-1) - 1 times it, and the largest of them stays as it is.  Intercepts keep all bits.
    No weight moves by more than half a scale.

    Args:
        vector: parameters of the model.
        bits: of a weight, from 2; 32 changes nothing.
        columns: inputs, the bias not counted.
        width: hidden units; 0 is logistic regression.

    Source: Jacob et al. 2018, arXiv 1712.05877, in its symmetric form.
    """
    if bits >= FULL_BITS:
        return vector
    scale = scales(vector, bits, columns, width)
    step = np.where(scale > 0, scale, 1.0)[units(columns, width)]
    rounded = np.round(vector / step) * step
    return np.where(intercepts(columns, width), vector, rounded).astype(np.float32)


def scales(vector: np.ndarray, bits: int, columns: int, width: int) -> np.ndarray:
    """Return the scale of the weights into each unit, float64 (units,); arguments as `quantize`."""
    weights, unit = ~intercepts(columns, width), units(columns, width)
    largest = np.zeros(width + 1)
    np.maximum.at(largest, unit[weights], np.abs(vector[weights].astype(np.float64)))
    return largest / (2 ** (bits - 1) - 1)


def quantized_bytes(bits: int, columns: int, width: int) -> float:
    """Return the bytes of a model: weights of `bits` bits, then intercepts and scales of 32."""
    exact = intercepts(columns, width)
    if bits >= FULL_BITS:
        return FULL_BITS / 8 * len(exact)
    whole = int(exact.sum()) + width + 1
    return (bits * int((~exact).sum()) + FULL_BITS * whole) / 8
