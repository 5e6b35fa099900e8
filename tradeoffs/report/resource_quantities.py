"""Quantities of resources in words: ranges, money, bytes, energy and carbon dioxide."""

from collections.abc import Callable

from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say
from tradeoffs.report.text import number
from tradeoffs.resources.energy import JOULES
from tradeoffs.resources.prices import NUMBERS
from tradeoffs.resources.purse import Purse
from tradeoffs.resources.range import Range

SMALL_CHANGE = 0.01  # below it money is told as less
BYTES = {"GB": "{number} GB", "MB": "{number} MB", "kB": "{number} kB"}
BYTE_UNITS = {"GB": 1e9, "MB": 1e6, "kB": 1e3}


def range_in_words(found: Range, write: Callable[[float], str] = number) -> str:
    """Return both ends, or one where they read alike.

    >>> range_in_words(Range(2.0, 3.5)), range_in_words(Range(2.0, 2.0001))
    ('2 to 3.5', '2')
    """
    low, high = write(found.low), write(found.high)
    return high if low == high else say("{low} to {high}", low=low, high=high)


def money(found: Range) -> str:
    """Return an amount of money, which has no currency here.

    >>> money(Range(600.0, 600.00001)), money(Range(1e-9, 1e-5)), money(Range(0.0, 0.0))
    ('600', 'less than 0.01', '0')
    """
    if 0 < found.high < SMALL_CHANGE:
        return say("less than {amount}", amount=localise(f"{SMALL_CHANGE}"))
    return range_in_words(found, lambda value: number(round(value, 2)))


def size(count: float) -> str:
    """Return a number of bytes.

    >>> size(736), size(149_000), size(0)
    ('736 bytes', '149 kB', '0 bytes')
    """
    for unit, least in BYTE_UNITS.items():
        if count >= least:
            return say(BYTES[unit], number=number(count / least))
    return say("{number} bytes", number=number(count))


def energy_in_words(kwh: Range) -> str:
    """Return energy in joules, or in kWh where that is the handier unit.

    >>> energy_in_words(Range(1e-9, 1e-7)), energy_in_words(Range(0.5, 2.0))
    ('0.0036 to 0.36 J', '0.5 to 2 kWh')
    """
    if kwh.high >= SMALL_CHANGE:
        return f"{range_in_words(kwh)} kWh"
    return f"{range_in_words(kwh.times(JOULES))} J"


def carbon_in_words(grams: Range) -> str:
    """Return carbon dioxide in grams.

    >>> carbon_in_words(Range(1e-8, 1e-4)), carbon_in_words(Range(0.5, 20.0))
    ('less than 0.01 g', '0.5 to 20 g')
    """
    if grams.high < SMALL_CHANGE:
        return say("less than {amount} g", amount=localise(f"{SMALL_CHANGE}"))
    return f"{range_in_words(grams)} g"


def numbers_in_words(who: Purse) -> list[str]:
    """Return the numbers of a purse that are not its actor's.

    >>> from tradeoffs.resources.purse import purse
    >>> numbers_in_words(purse("town_hospital+wage:9"))
    ['wage 9 money an hour']
    """
    return [
        f"{one.lower} {number(value)} {one.unit}"
        for name, one in NUMBERS.items()
        if (value := getattr(who.prices, name)) != getattr(who.actor.prices, name)
    ]
