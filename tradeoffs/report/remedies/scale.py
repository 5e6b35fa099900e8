"""Scale: round values along which the rows of a picture are drawn."""

import math
from collections.abc import Sequence

from tradeoffs.language.notation import localise, percent_text, with_percent

MOST_TICKS = 6
ROUND = (1, 2, 5, 10)


def ticks(values: Sequence[float], measure: str) -> list[tuple[float, str]]:
    """Return round values that reach over some, with their texts; what is better comes last.

    Of a share they end at 0 and 1, though an interval may reach beyond.

    Args:
        values: to be drawn, in the unit of the measure.
        measure: accuracy, a share, or log_loss, of which less is better.

    >>> ticks([0.61, 0.78], "accuracy")[0], ticks([0.61, 0.78], "accuracy")[-1]
    ((0.6, '60 %'), (0.8, '80 %'))
    """
    if measure == "accuracy":
        values = [min(max(value, 0.0), 1.0) for value in values]
    return _round_ticks(values, measure)


def difference_ticks(values: Sequence[float], measure: str) -> list[tuple[float, str]]:
    """Return round differences that reach over some and 0, with their texts, from left to right.

    >>> difference_ticks([-0.012, 0.041], "accuracy")[0]
    (-0.02, '−2')
    """
    found = _round_ticks([0.0, *values], "accuracy")  # more is better, of log-loss too
    if measure == "accuracy":  # in points
        return [
            (value, text.removesuffix(with_percent("")).replace("-", "−")) for value, text in found
        ]
    return [(value, localise(f"{value:.4g}").replace("-", "−")) for value, _ in found]


def _round_ticks(values: Sequence[float], measure: str) -> list[tuple[float, str]]:
    if not values:
        return []
    low, high = min(values), max(values)
    step = _step(max(high - low, 1e-3) / (MOST_TICKS - 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:  # one value alone, which 0 and 1 may bound
        first, last = (first - 1, last) if first else (first, last + 1)
    found = [round(step * place, 12) for place in range(first, last + 1)]
    told = [(value, _text(value, step, measure)) for value in found]
    return told if measure == "accuracy" else told[::-1]


def _step(least: float) -> float:
    decade = 10.0 ** math.floor(math.log10(least))
    return next(m * decade for m in ROUND if m * decade >= least * (1 - 1e-9))


def _text(value: float, step: float, measure: str) -> str:
    if measure == "accuracy":
        return percent_text(f"{100 * value:.{_digits(100 * step)}f}")
    return localise(f"{value:.{_digits(step)}f}")


def _digits(step: float) -> int:
    """Return how many digits after the point tell multiples of a step apart."""
    return max(0, -math.floor(math.log10(step) + 1e-9))
