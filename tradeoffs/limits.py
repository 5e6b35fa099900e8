"""Limits: how much one visitor may ask of a server before others come first."""

from dataclasses import dataclass

from tradeoffs import settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What visitors share; 0 is no limit. None of them changes a result."""

    moves: int = 0  # a minute and tab
    moves_address: int = 0  # a minute and address
    training: int = 0  # CPU seconds a minute and tab
    training_address: int = 0  # CPU seconds a minute and address
    rows: int = 0  # of a training table
    width: int = 0  # hidden units
    questions: int = 0  # of a tab that wait at once
    files: int = 0  # an hour and address
    sockets: int = 0  # of an address, at once

    @classmethod
    def here(cls) -> "Limits":
        """Return the limits of this machine: those of its profile, unless they are set.

        Raises:
            InvalidInput: a setting is out of bounds.
        """
        return cls(**{name: one.read() for name, one in settings.LIMITS.items()})
