"""Gate: who is let to a room, and who has to wait since they guess, or join, too often."""

import asyncio
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from server.client import client_address
from server.rooms.guesses import PATIENCE, Guesses
from server.visits import neighbourhood
from tradeoffs.errors import Busy, InvalidInput
from tradeoffs.jobs.bucket import Buckets
from tradeoffs.language.current import language
from tradeoffs.rooms.rooms import Rooms
from tradeoffs.rooms.seat import plain_code

SEAT, SEAT_HEADER = "seat", "x-seat"  # cookie, and header of a program that keeps none
MOST_SEEN = 1_000  # codes
# Seats that one network takes at once, and within so many seconds: a course of 200 whose phones are
# behind one address and come within seconds, or three classes of 70, but not all seats of a room.
JOINS, JOINS_SECONDS = 250, 600.0


class Gate:
    """Lets phones and hosts to their rooms; used in the event loop alone.

    Args:
        rooms: returns the rooms of this process; InvalidInput where they are off.
    """

    def __init__(self, rooms: Callable[[], Rooms]) -> None:
        """Begin with no guesses."""
        self.rooms = rooms
        self._codes, self._keys = Guesses(), Guesses()
        self._joins = Buckets(JOINS, JOINS_SECONDS)
        self._seen: set[str] = set()  # codes of rooms, of which some have ended

    async def admitted(self, request: Request) -> tuple[Rooms, str, str]:
        """Return the rooms, the code of one that is there, and the token of a seat or "".

        As long as an address guesses too much, its seats alone are answered at once. What is let
        in is marked, since nobody else may learn of a room, not even which language it speaks.
        """
        rooms, code = self.rooms(), plain_code(request.path_params["code"])
        token = request.headers.get(SEAT_HEADER) or request.cookies.get(SEAT, "")
        address = _address(request)
        slowed = self._codes.wait(address) > 0
        if slowed and await run_in_threadpool(_seated, rooms, code, token):
            request.state.room = code
            return rooms, code, token
        # Phones that still look at a room that has ended guess nothing. All else is counted before
        # it is known, and before the wait, so that many at once do not share it.
        counted = slowed or code not in self._seen
        if counted:
            self._codes.note(address)
        if slowed:
            await _hold(self._codes.wait(address))
        await run_in_threadpool(rooms.version, code)
        if counted:
            self._codes.forgive(address)
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        self._seen.add(code)
        request.state.room = code
        return rooms, code, token

    async def language(self, request: Request) -> str:
        """Return the language of the room that a request was let to, else that of the run."""
        code = getattr(request.state, "room", "")
        try:
            room = await run_in_threadpool(self.rooms().room, code) if code else None
        except InvalidInput:  # it has ended meanwhile
            room = None
        return room.language if room else language()

    async def opened(self, request: Request, act: Callable[[], Any]) -> Any:
        """Return what a host's key opens; whoever tries keys at random waits."""
        address = _address(request)
        try:
            return await run_in_threadpool(act)
        except InvalidInput as error:
            if error.code == "room_key_wrong":
                self._keys.note(address)
                await _hold(self._keys.wait(address))
            raise

    def join(self, request: Request) -> None:
        """Count a seat that an address takes; Busy if it took too many.

        This machine itself may take any number; others may, too, where no address is known.
        """
        address = client_address(request.scope)
        local = bool(address) and ip_address(address).is_loopback
        bucket = None if local else self._joins.of(neighbourhood(address))
        if bucket is None:
            return
        if wait := bucket.wait(1):
            raise Busy("room_joins", seconds=round(wait) + 1)
        bucket.take(1)


def _address(request: Request) -> str:
    return neighbourhood(client_address(request.scope))


async def _hold(seconds: float) -> None:
    """Hold an answer back; Busy if that takes longer than anybody waits."""
    if seconds > PATIENCE:
        raise Busy("room_guesses", seconds=round(seconds) + 1)
    await asyncio.sleep(seconds)


def _seated(rooms: Rooms, code: str, token: str) -> bool:
    try:
        return bool(token) and rooms.seated(code, token)
    except InvalidInput:
        return False
