"""A range: a quantity that is known no better than between two numbers."""

from typing import NamedTuple, Self


class Range(NamedTuple):
    """What a quantity is at least and at most.

    >>> Range(1.0, 2.0).times(Range(3.0, 5.0)).plus(Range.exactly(1.0))
    Range(low=4.0, high=11.0)
    """

    low: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> Self:
        """Return the range of a number that is known."""
        return cls(value, value)

    def times(self, other: "Range | float") -> "Range":
        """Return the product with a number or a range; none of them is negative."""
        low, high = other if isinstance(other, Range) else (other, other)
        return Range(self.low * low, self.high * high)

    def plus(self, other: "Range") -> "Range":
        """Return the sum."""
        return Range(self.low + other.low, self.high + other.high)

    def per(self, other: "Range | float") -> "Range":
        """Return the quotient by a number or a range above 0."""
        low, high = other if isinstance(other, Range) else (other, other)
        return Range(self.low / high, self.high / low)
