"""Errors that a person can act on: a code and values; the sentence is written where it is shown."""

from tradeoffs.messages.wording import WORDING


class TradeoffsError(Exception):
    """Base of every error that is meant for the person using the explorer.

    Attributes:
        code: of the sentence in `tradeoffs.messages.en`; in an extension, the sentence itself.
        values: named in the sentence.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        """Keep code and values."""
        super().__init__(code)
        self.code, self.values = code, values

    def __str__(self) -> str:
        """Return the sentence in the language of the run, as a terminal shows it."""
        return WORDING.write(self)


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


def require(allowed: bool, code: str, /, **values: object) -> None:
    """Raise InvalidInput unless something is allowed.

    Args:
        allowed: whether it is.
        code: of the sentence that says what is.
        values: named in the sentence.
    """
    if not allowed:
        raise InvalidInput(code, **values)
