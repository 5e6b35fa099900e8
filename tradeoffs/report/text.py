"""Numbers and settings in words, the same everywhere on screen."""

import math
from collections.abc import Callable

from tradeoffs.data.shifts.catalogue import titled
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.remedies.catalogue import applied
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS

TITLES = {
    "epsilon": "privacy budget",
    "max_gap": "largest allowed gap",
    "width": "model size",
    "shift_intensity": "shift intensity",
}


def percent(share: float, digits: int = 1) -> str:
    """Return a share of people as a percentage.

    >>> percent(0.8461)
    '84.6 %'
    """
    return f"{100 * share:.{digits}f} %"


def points(share: float, digits: int = 1) -> str:
    """Return a difference of shares in percentage points, with its sign.

    >>> points(-0.0123)
    '−1.2 points'
    """
    value = round(100 * share, digits)
    sign = "−" if value < 0 else "+" if value > 0 else ""
    return f"{sign}{abs(value):.{digits}f} points"


def ranged(value: float, low: float, high: float, write: Callable[[float], str]) -> str:
    """Return a number and its interval, the unit once.

    >>> ranged(0.1, 0.05, 0.2, percent)
    '10.0 % (5.0 to 20.0)'
    """
    ends = [write(end).split(" ")[0] for end in (low, high)]
    return f"{write(value)} ({ends[0]} to {ends[1]})"


def end(value: float, digits: int, write: Callable[[float, int], str]) -> str:
    """Return one end of an interval, with a digit more where it would look like 0 and is not.

    Args:
        value: in the unit on screen.
        digits: usually written.
        write: from the value and its digits.

    >>> [end(value, 1, lambda v, digits: f"{v:.{digits}f}") for value in (7.726, 0.04, 0.004, 0.0)]
    ['7.7', '0.04', 'just above 0', '0.0']
    """
    for more in (0, 1):
        if value == 0 or round(value, digits + more):
            return write(value, digits + more)
    return f"just {'below' if value < 0 else 'above'} 0"


def between(low: float, high: float) -> str:
    """Return the ends of a difference of shares in percentage points; each tells its side of 0.

    >>> between(-0.021, -0.0002), between(-0.01, 0.02)
    ('−2.1 to −0.02 points', '−1.0 to +2.0 points')
    """
    ends = [
        end(100 * share, 1, lambda value, digits: points(value / 100, digits))
        for share in (low, high)
    ]
    return " to ".join(text.removesuffix(" points") for text in ends) + " points"


def number(value: float) -> str:
    """Return a number with three significant digits and no needless zeros; 1,000 and more whole.

    >>> number(0.5), number(13.4123), number(32561), number(5972.7)
    ('0.5', '13.4', '32,561', '5,973')
    """
    if value == round(value) or abs(value) >= 1000:
        return f"{round(value):,}"
    return f"{value:.3g}"


def setting(field: str, value: float | None, called: str = "gap") -> str:
    """Return one slider's value in words; `called` is what the notion calls its number.

    >>> setting("epsilon", None), setting("max_gap", 0.05), setting("width", 0)
    ('no privacy', 'gap at most 5 %', 'logistic regression')
    """
    missing = value is None or (isinstance(value, float) and not math.isfinite(value))
    if field == "epsilon":
        return "no privacy" if missing else f"ε = {number(float(value or 0))}"
    if field == "max_gap":
        return (
            "no constraint" if missing else f"{called} at most {number(100 * float(value or 0))} %"
        )
    if field == "width":
        return f"{int(value)} hidden units" if value else "logistic regression"
    if field == "shift_intensity":
        return f"shift {number(100 * float(value))} %" if value else "no shift"
    return f"{field} {value}"


def describe(scenario: Scenario) -> str:
    """Return a setting in one line."""
    fields = ("epsilon", "max_gap", "width", "shift_intensity")
    called = NOTIONS[scenario.notion].called
    parts = [setting(field, getattr(scenario, field), called) for field in fields]
    if scenario.mechanism == "clip_only":
        parts[0] = f"clipping only, as for {parts[0]}"
    return ", ".join(
        [*parts, *_shifts(scenario), *_remedies(scenario), f"{scenario.rows:,} people"]
    )


def _shifts(scenario: Scenario) -> list[str]:
    """Return the shifts beside the first in words."""
    used = [f"{titled(name)} {number(100 * t)} %" for name, t in scenario.other_shifts]
    trained = [
        f"in training {titled(name)} {number(100 * t)} %" for name, t in scenario.training_shifts
    ]
    return used + trained


def _remedies(scenario: Scenario) -> list[str]:
    """Return the stage and the way of clipping in words, where they are not the usual ones."""
    parts = []
    stage = applied(scenario)
    if stage is not None:
        share = f" ({number(100 * scenario.strength)} %)" if scenario.strength < 1 else ""
        parts.append(stage.title + share)
    if scenario.clipping != "flat":
        parts.append(CLIPPINGS[scenario.clipping].title)
    return parts
