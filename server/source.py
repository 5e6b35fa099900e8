"""Source: something to look at that changes, and a frame of it."""

import json
import logging
import time
import traceback
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Protocol

ERROR = "error"  # name of the part with the kind of error for which the others are old

log = logging.getLogger(__name__)


class Source(Protocol):
    """Something to look at that changes; sources that are equal are painted once."""

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to send; cheap."""
        ...

    def parts(self) -> Mapping[str, bytes]:
        """Return JSON by the name of each part; called by one painter at a time, once a version."""
        ...

    def touch(self) -> None:
        """Renew leases: somebody looks."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A source as it was painted last."""

    version: Hashable
    parts: Mapping[str, bytes]
    at: float  # when it was done
    seconds: float  # of a core that it took


def paint(source: Source, before: Frame | None) -> Frame:
    """Return a new frame of a source."""
    began = time.thread_time()
    found = version(source)  # first: what comes meanwhile is painted next
    parts = _parts(source, before.parts if before else {})
    seconds = time.thread_time() - began
    return Frame(version=found, parts=parts, at=time.monotonic(), seconds=seconds)


def touch(source: Source) -> None:
    """Renew the leases of a source."""
    try:
        source.touch()
    except Exception as error:
        _log(error)


def version(source: Source) -> Hashable:
    """Return the version of a source, or the kind of error that it raises."""
    try:
        return source.version()
    except Exception as error:  # told where the source is painted
        return ERROR, type(error)


def _parts(source: Source, old: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return a source's parts; if it fails, the old ones and a part that tells so."""
    try:
        source.version()
        return source.parts()
    except Exception as error:
        _log(error)
        return {**old, ERROR: json.dumps(type(error).__name__).encode()}


def _log(error: Exception) -> None:
    """Log where an error came up: what it says may stand in a visitor's table."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    log.error("%s at %s:%s", type(error).__name__, where.filename, where.lineno)
