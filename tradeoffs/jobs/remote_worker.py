"""Remote worker: processes of this machine that train for a scheduler of Dask elsewhere."""

import asyncio
import importlib
import logging
import signal
import socket
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.executor import MEMORY, ONE_CORE
from tradeoffs.jobs.scheduler import CONNECT_SECONDS, load_distributed, security

# Figures about a worker are served without a certificate: to its own machine alone.
INSIDE = {"dashboard_address": "127.0.0.1:0"}
AGAIN_SECONDS = 2.0  # between two attempts to reach the scheduler

log = logging.getLogger(__name__)


def serve(address: str, processes: int) -> None:
    """Work for the scheduler at an address until a signal ends it; wait while it is gone.

    Each process trains one task at a time on one core. One that dies is started again.

    Raises:
        InvalidInput: the package distributed is not installed, a certificate is not set or cannot
            be read, or this is no address.
    """
    distributed = load_distributed(address)
    try:
        place = urlsplit(address)
        if place.scheme not in ("tcp", "tls") or not (place.hostname and place.port):
            raise InvalidInput("no_worker_address", address=address)
        certificates = security(address)
        options = {"security": certificates} if certificates else {}
        if certificates:
            certificates.get_connection_args("worker")  # reads the files
    except (OSError, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput("no_worker_address", address=address) from error
    # Set before a process starts: what reads them does so once, as it is loaded.
    environ = dict.fromkeys(ONE_CORE, "1") | MEMORY
    config = importlib.import_module("dask.config")
    with config.set({"distributed.nanny.pre-spawn-environ": environ}):
        asyncio.run(_all(distributed.Nanny, address, processes, options))


async def _all(nanny: Any, address: str, processes: int, options: dict[str, Any]) -> None:
    here = asyncio.current_task()
    assert here is not None
    with suppress(NotImplementedError):  # Windows has no handlers of signals in a loop
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, here.cancel)
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*(_one(nanny, address, options) for _ in range(processes)))


async def _one(nanny: Any, address: str, options: dict[str, Any]) -> None:
    """Keep one worker at the scheduler, and try again when either is gone."""
    while True:
        try:
            host = await asyncio.to_thread(_own_address, address)
            async with nanny(address, nthreads=1, host=host, **INSIDE, **options) as one:
                await one.finished()
        except (OSError, RuntimeError, TimeoutError) as error:
            log.warning("no scheduler at %s: %s", address, error)
        await asyncio.sleep(AGAIN_SECONDS)


def _own_address(address: str) -> str:
    """Return this machine's address in the network of the scheduler: there alone it listens."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port), CONNECT_SECONDS) as link:
        return link.getsockname()[0]
