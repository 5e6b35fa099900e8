"""Epsilon in words: how often an attacker who bets on a person's presence can be right."""

import math

from tradeoffs.errors import require
from tradeoffs.language.translation import say
from tradeoffs.values.privacy.history import real


def guess_rate(epsilon: float) -> float:
    """Return the most right guesses in 100 on "was this record used?", from a coin flip, 50..100.

    e^epsilon / (1 + e^epsilon) bounds the chance of being right for whoever held both answers
    equally likely before; infinite epsilon gives 100. It is the bound of pure differential
    privacy: delta is ignored.

    >>> [round(guess_rate(epsilon)) for epsilon in (0.1, 1, 3)]
    [52, 73, 95]

    Raises:
        InvalidInput: epsilon negative or not a number.

    Source: Wasserman & Zhou 2010, arXiv 0811.2501; Kairouz, Oh & Viswanath 2015, arXiv 1311.0776.
    """
    require(real(epsilon) >= 0, "too_low", field="epsilon", value=epsilon, least=0)
    return 100 / (1 + math.exp(-float(epsilon)))


def describe_epsilon(epsilon: float) -> str:
    """Return one sentence on what an attacker can guess; for infinite epsilon, that none is made.

    Raises:
        InvalidInput: epsilon negative or not a number.
    """
    told = guess(epsilon)
    if math.isinf(epsilon):
        return say(
            "No bound is promised on how well an attacker can guess whose records were used."
        )
    return say(
        "Was this person's record used? Starting from a coin flip, an attacker guesses right "
        "{often}.",
        often=told,
    )


def guess(epsilon: float) -> str:
    """Return how often a coin-flip guess about one person can be right, in words.

    >>> guess(1.0), guess(8.0)
    ('at most about 73 times in 100', 'nearly every time in the worst case')
    """
    rate = guess_rate(epsilon)
    if rate >= 99.5:
        return say("nearly every time in the worst case")
    if rate < 50.5:
        return say("hardly more than 50 times in 100")
    return say("at most about {rate:.0f} times in 100", rate=rate)
