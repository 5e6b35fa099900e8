"""Errors that a person can act on."""

LONGEST_MESSAGE = 400  # characters
LONGEST_VALUE = 41  # characters of a value that are repeated, the ellipsis included


class TradeoffsError(Exception):
    """Base of every error whose message is meant for the person using the explorer.

    A message longer than LONGEST_MESSAGE ends in an ellipsis.
    """

    def __init__(self, message: str = "") -> None:
        """Keep the message."""
        super().__init__(cut(message, LONGEST_MESSAGE))


class InvalidInput(TradeoffsError, ValueError):
    """A value from outside is not allowed; the message names it, its value and the bound."""


class NotMeasurable(TradeoffsError):
    """A quantity is not defined or cannot be measured here; the message says why."""


class StoreError(TradeoffsError):
    """The store of results cannot be read or written; the message names the file."""


class WorkerError(TradeoffsError):
    """The worker process stopped before it returned its results."""


class Busy(TradeoffsError):
    """Too many computations are waiting; the message says how many."""


def cut(text: str, longest: int) -> str:
    """Return a text of at most that many characters; an ellipsis stands for the rest.

    >>> cut("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def short(value: object) -> str:
    """Return a value as code would write it, in at most LONGEST_VALUE characters.

    >>> short("none"), short(10**5000)
    ("'none'", 'a number of about 5000 digits')
    """
    if isinstance(value, int) and value.bit_length() > 4 * LONGEST_VALUE:
        # Python refuses to write numbers of more than some thousand digits.
        return f"a number of about {round(value.bit_length() * 0.30103)} digits"
    return cut(repr(value), LONGEST_VALUE)
