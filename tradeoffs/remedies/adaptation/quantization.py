"""Quantization: a model's weights with few bits each."""

import numpy as np

from tradeoffs.engine.parameter_layout import intercepts, units
from tradeoffs.remedies.adaptation.as_is import A_COPY, WITHDRAWS, nothing_spent
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.remedy import Control, Dial, Exchange, Remedy, Traffic

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


def fit(partnership: Partnership) -> Vectors:
    """Return the provider's model for each community, with fewer bits."""
    bits, width = round(partnership.dial), partnership.scenario.width
    return [
        [quantize(vector, bits, partnership.columns, width) for vector in row]
        for row in partnership.provider()
    ]


def traffic(exchange: Exchange) -> Traffic:
    """Return the one download of the model."""
    size = quantized_bytes(round(exchange.dial), exchange.columns, exchange.width)
    return Traffic(down=size, rounds=1)


QUANTIZATION = Remedy(
    name="quantization",
    title="quantization",
    help=(
        "A model that others trained is used with fewer bits for each weight, so that it "
        "fits a small device and a slow connection. The community's own records are not "
        "used."
    ),
    section="adaptation",
    formula="w = s * round(w_provider / s), s = max |w_provider| / (2^(b-1) - 1) for each unit",
    source="Jacob et al. 2018, arXiv 1712.05877, in its symmetric form, after training",
    limits=(
        "Only the size of the weights is reduced: the arithmetic still uses full precision here."
    ),
    dial=Dial(
        title="bits per weight",
        ends=("two bits: −s, 0 or s", "as trained"),
        values=(2, 3, 4, 6, 8, 16, FULL_BITS),
        default=8,
        phrase="{} bits",
        identity=FULL_BITS,
        same_as="as_is",
        whole=True,
    ),
    needs=("provider",),
    control=Control(
        leaves="nothing",
        sees="nobody; nor do you see the provider's people",
        changes="the provider; you can only make it smaller",
        withdraws=WITHDRAWS,
        decides=A_COPY,
    ),
    trusts="nobody: none of your people is trained on",
    account=nothing_spent,
    fit=fit,
    traffic=traffic,
)
