"""Guess words: a number that was guessed, or one between two guesses, as people read it."""

from collections.abc import Mapping
from typing import Any

from tradeoffs.lessons.effect import format_value, unit_of


def guess_words(asks: Mapping[str, Any], value: float) -> str:
    """Return a number that was guessed, or one between two, in the unit that it was asked for in.

    >>> guess_words({"unit": "%", "step": 5}, 12.5)
    '12.5 %'
    """
    factor, digits, _ = unit_of(asks["unit"])
    least = len(f"{asks['step']:g}".partition(".")[2])
    own = least if value == round(value, least) else least + 1
    return format_value(value / factor, asks["unit"], more=own - digits)
