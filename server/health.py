"""Health: whether this process is alive, and whether it should be sent visitors."""

import asyncio
from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

SECONDS = 5.0  # for what is asked to answer
NO_STORE = {"Cache-Control": "no-store"}

Reasons = Mapping[str, str]  # part -> why it is not ready


class Probe:
    """Asks one question at a time for all who want to know.

    Args:
        reasons: returns why no visitor should come, by part; empty if all is well.  It may wait
            for the disk, so it runs in a thread.
        seconds: after which the parts are told not to answer.
    """

    def __init__(self, reasons: Callable[[], Reasons], seconds: float = SECONDS) -> None:
        """Ask nothing yet."""
        self._reasons, self._seconds = reasons, seconds
        self._asked: asyncio.Task[Reasons] | None = None

    async def __call__(self) -> Reasons:
        """Return why no visitor should come, by part."""
        if self._asked is None or self._asked.done():
            self._asked = asyncio.create_task(run_in_threadpool(self._reasons))
        await asyncio.wait({self._asked}, timeout=self._seconds)
        if not self._asked.done():
            return {"server": f"does not answer within {self._seconds:g} seconds"}
        if error := self._asked.exception():
            return {"server": f"cannot be asked ({type(error).__name__})"}
        return self._asked.result()


def routes(base: str, reasons: Callable[[], Reasons]) -> list[Route]:
    """Return the routes `/health` and `/ready` below a base path (without slashes at its ends).

    `/health` answers 200 as long as the process can answer at all; `/ready` answers 200 if visitors
    should be sent here, and 503 with the reasons by part otherwise.
    """
    below, probe = f"/{base}" if base else "", Probe(reasons)

    async def health(request: Request) -> JSONResponse:
        del request
        return JSONResponse({"alive": True}, headers=NO_STORE)

    async def ready(request: Request) -> JSONResponse:
        del request
        why = dict(await probe())
        answer = {"ready": not why, "reasons": why}
        return JSONResponse(answer, 503 if why else 200, headers=NO_STORE)

    return [Route(f"{below}/health", health), Route(f"{below}/ready", ready)]
