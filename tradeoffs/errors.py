"""Errors that a person can act on."""


class TradeoffsError(Exception):
    """Base of every error whose message is meant for the person using the explorer."""


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
