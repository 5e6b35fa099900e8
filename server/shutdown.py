"""Shutdown: a signal ends the server within seconds, whatever its visitors are doing."""

import logging
import signal
import threading
import time
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from uvicorn import Server

DRAIN_SECONDS = 3  # for requests under way to be answered
CLOSE_SECONDS = 5.0  # for jobs to end and the store to be closed

log = logging.getLogger(__name__)


def bound_drain(seconds: int = DRAIN_SECONDS) -> None:
    """Let the server that runs this one's application give up slow requests when it stops.

    Uvicorn otherwise waits for them for ever, and Streamlit does not hand its bound on.  Call it
    from the main thread once the server runs; another kind of server has a bound of its own.
    """
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    if isinstance(server, Server) and server.config.timeout_graceful_shutdown is None:
        server.config.timeout_graceful_shutdown = seconds


async def closed(close: Callable[[], object], seconds: float = CLOSE_SECONDS) -> bool:
    """Close what is open, in a thread; return whether that came to an end in time."""
    began, thread = time.monotonic(), threading.Thread(target=close, name="closing", daemon=True)
    thread.start()
    await run_in_threadpool(thread.join, seconds)
    if thread.is_alive():
        log.error("the store was not closed within %g seconds", seconds)
        return False
    log.info("jobs ended and the store closed in %.1f seconds", time.monotonic() - began)
    return True
