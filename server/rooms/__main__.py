"""Serve rooms alone: `python -m server.rooms PORT ADDRESS BASE NAME ...`."""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from server import health, logs
from server.access import Access
from server.headers import SecurityHeaders
from server.names import Names
from server.rooms.purge import purged
from server.rooms.routes import routes
from server.shutdown import DRAIN_SECONDS
from tradeoffs import settings
from tradeoffs.rooms.rooms import rooms


def application(base: str, names: Sequence[str]) -> Starlette:
    """Return the application.

    Args:
        base: path below which it is served, without slashes at its ends.
        names: host names that it answers to.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        async with purged(rooms().purge):
            yield

    return Starlette(
        lifespan=lifespan,
        routes=[*routes(base, rooms), *health.routes(base, dict)],
        middleware=[
            Middleware(Access, base=base, pages=()),
            Middleware(SecurityHeaders, html="", embed=()),
            Middleware(Names, names=names),
        ],
    )


def main(port: str, address: str, base: str, *names: str) -> None:
    """Serve until a signal ends it."""
    logs.begin(settings.LOG.read())
    uvicorn.run(
        application(base.strip("/"), names),
        host=address,
        port=int(port),
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        forwarded_allow_ips=[str(one) for one in settings.PROXIES.read()],
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
