"""Purge: once a minute, rooms that have ended are deleted."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from starlette.concurrency import run_in_threadpool

from tradeoffs.errors import TradeoffsError

SECONDS = 60.0

log = logging.getLogger(__name__)


@asynccontextmanager
async def purged(purge: Callable[[], int], seconds: float = SECONDS) -> AsyncIterator[None]:
    """Delete what has ended, at once and then every so many seconds, until the server stops.

    Args:
        purge: deletes it, and returns how many rooms that were.
        seconds: between two times.
    """
    task = asyncio.create_task(_again_and_again(purge, seconds))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _again_and_again(purge: Callable[[], int], seconds: float) -> None:
    while True:
        try:
            if gone := await run_in_threadpool(purge):
                log.info("rooms that ended and were deleted: %d", gone)
        except TradeoffsError as error:
            log.error("ended rooms could not be deleted: %s", error)
        await asyncio.sleep(seconds)
