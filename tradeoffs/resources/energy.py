"""Energy: kilowatt-hours and carbon dioxide of computing and sending, as ranges.

Nothing is measured: containers have no power meter.  Arithmetic becomes seconds of a core, these
become energy by its power, and energy carbon dioxide by the grid, each a published range.
"""

from tradeoffs.resources.published_range import PUBLISHED_RANGES
from tradeoffs.resources.range import Range

JOULES = 3.6e6  # in a kWh
GIGABYTE = 1e9


def seconds(operations: float) -> Range:
    """Return the seconds of one core that so much arithmetic takes."""
    return Range.exactly(operations).per(PUBLISHED_RANGES["arithmetic_rate"].range)


def energy(operations: float, traffic: float = 0.0) -> Range:
    """Return the kWh of computing and of sending.

    Args:
        operations: of floating-point numbers.
        traffic: bytes that are sent.

    >>> low, high = energy(2.9e6)  # logistic regression of 300 people
    >>> 0 < low < high < 1e-7
    True
    """
    power = PUBLISHED_RANGES["core_power"].range.times(
        PUBLISHED_RANGES["power_usage_effectiveness"].range
    )
    computing = seconds(operations).times(power).times(1 / JOULES)
    sending = PUBLISHED_RANGES["network_energy"].range.times(traffic / GIGABYTE)
    return computing.plus(sending)


def carbon(kwh: Range) -> Range:
    """Return the grams of carbon dioxide of some energy; which grid it is, is not known."""
    return kwh.times(PUBLISHED_RANGES["grid_intensity"].range)
