"""Host's routes: acts, and the record, for programs that have a host's key."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.rooms import body
from server.rooms.gate import Gate
from tradeoffs.errors import InvalidInput
from tradeoffs.rooms.record_documents import FORMATS
from tradeoffs.rooms.room_record import room_record

DETAILS = ("statement", "n", "answers", "shown", "text", "version")  # of acts
MEDIA = {  # of a record
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "md": "text/markdown",
}
NO_STORE = {"Cache-Control": "no-store"}


class HostRoutes:
    """Answers a host's requests.

    Args:
        gate: to the rooms.
    """

    def __init__(self, gate: Gate) -> None:
        """Keep the gate."""
        self._gate = gate

    async def act(self, request: Request) -> Response:
        """Press a button; answer with what the host sees then."""
        rooms, code, _ = await self._gate.admitted(request)
        key, given = _bearer(request), await body.json(request)
        action = str(given.get("action", ""))
        details = {name: given[name] for name in DETAILS if name in given}
        room = await self._gate.opened(request, lambda: rooms.act(code, key, action, **details))
        if action == "end":
            return JSONResponse({"ended": room.code}, headers=NO_STORE)
        return JSONResponse(await run_in_threadpool(rooms.host, code, key), headers=NO_STORE)

    async def record(self, request: Request) -> Response:
        """Return the record, in the format that the address ends in."""
        rooms, code, _ = await self._gate.admitted(request)
        key, ending = _bearer(request), request.path_params["ending"]
        if ending not in FORMATS:
            raise InvalidInput("unknown", kind="format", name=ending, known=tuple(FORMATS))
        found = await self._gate.opened(request, lambda: rooms.record(code, key))
        text = await run_in_threadpool(lambda: FORMATS[ending](room_record(found)))
        name = f'attachment; filename="room-{code}.{ending}"'
        headers = {**NO_STORE, "Content-Disposition": name}
        return Response(text, headers=headers, media_type=MEDIA[ending])


def _bearer(request: Request) -> str:
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""
