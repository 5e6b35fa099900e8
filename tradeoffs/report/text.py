"""Numbers and settings in words, the same everywhere on screen."""

import math
from collections.abc import Callable, Iterable

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.shifts.catalogue import title_of
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.field import Field
from tradeoffs.fields import BASELINE, CURVES, FIELDS
from tradeoffs.language.notation import Amount, labelled, localise, percent_text, without_unit
from tradeoffs.language.translation import say
from tradeoffs.remedies.catalogue import active_stage
from tradeoffs.scenario import Scenario, Shifts
from tradeoffs.values.fairness.catalogue import NOTIONS


def percent(share: float, digits: int = 1) -> str:
    """Return a share of people as a percentage.

    >>> percent(0.8461)
    '84.6 %'
    """
    return percent_text(f"{100 * share:.{digits}f}")


def points(share: float, digits: int = 1) -> str:
    """Return a difference of shares in percentage points, with its sign.

    >>> points(-0.0123)
    '−1.2 points'
    """
    return _in_points(with_sign(100 * share, digits), share)


def _in_points(text: str, share: float) -> str:
    """Return a number of percentage points with its unit."""
    return say("{size:points|points}", size=Amount(text, 100 * share))


def with_interval(value: float, low: float, high: float, write: Callable[[float], str]) -> str:
    """Return a number and its interval, the unit once.

    >>> with_interval(0.1, 0.05, 0.2, percent)
    '10.0 % (5.0 to 20.0)'
    """
    ends = [without_unit(write(end)) for end in (low, high)]
    return say("{value} ({low} to {high})", value=write(value), low=ends[0], high=ends[1])


def interval_end(value: float, digits: int, write: Callable[[float, int], str]) -> str:
    """Return one end of an interval, with a digit more where it would look like 0 and is not.

    Args:
        value: in the unit on screen.
        digits: usually written.
        write: from the value and its digits.

    >>> write = lambda value, digits: f"{value:.{digits}f}"
    >>> [interval_end(value, 1, write) for value in (7.726, 0.04, 0.004, 0.0)]
    ['7.7', '0.04', 'just above 0', '0.0']
    """
    for more in (0, 1):
        if value == 0 or round(value, digits + more):
            return write(value, digits + more)
    return say("just below 0") if value < 0 else say("just above 0")


def interval_points(low: float, high: float) -> str:
    """Return the ends of a difference of shares in percentage points; each tells its side of 0.

    >>> interval_points(-0.021, -0.0002), interval_points(-0.01, 0.02)
    ('−2.1 to −0.02 points', '−1.0 to +2.0 points')
    """
    first, last = interval_ends(low, high)
    return say("{low} to {high}", low=first, high=_in_points(last, high))


def interval_ends(low: float, high: float) -> tuple[str, str]:
    """Return the same ends without their unit.

    >>> interval_ends(-0.021, -0.0002)
    ('−2.1', '−0.02')
    """
    first, last = (
        interval_end(100 * share, 1, lambda value, digits: with_sign(100 * (value / 100), digits))
        for share in (low, high)
    )
    return first, last


def add_interval(told: str, interval: str) -> str:
    """Return what was told with its 95 % interval behind it.

    >>> add_interval("−1.2 points", "−2.1 to −0.3 points")
    '−1.2 points (95 %: −2.1 to −0.3 points)'
    """
    return f"{told} ({labelled(percent_text('95'), interval)})"


def full_stop(text: str) -> str:
    """Return a text with a full stop, unless it has an end already.

    >>> full_stop("Small town"), full_stop("Privacy for whom?")
    ('Small town.', 'Privacy for whom?')
    """
    return text if text.endswith(("?", "!", ".")) else f"{text}."


def capital(text: str) -> str:
    """Return a text with a capital letter, the rest as it is.

    >>> capital("gap of TPR")
    'Gap of TPR'
    """
    return f"{text[:1].upper()}{text[1:]}"


def with_sign(value: float, digits: int = 2) -> str:
    """Return a difference with its sign.

    >>> with_sign(-0.0123, 3), with_sign(0.0, 3)
    ('−0.012', '0.000')
    """
    rounded = round(value, digits)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return sign + localise(f"{abs(rounded):.{digits}f}")


def number(value: float) -> str:
    """Return a number with three significant digits and no needless zeros; 1,000 and more whole.

    >>> number(0.5), number(13.4123), number(32561), number(5972.7)
    ('0.5', '13.4', '32,561', '5,973')
    """
    return localise(plain_number(value))


def plain_number(value: float) -> str:
    """Return the same in English, whatever the language: a number as part of another one.

    >>> plain_number(5972.7)
    '5,973'
    """
    if value == round(value) or abs(value) >= 1000:
        return f"{round(value):,}"
    return f"{value:.3g}"


def setting(name: str, value: float | None, called: str = "") -> str:
    """Return a field's value within a sentence; `called` is what the notion calls its number.

    >>> setting("epsilon", None), setting("max_gap", 0.05), setting("width", 0)
    ('no privacy', 'gap at most 5 %', 'logistic regression')
    """
    field = FIELDS[name]
    if isinstance(value, float) and not math.isfinite(value):
        value = None
    if value in field.phrases:
        return field.phrases[value]
    return field.phrase.format(quantity(field, value or 0), called=called or say("gap"))


def quantity(field: Field, value: float) -> str:
    """Return a number with what belongs to it in a field: in per cent where it is a share.

    >>> quantity(FIELDS["strength"], 0.25), quantity(FIELDS["rows"], 3000)
    ('25 %', '3,000')
    """
    return percent_text(plain_number(100 * value)) if field.is_share else number(value)


def describe(scenario: Scenario) -> str:
    """Return a setting in one line."""
    return ", ".join(setting_parts(scenario))


def setting_parts(scenario: Scenario) -> list[str]:
    """Return the parts of a setting in words."""
    called = NOTIONS[scenario.notion].gap_title
    parts = [setting(name, getattr(scenario, name), called) for name in CURVES]
    if scenario.mechanism == "clip_only":
        parts[0] = say("clipping only, as for {budget}", budget=parts[0])
    people = setting("rows", scenario.rows)
    used = shifts_in_words(scenario.other_shifts)
    trained = [
        say("in training {shift}", shift=one) for one in shifts_in_words(scenario.training_shifts)
    ]
    hidden = _hidden(scenario)
    return [*parts, *used, *trained, *_remedies(scenario), *hidden, people]


def shifts_in_words(shifts: Iterable[tuple[str, float]]) -> list[str]:
    """Return each of several shifts with its intensity.

    >>> shifts_in_words([("prior", 0.25)])
    ['prior shift 25 %']
    """
    return [
        f"{title_of(name)} {percent_text(plain_number(100 * intensity))}"
        for name, intensity in shifts
    ]


def _hidden(scenario: Scenario) -> list[str]:
    """Return each column that the model does not see."""
    if not scenario.hide:
        return []
    titles = {one.name: one.title for one in dataset(scenario.dataset).codebook.features}
    return [say("without {column}", column=titles.get(name, name)) for name in scenario.hide]


def _remedies(scenario: Scenario) -> list[str]:
    """Return the stage and the way of clipping in words, where they are not the usual ones."""
    share = percent_text(plain_number(100 * scenario.strength))
    share = f" ({share})" if scenario.strength < 1 else ""
    parts = [stage.title + share for stage in active_stage(scenario)]
    if scenario.clipping != BASELINE["clipping"]:
        parts.append(CLIPPINGS[scenario.clipping].title)
    return parts


def shifts_text(shifts: Shifts) -> str:
    """Return shifts in their order, as text.

    >>> shifts_text((("prior", 0.25), ("flips", 1.0)))
    'prior shift (25 %), then label noise (100 %)'
    """
    each = [f"{title_of(name)} ({percent(t, 0)})" for name, t in shifts]
    return say(", then ").join(each)
